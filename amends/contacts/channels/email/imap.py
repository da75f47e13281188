"""A folder of mail on an IMAP server.

Connecting, signing in, waiting and the names of folders are those of imap-tools. Its ways to flag
and to move are not used: they expunge what others have marked as deleted.
"""

import imaplib
import math
import re
import socket
import ssl
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from typing import Self

from imap_tools.errors import (
    ImapToolsError,
    MailboxFolderSelectError,
    MailboxLoginError,
    MailboxStarttlsError,
)
from imap_tools.mailbox import BaseMailBox, MailBox, MailBoxStartTls
from imap_tools.utils import encode_folder

from amends.contacts.channels.email.tls import checking, why_not
from amends.contacts.rules.fetching import PIECE_BYTES, Access, CannotFetch
from amends.contacts.rules.mailboxes import Protection, Trouble

_UID = re.compile(rb"\bUID (\d+)")
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d+)")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_IMPLICIT_PORT = 993


class ImapFolder:
    """One folder of one account, over one connection."""

    def __init__(self, access: Access) -> None:
        """Connect over TLS and sign in. Raises CannotFetch."""
        self._access = access
        self._box = _connected(access)
        try:
            self._sign_in()
        except CannotFetch:
            self._close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_problem: object) -> None:
        with suppress(OSError, imaplib.IMAP4.error, ImapToolsError):
            self._box.logout()
        self._close()

    @property
    def can_listen(self) -> bool:
        return "IDLE" in self._box.client.capabilities

    def open(self) -> int:
        """Open the folder, or look anew, and return its UIDVALIDITY. Raises CannotFetch."""
        try:
            with _plainly():
                self._box.folder.set(self._access.folder)
        except MailboxFolderSelectError as problem:
            raise CannotFetch(Trouble.FOLDER, _said(problem)) from problem
        life = self._told("UIDVALIDITY")
        if life is None:
            raise CannotFetch(Trouble.ANSWER, "UIDVALIDITY")
        return life

    @property
    def next_uid(self) -> float:
        """Which uid the next mail gets, as the server said when the folder was opened."""
        told = self._told("UIDNEXT")
        return math.inf if told is None else told

    def uids(self, *, after: int = 0, since: date | None = None) -> list[int]:
        """Return the uids above `after`, in their order. since: only what came from that day on."""
        words = f"UID {after + 1}:*"
        if since:
            words += f" SINCE {since.day}-{_MONTHS[since.month - 1]}-{since.year}"
        with _telling():
            found = self._box.uids(words, charset=None)
        # The last mail is found in any case, as 9:* means from the last to 9 as well.
        return sorted({int(uid) for uid in found if int(uid) > after})

    def holds(self, uid: int) -> bool:
        """Return whether the mail is still in the folder."""
        with _telling():
            return bool(self._box.uids(f"UID {uid}", charset=None))

    def sizes(self, uids: Sequence[int]) -> dict[int, int]:
        """Return how large each of `uids` is, as the server says."""
        sizes = {}
        for line in self._fetched(uids, "(UID RFC822.SIZE)"):
            uid, size = _UID.search(_head(line)), _SIZE.search(_head(line))
            if uid and size:
                sizes[int(uid[1])] = int(size[1])
        return sizes

    def whole(self, uids: Sequence[int]) -> dict[int, bytes]:
        """Return the bytes of small mails; what is gone meanwhile is not among them."""
        mails = {}
        answer = self._fetched(uids, "(UID BODY.PEEK[])")
        for line, after in zip(answer, [*answer[1:], b""], strict=True):
            if not isinstance(line, tuple):
                continue
            # Some servers tell the uid behind the mail.
            uid = _UID.search(line[0]) or _UID.search(_head(after))
            if uid:
                mails[int(uid[1])] = line[1]
        return mails

    def pieces(self, uid: int) -> Iterator[bytes]:
        """Yield a large mail piece by piece."""
        start = 0
        while True:
            answer = self._fetched([uid], f"(UID BODY.PEEK[]<{start}.{PIECE_BYTES}>)")
            piece = next((line[1] for line in answer if isinstance(line, tuple)), b"")
            if piece:
                yield piece
            if len(piece) < PIECE_BYTES:
                return
            start += len(piece)

    def flag(self, uids: Iterable[int]) -> None:
        """Mark mails, as with a star. Raises CannotFetch."""
        self._do("STORE", _listed(uids), "+FLAGS.SILENT", r"(\Flagged)")

    def move(self, uids: Iterable[int], folder: str) -> None:
        """Move mails to another folder, and no others. Raises CannotFetch."""
        listed, where = _listed(uids), encode_folder(folder).decode()
        if "MOVE" in self._box.client.capabilities:
            self._do("MOVE", listed, where)
            return
        self._do("COPY", listed, where)
        self._do("STORE", listed, "+FLAGS.SILENT", r"(\Deleted)")
        if "UIDPLUS" in self._box.client.capabilities:
            self._do("EXPUNGE", listed)

    def may_change(self) -> bool:
        """Return whether mails in the open folder may be marked and moved."""
        return "READ-ONLY" not in self._box.client.untagged_responses

    def has(self, folder: str) -> bool:
        """Return whether there is a folder of this name."""
        with _telling():
            return any(each.name == folder for each in self._box.folder.list(search_args=folder))

    def listen(self) -> None:
        """Let the server tell what is new, until `hear` is over."""
        with _telling():
            self._box.idle.start()  # type: ignore[no-untyped-call] # it has no types

    def heard(self, *, within: float) -> bool:
        """Return whether the server told something `within` so many seconds."""
        began = time.monotonic()
        with _telling():
            told = self._box.idle.poll(timeout=within)
        if not told and time.monotonic() - began < within / 2:
            # The library takes a connection that has ended for one on which nothing was said.
            raise CannotFetch(Trouble.CONNECTION)
        return bool(told)

    def hear_no_more(self) -> None:
        with _telling():
            self._box.idle.stop()  # type: ignore[no-untyped-call] # it has no types

    def _close(self) -> None:
        with suppress(OSError):
            self._box.client.shutdown()

    def _sign_in(self) -> None:
        access, client = self._access, self._box.client
        try:
            with _plainly():
                if access.token:
                    self._box.xoauth2(access.user, access.token, initial_folder=None)
                elif (access.user + access.password).isascii():
                    self._box.login(access.user, access.password, initial_folder=None)
                else:
                    self._box.login_utf8(access.user, access.password, initial_folder=None)
                # What a server can do, many tell only to those whom they know.
                _ok, told = client.capability()
        except (MailboxLoginError, imaplib.IMAP4.error) as problem:
            refused = Trouble.CONSENT if access.token else Trouble.SIGN_IN
            lost = isinstance(problem, imaplib.IMAP4.abort)
            raise CannotFetch(Trouble.CONNECTION if lost else refused, _said(problem)) from problem
        client.capabilities = tuple(told[-1].decode("ascii", "replace").upper().split())

    def _told(self, what: str) -> int | None:
        told = self._box.client.untagged_responses.get(what) or [b""]
        number = _head(told[0])
        return int(number) if number.isdigit() else None

    def _fetched(self, uids: Sequence[int], what: str) -> list[bytes | tuple[bytes, bytes]]:
        with _telling():
            kind, answer = self._box.client.uid("FETCH", _listed(uids), what)
        if kind != "OK":
            raise CannotFetch(Trouble.ANSWER, str(answer)[:300])
        return [line for line in answer if line is not None]

    def _do(self, *words: str) -> None:
        with _telling():
            kind, answer = self._box.client.uid(*words)
        if kind != "OK":
            raise CannotFetch(Trouble.RIGHTS, str(answer)[:300])


def _connected(access: Access) -> BaseMailBox:
    context = checking(access.authority)
    where = {"host": access.host, "port": access.port, "timeout": access.patience_seconds}
    kind = MailBox if access.protection is Protection.TLS else MailBoxStartTls
    if kind is MailBoxStartTls and access.port == _IMPLICIT_PORT:
        raise CannotFetch(Trouble.TLS, "993 STARTTLS")
    try:
        return kind(**where, ssl_context=context)
    except socket.gaierror as problem:
        raise CannotFetch(Trouble.NAME, str(problem.strerror)) from problem
    except ssl.SSLError as problem:
        raise CannotFetch(Trouble.TLS, why_not(problem)) from problem
    except OSError as problem:
        raise CannotFetch(Trouble.CONNECTION, _said(problem)) from problem
    except MailboxStarttlsError as problem:
        raise CannotFetch(Trouble.TLS, _said(problem)) from problem
    except imaplib.IMAP4.abort as problem:
        raise CannotFetch(Trouble.CONNECTION, _said(problem)) from problem
    except imaplib.IMAP4.error as problem:
        # "TLS not supported by server", says the library; and what speaks no IMAP is none.
        starting = access.protection is Protection.STARTTLS and "TLS" in str(problem)
        raise CannotFetch(Trouble.TLS if starting else Trouble.ANSWER, _said(problem)) from problem


@contextmanager
def _plainly() -> Iterator[None]:
    """Turn only a lost connection into CannotFetch; an answer that is a no is for the caller."""
    try:
        yield
    except OSError as problem:
        raise CannotFetch(Trouble.CONNECTION, _said(problem)) from problem
    except imaplib.IMAP4.abort as problem:
        raise CannotFetch(Trouble.CONNECTION, _said(problem)) from problem


@contextmanager
def _telling() -> Iterator[None]:
    """Turn a lost connection, and an answer that makes no sense, into CannotFetch."""
    try:
        with _plainly():
            yield
    except (imaplib.IMAP4.error, ImapToolsError) as problem:
        raise CannotFetch(Trouble.ANSWER, _said(problem)) from problem


def _listed(uids: Iterable[int]) -> str:
    return ",".join(map(str, uids))


def _head(line: bytes | tuple[bytes, bytes]) -> bytes:
    return line[0] if isinstance(line, tuple) else line


def _said(problem: Exception) -> str:
    """Return what the server said, or the system, without what we said before."""
    if isinstance(problem, OSError):
        return (problem.strerror or str(problem) or type(problem).__name__)[:300]
    result = getattr(problem, "command_result", None)
    told = result[1] if result else [problem.args[0] if problem.args else ""]
    first = told[-1] if told else ""
    return (first.decode(errors="replace") if isinstance(first, bytes) else str(first))[:300]
