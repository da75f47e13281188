"""`amends deliver`, run as a mail server would run it."""

import os
import resource
import subprocess
from pathlib import Path

import psycopg
import pytest

from amends.contacts.rules.arriving import LARGEST_DELIVERED
from amends.database.cluster import connection_to, ensure_running, stop
from config.environment import ROOT
from tests.contacts.channels.email.messages import mail

pytestmark = pytest.mark.enable_socket
# From the shell script that operators name: whatever goes wrong beneath it must be 75.
PROGRAM = str(ROOT / "bin" / "amends")
TO_US = ("--sender", "ruta@example.lt", "--recipient", "care@water.example")


def hand_over(installation, *words, raw=b"", **more):
    return subprocess.run(
        [PROGRAM, "deliver", *words], input=raw, capture_output=True, check=False, timeout=60,
        env={**installation.environment, **more.pop("env", {})}, cwd="/", **more,
    )  # fmt: skip


def stored(installation) -> list[tuple[bytes, str, str]]:
    with psycopg.connect(connection_to(installation.cluster, "amends")) as connection:
        rows = "SELECT raw, envelope_sender, envelope_recipients FROM contacts_arrival ORDER BY id"
        return list(connection.execute(rows))


def test_a_mail_is_stored_once_and_a_failure_means_try_again(installation):
    done = hand_over(installation, *TO_US, raw=mail())
    assert done.returncode == os.EX_TEMPFAIL, "the database is not running"
    ensure_running(installation.cluster)
    try:
        for words in (TO_US, TO_US, ("--sender", "", "--mailbox", "billing")):
            done = hand_over(installation, *words, raw=mail())
            assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
        assert stored(installation) == [
            (mail(), "ruta@example.lt", "care@water.example"),
            (mail(), "<>", ""),
        ]
        full = hand_over(installation, raw=b"x" * 3_000_000, preexec_fn=a_full_disk)
        assert full.returncode == os.EX_TEMPFAIL
        large = hand_over(installation, raw=bytes(LARGEST_DELIVERED + 1))
        assert (large.returncode, b"larger than 150 MB" in large.stderr) == (os.EX_DATAERR, True)
        assert len(stored(installation)) == 2
    finally:
        stop(installation.cluster)
    kept = [path for path in Path(installation.home / "files").rglob("*") if path.is_file()]
    assert kept == []


def a_full_disk() -> None:
    """Let no file grow beyond a megabyte, as on a disk without room."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))


def test_what_would_never_succeed_is_told_apart(empty):
    assert hand_over(empty, "--moon", raw=mail()).returncode == os.EX_USAGE
    assert hand_over(empty, "--mailbox", "a b", raw=mail()).returncode == os.EX_USAGE
    assert hand_over(empty, raw=b"").returncode == os.EX_DATAERR
    wrong = hand_over(empty, raw=mail(), env={"AMENDS_PORT": "none"})
    assert (wrong.returncode, b"AMENDS_PORT" in wrong.stderr) == (os.EX_TEMPFAIL, True)
    broken = hand_over(empty, raw=mail(), env={"PYTHONHOME": "/nowhere"})
    assert broken.returncode == os.EX_TEMPFAIL
