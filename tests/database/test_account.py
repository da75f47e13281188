"""Whom PostgreSQL runs as. What only root can do is tried with the system's answers made up."""

import os
import pwd
import shutil
import subprocess
from pathlib import Path

import pytest

from amends.database import account
from amends.database.problem import DatabaseProblem


def test_an_ordinary_user_runs_it_as_themselves(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1234)
    assert account.account() is None
    assert account.owner() == 1234


def test_what_an_ordinary_user_may_not_enter_is_found(monkeypatch, tmp_path):
    monkeypatch.setattr(os, "geteuid", lambda: 1234)
    monkeypatch.setattr(os, "access", lambda path, _mode: Path(path) != tmp_path)
    assert account.blocked_at(tmp_path / "not" / "there") == tmp_path
    assert account.blocked_at(tmp_path.parent) is None


@pytest.fixture
def as_root_without_account(monkeypatch):
    def unknown(name):
        raise KeyError(name)

    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(pwd, "getpwnam", unknown)


def test_root_is_told_when_no_account_can_be_made(as_root_without_account, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda _name, path: None)
    with pytest.raises(DatabaseProblem, match="make a user named amends-postgres"):
        account.account()


def test_root_is_told_why_making_the_account_failed(as_root_without_account, monkeypatch):
    failed = subprocess.CompletedProcess([], 1, "", "useradd: the disk is read-only\n")
    monkeypatch.setattr(subprocess, "run", lambda *_args, **_options: failed)
    monkeypatch.setattr(shutil, "which", lambda _name, path: "/usr/sbin/useradd")
    with pytest.raises(DatabaseProblem, match=r"could not be made .*read-only"):
        account.account()
