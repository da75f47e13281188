"""Trying each step on the way into a mailbox, and telling the first that does not go."""

import socket
from dataclasses import dataclass
from datetime import datetime

from amends.contacts.channels.email.attending import access_of
from amends.contacts.channels.email.imap import ImapFolder
from amends.contacts.channels.email.pop3 import PopAccount
from amends.contacts.models.mailboxes import Mailbox
from amends.contacts.rules.fetching import Access, CannotFetch
from amends.contacts.rules.mailboxes import Afterwards, Trouble, WayIn

PATIENCE_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Tried:
    """One step, called by the trouble that it could have. trouble: empty where it went well."""

    step: str
    trouble: str = ""
    detail: str = ""


def examine(mailbox: Mailbox, *, at: datetime) -> list[Tried]:
    """Return what became of each step, to the first that went wrong."""
    well: list[Trouble] = []
    try:
        _try_steps(mailbox, well, at)
    except CannotFetch as problem:
        return _told(well, problem)
    return [Tried(step) for step in well]


def _try_steps(mailbox: Mailbox, well: list[Trouble], at: datetime) -> None:
    """Take one step after the other, and note in `well` those that go. Raises CannotFetch."""
    access = access_of(mailbox, at=at, patience_seconds=PATIENCE_SECONDS)
    _find(access)
    well.append(Trouble.NAME)
    _connect(access)
    well.append(Trouble.CONNECTION)
    if mailbox.way_in == WayIn.POP3:
        with PopAccount(access) as account:
            well += [Trouble.TLS, Trouble.SIGN_IN]
            account.waiting("")
            well.append(Trouble.ANSWER)
        return
    with ImapFolder(access) as folder:
        well += [Trouble.TLS, Trouble.SIGN_IN]
        folder.open()
        well.append(Trouble.FOLDER)
        if mailbox.afterwards != Afterwards.LEAVE:
            _check_rights(folder, mailbox)
            well.append(Trouble.RIGHTS)


def _find(access: Access) -> None:
    try:
        socket.getaddrinfo(access.host, access.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as problem:
        raise CannotFetch(Trouble.NAME, getattr(problem, "strerror", "") or "") from problem


def _connect(access: Access) -> None:
    try:
        socket.create_connection((access.host, access.port), PATIENCE_SECONDS).close()
    except OSError as problem:
        raise CannotFetch(Trouble.CONNECTION, problem.strerror or str(problem)) from problem


def _check_rights(folder: ImapFolder, mailbox: Mailbox) -> None:
    if not folder.may_change():
        raise CannotFetch(Trouble.RIGHTS)
    if mailbox.afterwards == Afterwards.MOVE and not folder.has(mailbox.move_to):
        raise CannotFetch(Trouble.RIGHTS, mailbox.move_to)


def _told(well: list[Trouble], problem: CannotFetch) -> list[Tried]:
    """Return the steps with the one that failed; who is refused at the door came to it over TLS."""
    if problem.trouble in {Trouble.SIGN_IN, Trouble.CONSENT} and Trouble.CONNECTION in well:
        well.append(Trouble.TLS)
    return [
        *(Tried(step) for step in well),
        Tried(problem.trouble, problem.trouble, problem.detail),
    ]
