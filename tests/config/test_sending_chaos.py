"""Mail leaves while workers and database are killed, by a server of many moods: each once.

`make chaos` runs the long form: AMENDS_CHAOS_SENDS mails, with a kill for each AMENDS_CHAOS_EVERY.
"""

import os
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import Popen

import psycopg
import pytest

from amends.contacts.rules.kinds import MailState
from amends.database.cluster import connection_to, ensure_running, stop
from config.environment import ROOT
from tests.config.chaos import end, end_database, run_again, start
from tests.config.installation import Installation, amends, free_port

pytestmark = pytest.mark.enable_socket
SENDS = int(os.environ.get("AMENDS_CHAOS_SENDS", "60"))
EVERY = int(os.environ.get("AMENDS_CHAOS_EVERY", "15"))
SEED = int(os.environ.get("AMENDS_CHAOS_SEED", "20260327"))
# What is broken shows with fewer: two of the three faults without a kill.
FEW = 40
JOBS_AT_ONCE = 4
PATIENCE_SECONDS = 120 + SENDS
SETTLED = {MailState.SENT.value, MailState.PERHAPS_SENT.value}
WORK = tuple(amends("worker"))
HERE = Path(__file__).parent
BROKEN = (sys.executable, "-P", str(HERE / "broken_senders.py"))

# A refusal for now lasts minutes. They pass at once: what waits to be tried again is due.
NO_WAITING = """
UPDATE contacts_outgoingmail SET send_at = now() WHERE state = 'waiting' AND send_at > now()
"""
# Once the workers are dead: what they had in hand began long ago, and is looked after.
LONG_AGO = """
UPDATE contacts_outgoingmail SET tried_at = tried_at - interval '1 hour' WHERE state = 'sending';
UPDATE procrastinate_workers SET last_heartbeat = last_heartbeat - interval '1 hour';
INSERT INTO procrastinate_jobs (queue_name, task_name, args)
VALUES ('default', 'jobs.take_up_stalled', '{"timestamp": 0}')
"""


@dataclass
class Server:
    """The mail server of many moods, in a process of its own, and what it wrote down."""

    port: int
    file: Path
    process: Popen[bytes] = field(init=False)

    def __post_init__(self) -> None:
        self.file.touch()
        words = [str(HERE / "moody_server.py"), str(self.port), str(SEED), str(self.file)]
        self.process = Popen([sys.executable, "-P", *words], cwd="/")

    def wrote(self, what: str) -> Counter[str]:
        """Return the addresses that it wrote this about, and how often."""
        lines = [line.split() for line in self.file.read_text().splitlines()]
        return Counter(address for said, address in lines if said == what)


@dataclass(frozen=True)
class Outcome:
    """What became of all mails: how many stand where, and what is wrong with how many.

    lost: sent, it says here, and nobody got it. doubled: got twice. settled: whether each is sent
    or perhaps sent. unsure: of how many nobody knows; in_hand: of how many nobody can know.
    """

    lost: int
    doubled: int
    settled: bool
    unsure: int
    in_hand: int


def send_in_chaos(installation, command: tuple[str, ...], *, sends: int, every: int) -> Outcome:
    """Let so many mails leave amid kills, until none waits, and return what became of them.

    every: something is killed each time that so many more are sent, or perhaps sent.
    """
    kills = (sends - 1) // every
    port = free_port()
    installation.settings |= {
        "AMENDS_SMTP_HOST": "127.0.0.1",
        "AMENDS_SMTP_PORT": str(port),
        "AMENDS_SMTP_ENCRYPTION": "none",
        "AMENDS_MAIL_FROM": "care@water.example",
        "AMENDS_JOBS_AT_ONCE": str(JOBS_AT_ONCE),
    }
    ensure_running(installation.cluster)
    subprocess.run(
        [sys.executable, "-P", "-m", "tests.config.letters", str(sends)],
        env=installation.environment,
        cwd=ROOT,
        check=True,
    )
    server = Server(port, installation.home / "taken")
    worker = start(installation, command)
    try:
        worker = _amid_kills(
            installation, worker, command, [every * each for each in range(1, kills + 1)]
        )
        _wait_for_the_rest(installation, worker, command)
        return _outcome(installation, server, kills)
    finally:
        end(server.process)


def _amid_kills(
    installation: Installation, worker: Popen[bytes], command: tuple[str, ...], marks: list[int]
) -> Popen[bytes]:
    """Kill something each time that as many mails as a mark says are settled."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    for number, mark in enumerate(marks, start=1):
        while (now := settled(installation)) < mark:
            assert time.monotonic() < deadline, now
            if worker.poll() is not None:
                worker = start(installation, command)
            told(installation, NO_WAITING)
            time.sleep(0.1)
        worker = _kill(installation, worker, command, number)
    return worker


def _kill(
    installation: Installation, worker: Popen[bytes], command: tuple[str, ...], number: int
) -> Popen[bytes]:
    """Kill the worker, the database alone, or both, in turns; return the worker that then runs."""
    if number % 3 == 2:
        end_database(installation)
        run_again(installation)
        return worker
    end(worker)
    if number % 3 == 0:
        end_database(installation)
        run_again(installation)
    told(installation, LONG_AGO)
    return start(installation, command)


def _wait_for_the_rest(installation, worker, command) -> None:
    """Wait until no mail waits; then kill once more, and wait until none is being sent."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while states(installation)["waiting"]:
        assert time.monotonic() < deadline, states(installation)
        told(installation, NO_WAITING)
        time.sleep(0.1)
    end(worker)
    told(installation, LONG_AGO)
    worker = start(installation, command)
    try:
        while set(states(installation)) - SETTLED:
            assert time.monotonic() < deadline, states(installation)
            told(installation, NO_WAITING)
            time.sleep(0.1)
    finally:
        end(worker)


def told(installation, statement: str) -> None:
    """Tell the database something."""
    with psycopg.connect(connection_to(installation.cluster, "amends")) as connection:
        connection.execute(statement)


def states(installation) -> Counter[str]:
    """Return how many mails stand in each state."""
    with psycopg.connect(connection_to(installation.cluster, "amends")) as connection:
        return Counter(
            state for (state,) in connection.execute("SELECT state FROM contacts_outgoingmail")
        )


def settled(installation) -> int:
    """Return how many mails are sent, or perhaps sent."""
    now = states(installation)
    return sum(now[each] for each in SETTLED)


def _outcome(installation, server: Server, kills: int) -> Outcome:
    with psycopg.connect(connection_to(installation.cluster, "amends")) as connection:
        rows = connection.execute("SELECT to_address, state FROM contacts_outgoingmail").fetchall()
    took, cut = server.wrote("took"), server.wrote("cut")
    unsure = [each for each, state in rows if state == MailState.PERHAPS_SENT]
    return Outcome(
        lost=sum(1 for each, state in rows if state == MailState.SENT and not took[each]),
        doubled=sum(1 for number in took.values() if number > 1),
        settled={state for _each, state in rows} <= SETTLED,
        unsure=len(unsure),
        in_hand=cut.total() + (kills + 1) * JOBS_AT_ONCE,
    )


@pytest.fixture
def ground(installation):
    yield installation
    stop(installation.cluster)


def test_each_mail_leaves_once_or_is_perhaps_sent(ground):
    outcome = send_in_chaos(ground, WORK, sends=SENDS, every=EVERY)
    assert (outcome.lost, outcome.doubled, outcome.settled) == (0, 0, True)
    assert outcome.unsure <= outcome.in_hand


def test_a_worker_that_notes_before_it_sends_is_found_out(ground):
    assert send_in_chaos(ground, (*BROKEN, "notes-first"), sends=FEW, every=FEW).lost > 0


@pytest.mark.parametrize(("fault", "every"), [("tries-blindly", FEW), ("forgets-beginning", 13)])
def test_a_worker_that_sends_once_more_is_found_out(ground, fault, every):
    assert send_in_chaos(ground, (*BROKEN, fault), sends=FEW, every=every).doubled > 0
