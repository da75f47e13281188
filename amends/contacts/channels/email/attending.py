"""Attending to a mailbox as long as it is asked for: looks, waits for news, and begins again.

A lock of the database sees that one process alone attends to each; were it lost, the key of what
is stored would still keep everything from being stored twice.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

import structlog
from django.db import DatabaseError, connection
from django.utils import timezone

from amends.base.locked import CannotOpen, unlock
from amends.contacts.actions.fetching import note_trouble, note_well
from amends.contacts.channels.email.fetching import Look, Lost
from amends.contacts.channels.email.imap import ImapFolder
from amends.contacts.models.mailboxes import Mailbox
from amends.contacts.rules.fetching import Access, CannotFetch, place_of, seconds_to_wait
from amends.contacts.rules.mailboxes import Protection, Trouble

PAUSE_SECONDS = 60.0
TURN_SECONDS = 1.0
_LOCK = 1_634_558_561

log = structlog.get_logger(__name__)


def access_of(mailbox: Mailbox) -> Access:
    """Return by what we get into `mailbox`. Raises CannotFetch."""
    try:
        password = unlock(mailbox.secret)
    except CannotOpen as problem:
        raise CannotFetch(Trouble.SECRET) from problem
    return Access(
        host=mailbox.host,
        port=mailbox.port,
        protection=Protection(mailbox.protection),
        user=mailbox.user,
        password=password,
        authority=mailbox.authority,
        folder=mailbox.folder,
    )


@dataclass(slots=True, kw_only=True)
class Attendance:
    """Our care of one mailbox, until `stopping` is set. pause: how long to wait between looks."""

    mailbox_id: int
    files: Path
    pause_seconds: float = PAUSE_SECONDS
    stopping: Event = field(default_factory=Event)
    _lost: Lost = field(default_factory=Lost)
    _failures: int = 0

    def go_on(self) -> None:
        """Attend to the mailbox; whatever goes wrong is noted, waited for and tried again."""
        while not self.stopping.is_set():
            try:
                with alone_with(self.mailbox_id) as alone:
                    if alone:
                        self._attend()
            except DatabaseError as problem:
                log.warning("fetching_stopped", problem=type(problem).__name__)
            finally:
                connection.close()
            self.stopping.wait(TURN_SECONDS)

    def _attend(self) -> None:
        mailbox = Mailbox.objects.get(pk=self.mailbox_id)
        while not self.stopping.is_set():
            try:
                self._visit(mailbox)
            except CannotFetch as problem:
                self._failures += 1
                note_trouble(mailbox, problem=problem, at=timezone.now())
                log.warning("mailbox_fails", mailbox=mailbox.pk, trouble=problem.trouble)
                self.stopping.wait(seconds_to_wait(problem.trouble, self._failures))

    def _visit(self, mailbox: Mailbox) -> None:
        """Stay connected, looking again whenever there is news. Raises CannotFetch."""
        access = access_of(mailbox)
        with ImapFolder(access) as folder:
            while not self.stopping.is_set():
                look = Look(
                    mailbox=mailbox,
                    place=place_of(access),
                    folder=folder,
                    files=self.files,
                    lost=self._lost,
                )
                look.run(self.stopping)
                self._failures = 0
                self._tell(mailbox, look.unsettled)
                self._await_news(folder)

    def _tell(self, mailbox: Mailbox, unsettled: CannotFetch | None) -> None:
        if unsettled:
            note_trouble(mailbox, problem=unsettled, at=timezone.now())
        else:
            note_well(mailbox)

    def _await_news(self, folder: ImapFolder) -> None:
        """Wait until the server tells of something, or for a while where it tells nothing."""
        until = time.monotonic() + self.pause_seconds
        if not folder.can_listen:
            self.stopping.wait(self.pause_seconds)
            return
        folder.listen()
        while time.monotonic() < until and not self.stopping.is_set():
            if folder.heard(within=TURN_SECONDS):
                break
        folder.hear_no_more()


@contextmanager
def alone_with(mailbox_id: int) -> Iterator[bool]:
    """Give whether nobody else attends to the mailbox, and see to it as long as we do."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [_LOCK, mailbox_id])
        [held] = cursor.fetchone() or [False]
        yield bool(held)
