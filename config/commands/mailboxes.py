"""`amends mailboxes`: fetches the mail of the mailboxes that the settings page names."""

import argparse
import signal
import sys
import time
from datetime import datetime
from threading import Event, Thread
from types import FrameType

import structlog
from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from amends.contacts.channels.email.attending import Attendance
from amends.contacts.queries.mailboxes import mailboxes_to_fetch
from config.commands.schema import require_schema
from config.environment import Environment, require_secret

TURN_SECONDS = 2.0
FINISH_SECONDS = 10.0

log = structlog.get_logger(__name__)


def arguments(_parser: argparse.ArgumentParser) -> None:
    """Take none: mailboxes are named on a page."""


def run(_options: argparse.Namespace, environment: Environment) -> int:
    require_secret(environment)
    require_schema()
    stopping = Event()

    def stop(_number: int, _frame: FrameType | None) -> None:
        stopping.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    sys.stdout.write("amends: mailboxes are attended to\n")
    sys.stdout.flush()
    attend_to_all(stopping)
    return 0


def attend_to_all(stopping: Event) -> None:
    """Attend to each mailbox in a thread of its own; one that is changed is begun anew."""
    attended: dict[int, tuple[datetime, Attendance, Thread]] = {}
    while not stopping.is_set():
        try:
            _compare(attended, mailboxes_to_fetch())
        except DatabaseError as problem:
            log.warning("mailboxes_unknown", problem=type(problem).__name__)
        finally:
            connection.close()
        stopping.wait(TURN_SECONDS)
    for _since, attendance, _thread in attended.values():
        attendance.stopping.set()
    until = time.monotonic() + FINISH_SECONDS
    for _since, _attendance, thread in attended.values():
        # What is cut in the midst was not committed, and comes again.
        thread.join(max(until - time.monotonic(), 0))


def _compare(
    attended: dict[int, tuple[datetime, Attendance, Thread]], wanted: dict[int, datetime]
) -> None:
    """End what is paused or changed, and begin what nobody attends to."""
    for pk, (since, attendance, thread) in list(attended.items()):
        if wanted.get(pk) != since or not thread.is_alive():
            attendance.stopping.set()
            if not thread.is_alive():
                del attended[pk]
    for pk, since in wanted.items():
        if pk not in attended:
            attendance = Attendance(mailbox_id=pk, files=settings.MEDIA_ROOT, clock=timezone.now)
            thread = Thread(target=attendance.go_on, daemon=True)
            thread.start()
            attended[pk] = (since, attendance, thread)
