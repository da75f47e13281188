"""An account of mail on a POP3 server: a list of mails, each known by its UIDL."""

import base64
import poplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Self

from amends.contacts.channels.email.lmtp import Cut, pieces_of
from amends.contacts.channels.email.tls import checking, why_not
from amends.contacts.rules.fetching import Access, CannotFetch, Waiting
from amends.contacts.rules.mailboxes import Protection, Trouble

_MAIL_SECONDS = 900


class PopAccount:
    """One account, over one connection; what is deleted is gone when the connection ends well."""

    def __init__(self, access: Access) -> None:
        """Connect over TLS and sign in. Raises CannotFetch."""
        self._access = access
        self._pop = _connected(access)
        try:
            self._sign_in()
        except CannotFetch:
            self._pop.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_problem: object) -> None:
        self._pop.close()

    def waiting(self, place: str) -> list[Waiting]:
        """Return all mails that there are, numbered as the server does in this connection."""
        with _telling():
            names, sizes = self._pop.uidl()[1], self._pop.list()[1]
            size_of = dict(_pair(line) for line in sizes)
            return [
                Waiting(int(number), f"{place}/{name.decode('ascii', 'replace')}", int(size))
                for number, name, size in (
                    (number, name, size_of.get(number, b"0")) for number, name in map(_pair, names)
                )
            ]

    def pieces(self, number: int) -> Iterator[bytes]:
        """Yield a mail piece by piece, as it is."""
        with _telling():
            self._pop._shortcmd(f"RETR {number}")  # type: ignore[attr-defined]  # noqa: SLF001  retr keeps all in memory
            yield from pieces_of(self._pop.file, within=_MAIL_SECONDS)

    def delete(self, number: int) -> None:
        """Let a mail be deleted when we say goodbye."""
        with _telling():
            self._pop.dele(number)

    def say_goodbye(self) -> None:
        """End well, so that what was deleted is gone. Raises CannotFetch."""
        with _telling():
            self._pop.quit()

    def _sign_in(self) -> None:
        access = self._access
        try:
            if access.token:
                told = f"user={access.user}\1auth=Bearer {access.token}\1\1"
                word = base64.b64encode(told.encode()).decode()
                self._pop._shortcmd(f"AUTH XOAUTH2 {word}")  # type: ignore[attr-defined]  # noqa: SLF001  the library has no word for it
            else:
                self._pop.user(access.user)
                self._pop.pass_(access.password)
        except poplib.error_proto as problem:
            refused = Trouble.CONSENT if access.token else Trouble.SIGN_IN
            raise CannotFetch(refused, _said(problem)) from problem
        except OSError as problem:
            raise CannotFetch(Trouble.CONNECTION, _said(problem)) from problem


def _connected(access: Access) -> poplib.POP3:
    context = checking(access.authority)
    where = (access.host, access.port)
    try:
        if access.protection is Protection.TLS:
            return poplib.POP3_SSL(*where, timeout=access.patience_seconds, context=context)
        return _with_tls(poplib.POP3(*where, timeout=access.patience_seconds), context)
    except socket.gaierror as problem:
        raise CannotFetch(Trouble.NAME, str(problem.strerror)) from problem
    except ssl.SSLError as problem:
        raise CannotFetch(Trouble.TLS, why_not(problem)) from problem
    except OSError as problem:
        raise CannotFetch(Trouble.CONNECTION, _said(problem)) from problem
    except poplib.error_proto as problem:
        raise CannotFetch(Trouble.ANSWER, _said(problem)) from problem


def _with_tls(pop: poplib.POP3, context: ssl.SSLContext) -> poplib.POP3:
    try:
        pop.stls(context)
    except poplib.error_proto as problem:
        pop.close()
        raise CannotFetch(Trouble.TLS, _said(problem)) from problem
    except OSError:
        with suppress(OSError):
            pop.close()
        raise
    return pop


@contextmanager
def _telling() -> Iterator[None]:
    try:
        yield
    except poplib.error_proto as problem:
        raise CannotFetch(Trouble.ANSWER, _said(problem)) from problem
    except (OSError, EOFError, Cut) as problem:
        raise CannotFetch(Trouble.CONNECTION, _said(problem)) from problem


def _pair(line: bytes) -> tuple[bytes, bytes]:
    number, _space, rest = line.partition(b" ")
    return number, rest.strip()


def _said(problem: Exception) -> str:
    first = problem.args[-1] if problem.args else type(problem).__name__
    return (first.decode(errors="replace") if isinstance(first, bytes) else str(first))[:300]
