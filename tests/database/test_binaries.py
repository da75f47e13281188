import importlib.util
from pathlib import Path

import pytest

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
