"""Mail is handed over while whoever takes it, and the database, are killed: none lost, none twice.

`make chaos` runs the long form: AMENDS_CHAOS_MAILS mails, with a kill for each AMENDS_CHAOS_EVERY.
"""

import os
import smtplib
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Lock, Thread

import psycopg
import pytest

from amends.base.spool import place_in
from amends.database.cluster import connection_to, ensure_running, stop
from tests.config.chaos import end, kill, start
from tests.config.installation import amends, free_port
from tests.contacts.channels.email.messages import mail

pytestmark = pytest.mark.enable_socket
MAILS = int(os.environ.get("AMENDS_CHAOS_MAILS", "200"))
EVERY = int(os.environ.get("AMENDS_CHAOS_EVERY", "50"))
DATABASE_EVERY = 3
RELAYS = 4
PATIENCE_SECONDS = 60 + MAILS
TAKE = tuple(amends("lmtp"))
BROKEN = (sys.executable, "-P", str(Path(__file__).with_name("broken_doors.py")))
# Each so many mails one is too large for the database, and lies in a file.
LARGE_EVERY = 5
LARGE = ("It is cold. " * 6 + "\r\n") * 15_000


@dataclass
class Relay:
    """A mail server with a queue: hands over until it is told that a mail is taken, as all do."""

    port: int
    queue: SimpleQueue[bytes] = field(default_factory=SimpleQueue)
    taken: list[bytes] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    def run(self) -> None:
        """Hand over what is in the queue, in several connections at once, until it is empty."""
        threads = [Thread(target=self._work, daemon=True) for _number in range(RELAYS)]
        for thread in threads:
            thread.start()

    def _work(self) -> None:
        while True:
            try:
                raw = self.queue.get(timeout=1)
            except Empty:
                return
            try:
                with smtplib.LMTP("127.0.0.1", self.port, timeout=30) as door:
                    while True:
                        door.sendmail("ruta@example.lt", ["care@water.example"], raw)
                        with self.lock:
                            self.taken.append(raw)
                        raw = self.queue.get_nowait()
            except Empty:
                return
            except (OSError, smtplib.SMTPException):
                self.queue.put(raw)
                time.sleep(0.05)


def hand_over_in_chaos(installation, command: tuple[str, ...]) -> tuple[int, int, int]:
    """Hand MAILS mails over amid kills; return how many were lost, doubled, and how many kills."""
    port = free_port()
    installation.settings["AMENDS_MAIL_LISTEN"] = f"lmtp:127.0.0.1:{port}"
    ensure_running(installation.cluster)
    relay = Relay(port)
    for number in range(MAILS):
        # One Message-ID for all of them: it says nothing.
        more = LARGE if number % LARGE_EVERY == 0 else ""
        relay.queue.put(mail(f"number {number}\r\n{more}"))
    door = start(installation, command)
    relay.run()
    kills = 0
    deadline = time.monotonic() + PATIENCE_SECONDS
    while len(relay.taken) < MAILS:
        assert time.monotonic() < deadline, f"{len(relay.taken)} of {MAILS} taken"
        if len(relay.taken) >= (kills + 1) * EVERY:
            kills += 1
            door = kill(installation, door, command, database=kills % DATABASE_EVERY == 0)
        time.sleep(0.01)
    end(door)
    return *compared(installation, relay.taken), kills


def compared(installation, taken: list[bytes]) -> tuple[int, int]:
    """Return how many of the taken mails are not there, and how many are there more than once."""
    with psycopg.connect(connection_to(installation.cluster, "amends")) as connection:
        rows = connection.execute("SELECT raw, sha256 FROM contacts_arrival").fetchall()
    files = installation.home / "files"
    stored = Counter(_whole(place_in(files, digest), raw) for raw, digest in rows)
    known = {sha256(each.removesuffix(b"\r\n") + b"\r\n").digest() for each in taken}
    return len(known - set(stored)), sum(1 for number in stored.values() if number > 1)


def _whole(place: Path, raw: bytes | None) -> bytes:
    """Return the digest of a mail as it lies here; of one whose file is not there, of nothing."""
    if raw is None:
        raw = place.read_bytes() if place.exists() else b""
    return sha256(raw).digest()


@pytest.fixture
def ground(installation):
    yield installation
    stop(installation.cluster)


def test_nothing_is_lost_and_nothing_is_doubled(ground):
    lost, doubled, kills = hand_over_in_chaos(ground, TAKE)
    assert (lost, doubled) == (0, 0)
    assert kills >= DATABASE_EVERY


@pytest.mark.parametrize("fault", ["answers-first", "keeps-afterwards"])
def test_a_door_that_answers_before_it_has_stored_is_found_out(ground, fault):
    lost, _doubled, _kills = hand_over_in_chaos(ground, (*BROKEN, fault))
    assert lost > 0


def test_a_door_that_does_not_know_what_it_has_is_found_out(ground):
    _lost, doubled, _kills = hand_over_in_chaos(ground, (*BROKEN, "knows-nothing"))
    assert doubled > 0
