"""Whether people can work on while a burst of mail comes in.

    python -m benchmarks.burst 10000 10000

So many mails, each from somebody new and of some 2 KB, are handed to the door for a relay over four
connections, as fast as it takes them; each is answered after its commit. Beside it run the real
server, one worker that reads them into contacts and cases, and somebody who looks at the Inbox four
times a second; so many cases were there before. Told are how long it took until the last mail was
stored, and until the last had its case and its acknowledgement queued, and how long the Inbox took
before and meanwhile. Everything runs on the same machine.
"""

import os
import smtplib
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from benchmarks.installation import collect_static, free_port, in_own_process, installed
from benchmarks.intake import in_letters, mail
from benchmarks.pages import TIMEOUT_SECONDS, ask, connect, served

CONNECTIONS = 4
INBOX = "/inbox/?which=team"
LOOKS_EVERY = 0.25
WARM_UP = 3
QUIET_SECONDS = 10
TURN_SECONDS = 0.5
PATIENCE_SECONDS = 1800
DOOR = "AMENDS_MAIL_LISTEN"


def main(mails: int, cases: int) -> None:
    """Measure in a process of its own."""
    in_own_process("benchmarks.burst", str(mails), str(cases))


def measure(mails: int, cases: int) -> None:
    """Serve a house with so many cases, let so many mails come, and print what it took."""
    os.environ[DOOR] = f"lmtp:127.0.0.1:{free_port()}"
    with installed():
        collect_static()
        report(mails, cases)


def report(mails: int, cases: int) -> None:
    """Fill the house, let the burst come, and print the figures."""
    from django.utils import timezone  # noqa: PLC0415 - once the settings are known

    from amends.standards.actions import ship_profiles  # noqa: PLC0415
    from benchmarks.ground import fill  # noqa: PLC0415
    from benchmarks.visitor import cookie_of_an_agent  # noqa: PLC0415

    fill(cases)
    ship_profiles(at=timezone.now())
    with ExitStack() as running:
        running.enter_context(served())
        for part in ("lmtp", "worker"):
            running.enter_context(part_running(part))
        wait_for_the_door()
        wait_until_settled()
        with looking(cookie_of_an_agent()) as before:
            time.sleep(QUIET_SECONDS)
        with looking(cookie_of_an_agent()) as meanwhile:
            began = time.perf_counter()
            hand_over(mails)
            stored = time.perf_counter() - began
            wait_until_read(mails)
            took = time.perf_counter() - began
    print(
        "| mails | cases before | stored s | read s | mails/s | Inbox p50, p95 ms | in the burst |"
    )
    print("|---:|---:|---:|---:|---:|---:|---:|")
    print(
        f"| {mails:,} | {cases:,} | {stored:.1f} | {took:.1f} | {mails / took:.0f} | "
        f"{told(before)} | {told(meanwhile)} |"
    )


@contextmanager
def part_running(name: str) -> Iterator[None]:
    """Run one of our commands until the block ends."""
    process = subprocess.Popen(  # noqa: S603 - a command of our own
        [sys.executable, "-m", "config.commands.main", name], stdout=subprocess.DEVNULL
    )
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(timeout=TIMEOUT_SECONDS)
        except subprocess.TimeoutExpired:  # it had not done all that the burst left behind
            process.kill()


@contextmanager
def looking(cookie: str) -> Iterator[list[float]]:
    """Let somebody look at the Inbox again and again; how many seconds each look took is yielded.

    A look that takes longer than it is to the next one puts that off.
    """
    looks: list[float] = []
    end = threading.Event()

    def look() -> None:
        connection = connect()
        for _ in range(WARM_UP):
            ask(connection, INBOX, cookie)
        while not end.wait(LOOKS_EVERY):
            looks.append(ask(connection, INBOX, cookie))

    visitor = threading.Thread(target=look)
    visitor.start()
    try:
        yield looks
    finally:
        end.set()
        visitor.join()


def wait_for_the_door() -> None:
    """Return once mail is taken."""
    end = time.monotonic() + TIMEOUT_SECONDS
    while time.monotonic() < end:
        try:
            with relay():
                return
        except OSError:
            time.sleep(TURN_SECONDS)
    raise SystemExit("No mail is taken.")


def wait_until_settled() -> None:
    """Return once the worker has done what was due in the cases that were there before."""
    from django.utils import timezone  # noqa: PLC0415 - once the settings are known

    from amends.base.due import kinds  # noqa: PLC0415
    from amends.jobs.look import kinds_due  # noqa: PLC0415

    end = time.monotonic() + PATIENCE_SECONDS
    while due := [kind.name for kind in kinds_due(kinds(), timezone.now())]:
        if time.monotonic() > end:
            raise SystemExit(f"still due: {', '.join(due)}")
        time.sleep(TURN_SECONDS)


def relay() -> smtplib.LMTP:
    """Return a connection to the door."""
    _kind, host, port = os.environ[DOOR].split(":")
    return smtplib.LMTP(host, int(port))


def hand_over(mails: int) -> None:
    """Hand so many mails over, some connections at once, and return once the last is taken."""

    def hand(first: int) -> None:
        with relay() as door:
            for number in range(first, mails, CONNECTIONS):
                raw = mail(f"burst-{in_letters(number)}")
                door.sendmail("writer@example.net", ["care@example.org"], raw)

    relays = [threading.Thread(target=hand, args=(n,)) for n in range(CONNECTIONS)]
    for each in relays:
        each.start()
    for each in relays:
        each.join()


def wait_until_read(mails: int) -> None:
    """Return once each mail is a contact on a case of its own, and its answer waits to leave."""
    from amends.contacts.models import OutgoingMail  # noqa: PLC0415 - once the settings are known

    end = time.monotonic() + PATIENCE_SECONDS
    while OutgoingMail.objects.filter(kind="acknowledgement").count() < mails:
        if time.monotonic() > end:
            raise SystemExit(f"only {OutgoingMail.objects.count()} of {mails} were answered")
        time.sleep(TURN_SECONDS)


def told(looks: list[float]) -> str:
    """Return the median and the 95th percentile of `looks` in milliseconds."""
    slow = statistics.quantiles(looks, n=20, method="inclusive")[18]
    return f"{statistics.median(looks) * 1000:.0f}, {slow * 1000:.0f}"


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        measure(int(sys.argv[2]), int(sys.argv[3]))
    else:
        given = [int(size) for size in sys.argv[1:]] + [10_000, 10_000][len(sys.argv) - 1 :]
        main(*given)
