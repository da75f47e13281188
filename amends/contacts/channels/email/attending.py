"""Attending to a mailbox as long as it is asked for: looks, waits for news, and begins again.

A lock of the database sees that one process alone attends to each; were it lost, the key of what
is stored would still keep everything from being stored twice.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Event

import structlog
from django.db import DatabaseError, connection

from amends.base.locked import CannotOpen, unlock
from amends.contacts.actions.consent import forget_access
from amends.contacts.actions.fetching import note_trouble, note_well
from amends.contacts.channels.email.fetching import Clock, Look, Lost
from amends.contacts.channels.email.fetching_pop3 import PopLook
from amends.contacts.channels.email.imap import ImapFolder
from amends.contacts.channels.email.issuing import access_for
from amends.contacts.channels.email.pop3 import PopAccount
from amends.contacts.models.mailboxes import Mailbox
from amends.contacts.rules.fetching import Access, CannotFetch, place_of, seconds_to_wait
from amends.contacts.rules.mailboxes import Protection, SignIn, Trouble, WayIn

PAUSE_SECONDS = 60.0
PATIENCE_SECONDS = 30.0
TURN_SECONDS = 1.0
_LOCK = 1_634_558_561

log = structlog.get_logger(__name__)


def access_of(
    mailbox: Mailbox, *, at: datetime, patience_seconds: float = PATIENCE_SECONDS
) -> Access:
    """Return by what we get into `mailbox`. Raises CannotFetch."""
    token = access_for(mailbox, at=at) if mailbox.sign_in == SignIn.OAUTH2 else ""
    try:
        password = "" if token else unlock(mailbox.secret)
    except CannotOpen as problem:
        raise CannotFetch(Trouble.SECRET) from problem
    if not (token or password):
        raise CannotFetch(Trouble.SIGN_IN)
    return Access(
        host=mailbox.host,
        port=mailbox.port,
        protection=Protection(mailbox.protection),
        user=mailbox.user,
        password=password,
        token=token,
        authority=mailbox.authority,
        folder=mailbox.folder,
        patience_seconds=patience_seconds,
    )


@dataclass(slots=True, kw_only=True)
class Attendance:
    """Our care of one mailbox, until `stopping` is set. pause: how long to wait between looks."""

    mailbox_id: int
    files: Path
    clock: Clock
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
                if problem.trouble is Trouble.CONSENT:
                    forget_access(mailbox, at=self.clock())
                note_trouble(mailbox, problem=problem, at=self.clock())
                log.warning("mailbox_fails", mailbox=mailbox.pk, trouble=problem.trouble)
                self.stopping.wait(seconds_to_wait(problem.trouble, self._failures))

    def _visit(self, mailbox: Mailbox) -> None:
        """Stay connected, looking again whenever there is news. Raises CannotFetch."""
        access = access_of(mailbox, at=self.clock())
        if mailbox.way_in == WayIn.POP3:
            self._call(mailbox, access)
            return
        with ImapFolder(access) as folder:
            while not self.stopping.is_set():
                look = Look(
                    mailbox=mailbox,
                    place=place_of(access),
                    folder=folder,
                    files=self.files,
                    lost=self._lost,
                    clock=self.clock,
                )
                look.run(self.stopping)
                self._failures = 0
                self._tell(mailbox, look.unsettled)
                self._await_news(folder)

    def _call(self, mailbox: Mailbox, access: Access) -> None:
        """Look once over POP3, which knows no waiting, and wait ourselves. Raises CannotFetch."""
        with PopAccount(access) as account:
            PopLook(
                mailbox=mailbox,
                place=place_of(access),
                account=account,
                files=self.files,
                clock=self.clock,
            ).run(self.stopping)
        self._failures = 0
        self._tell(mailbox, None)
        self.stopping.wait(self.pause_seconds)

    def _tell(self, mailbox: Mailbox, unsettled: CannotFetch | None) -> None:
        if unsettled:
            note_trouble(mailbox, problem=unsettled, at=self.clock())
        else:
            note_well(mailbox, at=self.clock())

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
