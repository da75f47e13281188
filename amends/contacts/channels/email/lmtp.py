"""A door for a relay: LMTP or SMTP, one thread a connection, answered only after the commit."""

import contextlib
import re
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore, Event, Lock, Thread
from typing import BinaryIO

import psycopg

from amends.base.spool import TooMuch
from amends.contacts.channels.email.delivery import Delivery, Envelope, connect, is_of_ours
from amends.contacts.rules.arriving import LARGEST_DELIVERED, NULL_SENDER, OURS, takes_mail_for

MOST_RECIPIENTS = 100
LONGEST_LINE = 4096
LONGEST_PIECE = 256 * 1024
_IDLE_SECONDS = 300
_MAIL_SECONDS = 900
_PATH = re.compile(rb"(?i)(?:from|to):\s*<([^<>\x00-\x1f\x7f]{0,320})>(?:\s+(.*))?")
_SIZE = re.compile(rb"(?i)\bsize=(\d{1,18})\b")


class Cut(Exception):
    """The other side is gone, too slow, or says what nobody can follow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """What all connections share. database: as psycopg takes it.

    recipients: the addresses and domains that mail is taken for, `ours` being those of our
    mailboxes; none named: every one that the relay lets through.
    """

    name: str
    database: str
    files: Path
    tls: ssl.SSLContext | None = None
    recipients: frozenset[str] = frozenset()


class Doors:
    """The connections that are open: how many there may be, and all of them ended at once."""

    def __init__(self, most: int) -> None:
        self._room, self._lock = BoundedSemaphore(most), Lock()
        self._inside: dict[Session, Thread] = {}
        self.stopping = Event()

    def let_in(self, session: "Session") -> None:
        """Serve `session` in a thread of its own, or turn it away where there is no room."""
        if not self._room.acquire(blocking=False):
            session.turn_away()
            return
        thread = Thread(target=self._serve, args=(session,), daemon=True)
        with self._lock:
            self._inside[session] = thread
        thread.start()

    def end(self, *, within: float) -> None:
        """Let nobody say more: what is being stored is answered, what was not whole never is."""
        self.stopping.set()
        until = time.monotonic() + within
        with self._lock:
            inside = dict(self._inside)
        for session in inside:
            session.hear_no_more()
        for thread in inside.values():
            thread.join(max(until - time.monotonic(), 0))

    def _serve(self, session: "Session") -> None:
        try:
            session.run(self.stopping)
        finally:
            with self._lock:
                del self._inside[session]
            self._room.release()


class Session:
    """One connection, from the greeting to the end."""

    def __init__(self, connection: socket.socket, house: House, *, lmtp: bool) -> None:
        self._house, self._lmtp = house, lmtp
        self._database: psycopg.Connection | None = None
        self._forget()
        self._greeted = False
        self._use(connection)

    def run(self, stopping: Event) -> None:
        """Speak with the relay until it says goodbye or is gone."""
        try:
            self._say(f"220 {self._house.name} {'LMTP' if self._lmtp else 'ESMTP'} Amends")
            while not stopping.is_set() and self._follow(self._line()):
                pass
        except (Cut, OSError, ValueError):
            return
        finally:
            if self._database:
                self._database.close()
            with contextlib.suppress(OSError):
                self._reader.close()
                self._connection.close()

    def turn_away(self, why: str = "421 4.3.2 Too many connections, try again later") -> None:
        """Say why nobody is served here, as a rule for want of room, and end."""
        with contextlib.suppress(OSError), self._connection:
            self._say(why)
            self._reader.close()

    def hear_no_more(self) -> None:
        """End what the other side says; what it was told to wait for is still answered."""
        with contextlib.suppress(OSError):
            # Not the method of the TLS socket, which would go on in the clear.
            socket.socket.shutdown(self._connection, socket.SHUT_RD)

    def _use(self, connection: socket.socket) -> None:
        connection.settimeout(_IDLE_SECONDS)
        self._connection = connection
        self._reader: BinaryIO = connection.makefile("rb")

    def _forget(self) -> None:
        self._sender: str | None = None
        self._recipients: list[str] = []

    def _line(self) -> bytes:
        line = self._reader.readline(LONGEST_LINE)
        if not line.endswith(b"\n"):
            raise Cut
        return line.rstrip(b"\r\n")

    def _say(self, *lines: str) -> None:
        self._connection.sendall("".join(f"{line}\r\n" for line in lines).encode())

    def _follow(self, line: bytes) -> bool:
        """Do what `line` asks; return whether the connection goes on."""
        verb, _space, words = line.partition(b" ")
        verb = verb.upper()
        if verb == b"QUIT":
            self._say("221 2.0.0 Goodbye")
            return False
        act = self._acts().get(verb)
        if act is None:
            self._say("500 5.5.1 Not understood")
        else:
            act(words)
        return True

    def _acts(self) -> dict[bytes, Callable[[bytes], None]]:
        acts = {
            b"MAIL": self._mail, b"RCPT": self._recipient, b"DATA": self._data,
            b"RSET": self._reset, b"NOOP": lambda _words: self._say("250 2.0.0 OK"),
            b"VRFY": lambda _words: self._say("252 2.0.0 Send some mail"),
        }  # fmt: skip
        if self._lmtp:
            acts[b"LHLO"] = self._hello
        else:
            acts[b"EHLO"] = acts[b"HELO"] = self._hello
        if tls := self._tls_to_offer:
            acts[b"STARTTLS"] = lambda _words: self._start(tls)
        return acts

    @property
    def _tls_to_offer(self) -> ssl.SSLContext | None:
        return None if isinstance(self._connection, ssl.SSLSocket) else self._house.tls

    def _hello(self, _words: bytes) -> None:
        self._forget()
        self._greeted = True
        offers = ["PIPELINING", "8BITMIME", "SMTPUTF8", "ENHANCEDSTATUSCODES"]
        offers += ["STARTTLS"] if self._tls_to_offer else []
        lines = [f"250-{line}" for line in (self._house.name, *offers)]
        self._say(*lines, f"250 SIZE {LARGEST_DELIVERED}")

    def _start(self, tls: ssl.SSLContext) -> None:
        self._say("220 2.0.0 Go ahead")
        # Whatever was said in the clear is forgotten, also what was said too early.
        self._forget()
        self._greeted = False
        self._use(tls.wrap_socket(self._connection, server_side=True))

    def _reset(self, _words: bytes) -> None:
        self._forget()
        self._say("250 2.0.0 OK")

    def _mail(self, words: bytes) -> None:
        path = _PATH.fullmatch(words.strip())
        size = _SIZE.search(path[2] or b"") if path else None
        if not self._greeted or self._sender is not None:
            self._say("503 5.5.1 Not now")
        elif path is None:
            self._say("501 5.1.7 No sender can be read there")
        elif size and int(size[1]) > LARGEST_DELIVERED:
            self._say("552 5.3.4 Too large")
        else:
            self._sender = path[1].decode(errors="replace") or NULL_SENDER
            self._say("250 2.1.0 OK")

    def _recipient(self, words: bytes) -> None:
        path = _PATH.fullmatch(words.strip())
        if self._sender is None:
            self._say("503 5.5.1 Not now")
        elif path is None or not path[1]:
            self._say("501 5.1.3 No recipient can be read there")
        elif len(self._recipients) >= MOST_RECIPIENTS:
            self._say("452 4.5.3 Too many recipients, send the rest later")
        elif refusal := self._objection(recipient := path[1].decode(errors="replace")):
            self._say(refusal)
        else:
            self._recipients.append(recipient)
            self._say("250 2.1.5 OK")

    def _objection(self, recipient: str) -> str:
        """Return what to answer where mail for `recipient` is not taken, or cannot be told now."""
        permitted = self._house.recipients
        if not permitted or takes_mail_for(recipient, permitted):
            return ""
        try:
            known = OURS in permitted and is_of_ours(self._line_to_database(), recipient)
        except psycopg.Error:
            return "451 4.3.0 Cannot be told now, try again later"
        return "" if known else "550 5.1.1 Nobody of that name takes mail here"

    def _data(self, _words: bytes) -> None:
        if not self._recipients:
            self._say("503 5.5.1 Nobody to take it for")
            return
        self._say("354 End with a dot on a line of its own")
        answer = self._taken()
        # LMTP wants an answer for each recipient; it is one commit for all of them.
        self._say(*[answer] * (len(self._recipients) if self._lmtp else 1))
        self._forget()

    def _taken(self) -> str:
        """Take the mail, to its end in any case, and return what to answer."""
        envelope = Envelope(sender=self._sender or "", recipients=tuple(self._recipients))
        problem: Exception | None = None
        with Delivery(self._house.files) as delivery:
            for piece in pieces_of(self._reader, within=_MAIL_SECONDS):
                if problem is None:
                    try:
                        delivery.take(piece)
                    except (TooMuch, OSError) as trouble:
                        problem = trouble
            if isinstance(problem, TooMuch):
                return "552 5.3.4 Too large"
            if problem is None and self._stored(delivery, envelope):
                return "250 2.6.0 Stored"
        return "451 4.3.0 Cannot be stored now, try again later"

    def _stored(self, delivery: Delivery, envelope: Envelope) -> bool:
        try:
            delivery.store(self._line_to_database(), envelope)
        except (psycopg.Error, OSError):
            if self._database:
                self._database.close()
            return False
        return True

    def _line_to_database(self) -> psycopg.Connection:
        """Return the connection of this session, a new one where there is none. Raises Error."""
        if self._database is None or self._database.closed:
            self._database = connect(self._house.database)
        return self._database


def pieces_of(reader: BinaryIO, *, within: float) -> Iterator[bytes]:
    """Yield the lines of a mail as they came, without the dots that the protocol adds.

    Raises Cut where the mail has no end, or takes longer than `within` seconds.
    """
    until = time.monotonic() + within
    before = b"\r\n"
    while True:
        piece = reader.readline(LONGEST_PIECE)
        if not piece or time.monotonic() > until:
            raise Cut
        # Only a dot between two whole line ends is the end: anything looser lets a sender hide a
        # second mail in the first.
        whole = before.endswith(b"\r\n")
        if whole and piece == b".\r\n":
            return
        yield piece[1:] if whole and piece.startswith(b".") else piece
        before = before[-1:] + piece
