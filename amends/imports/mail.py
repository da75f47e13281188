"""Taking mail files into contacts and cases, and telling what became of each.

A message is known by its SHA-256: a second run adds nothing. Each is stored and committed before it
is read, so that an interruption loses nothing and the next run goes on where this one was cut.
"""

import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import structlog
from django.db import InterfaceError, OperationalError
from django.utils import timezone

from amends.cases.actions.arrivals import take_in
from amends.contacts.actions.arrivals import Fate, Incoming, note_fate, store_arrivals
from amends.contacts.rules.arriving import LARGEST_IN_DATABASE
from amends.contacts.rules.kinds import ArrivalState
from amends.imports.mail_files import messages_in

if TYPE_CHECKING:
    from amends.contacts.models import Arrival

SOURCE = "file"
BATCH = 100


log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Visible:
    """A message that is no contact: where it lies, what became of it, and why."""

    file: str
    state: str
    reason: str


@dataclass(slots=True)
class Account:
    """What became of all that was read. Each message counts once below `messages`."""

    files: int = 0
    messages: int = 0
    contacts: int = 0
    held: int = 0
    failed: int = 0
    already_known: int = 0
    entries: list[Visible] = field(default_factory=list)


def import_mail(files: list[Path], *, as_history: bool, done: Callable[[], None]) -> Account:
    """Take the messages in `files` in, and return the account; call `done` after each file.

    as_history: dated as they say, nothing is sent and no clock starts; else as if received now.
    """
    account = Account()
    batch: list[Incoming] = []
    waiting: dict[int, Arrival] = {}
    for path in files:
        account.files += 1
        for incoming in _incoming(path, account, as_history=as_history):
            account.messages += 1
            # A large one is mapped, which is good only as long as its file is open.
            large = len(incoming.raw) > LARGEST_IN_DATABASE
            batch.append(incoming if large else replace(incoming, raw=bytes(incoming.raw)))
            if large or len(batch) >= BATCH:
                _store(batch, waiting, account)
            if len(waiting) >= BATCH:
                _take_in(waiting, account)
        done()
    _store(batch, waiting, account)
    _take_in(waiting, account)
    return account


def _incoming(path: Path, account: Account, *, as_history: bool) -> Iterator[Incoming]:
    """Yield the messages in one file; a file that cannot be opened is an entry of the account."""
    # A name that is no text is shown as nearly as it can be.
    name = os.fsencode(path).decode(errors="replace")
    try:
        with messages_in(path) as messages:
            for number, raw in enumerate(messages, start=1):
                yield Incoming(
                    source=SOURCE,
                    key=hashlib.sha256(raw).hexdigest(),
                    raw=raw,
                    name=name if number == 1 else f"{name} ({number})",
                    as_history=as_history,
                )
    except OSError as problem:
        account.failed += 1
        account.entries.append(Visible(name, ArrivalState.FAILED, str(problem.strerror)))


def _store(batch: list[Incoming], waiting: "dict[int, Arrival]", account: Account) -> None:
    """Store a batch; what is known already but was never read waits with what is new."""
    for arrival, _new in store_arrivals(batch, at=timezone.now()):
        if arrival.state == ArrivalState.WAITING and arrival.pk not in waiting:
            waiting[arrival.pk] = arrival
        else:
            account.already_known += 1
    batch.clear()


def _take_in(waiting: "dict[int, Arrival]", account: Account) -> None:
    """Take in what waits, all at once; one by one when one of them cannot be."""
    batch = list(waiting.values())
    waiting.clear()
    try:
        taken = take_in(batch, at=timezone.now())
    except Exception as problem:
        # The edge: one message must not stop the others.
        if _stops_everything(problem):
            raise
        taken = [_take_alone(arrival) for arrival in batch]
    for arrival in taken:
        _count(arrival, account)


def _take_alone(arrival: "Arrival") -> "Arrival":
    try:
        [taken] = take_in([arrival], at=timezone.now())
    except Exception as problem:
        if _stops_everything(problem):
            raise
        # What went wrong may quote the message; only its kind is told.
        what = type(problem).__name__
        log.warning("arrival_failed", arrival=arrival.pk, problem=what)
        fate = Fate(state=ArrivalState.FAILED, reason=what)
        return note_fate(arrival, fate=fate, at=timezone.now())
    return taken


def _stops_everything(problem: Exception) -> bool:
    """Return whether `problem` is no fault of one message: the database is gone, the disk full."""
    if isinstance(problem, FileNotFoundError):
        return False
    return isinstance(problem, (OperationalError, InterfaceError, OSError))


def _count(arrival: "Arrival", account: Account) -> None:
    if arrival.state == ArrivalState.FILED:
        account.contacts += 1
        return
    if arrival.state == ArrivalState.FAILED:
        account.failed += 1
    else:
        account.held += 1
    account.entries.append(Visible(arrival.name, arrival.state, arrival.reason))
