"""Mail that is handed to us: on the disk and committed before whoever brought it is told.

Stores in one statement what `store_arrival` stores, without Django, which takes seconds to start
where a mail server starts a program for each mail. A test holds the two together.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import psycopg

from amends.base.spool import Spool
from amends.contacts.rules.arriving import (
    LARGEST_DELIVERED,
    LARGEST_IN_DATABASE,
    key_of,
    source_of,
    without_separator,
    written_as,
)

_PATIENCE_SECONDS = 10
_SETTINGS = "SET statement_timeout = '60s'; SET lock_timeout = '60s'"
_STORE = """
WITH stored AS (
  INSERT INTO contacts_arrival (source, key, received_at, sha256, size_bytes, raw, name,
    envelope_sender, envelope_recipients, as_history, state, reason, sender, subject)
  VALUES (%(source)s, %(key)s, now(), %(sha256)s, %(size)s, %(raw)s, '',
    %(sender)s, %(recipients)s, false, 'waiting', '', '', '')
  ON CONFLICT (source, key) DO NOTHING RETURNING id, size_bytes)
INSERT INTO journal_entry (kind, at, by, subject, facts)
SELECT 'ArrivalStored', now(), 'clock', '',
  jsonb_build_object('arrival_id', id, 'size_bytes', size_bytes) FROM stored
"""


_OURS = """
SELECT EXISTS (SELECT 1 FROM contacts_mailbox WHERE lower(address) = ANY(%(names)s))
  OR EXISTS (SELECT 1 FROM staff_organisation WHERE lower(mail_address) = ANY(%(names)s))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """Who hands a mail over for whom. sender: "<>" takes no answer, "" was not told."""

    mailbox: str = ""
    sender: str = ""
    recipients: tuple[str, ...] = ()


class Delivery:
    """One mail on its way in. What is not stored to its end leaves nothing behind."""

    def __init__(self, files: Path) -> None:
        self._spool = Spool(files, most_in_memory=LARGEST_IN_DATABASE, most=LARGEST_DELIVERED)
        self._digest = hashlib.sha256()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *problem: object) -> None:
        self._spool.__exit__(*problem)

    @property
    def is_empty(self) -> bool:
        return self._spool.size_bytes == 0

    def take(self, data: bytes) -> None:
        """Take the next bytes; the first hold its first line. Raises TooMuch, OSError."""
        self._digest.update(without_separator(data) if self.is_empty else data)
        self._spool.write(data)

    def store(self, connection: psycopg.Connection, envelope: Envelope) -> bool:
        """Store it and return whether it was not known before; once here, it is committed.

        Raises OSError, psycopg.Error.
        """
        kept = self._spool.keep()
        said = {
            "source": source_of(envelope.mailbox),
            "key": key_of(envelope.sender, self._digest.digest()),
            "sha256": kept.sha256,
            "size": kept.size_bytes,
            "raw": kept.raw,
            "sender": _plain(envelope.sender)[:320],
            "recipients": "\n".join(map(_plain, envelope.recipients)),
        }
        return connection.execute(_STORE, said, prepare=False).rowcount == 1


def connect(database: str) -> psycopg.Connection:
    """Return a connection on which each statement is committed when it returns.

    Raises psycopg.OperationalError.
    """
    connection = psycopg.connect(database, connect_timeout=_PATIENCE_SECONDS, autocommit=True)
    connection.execute(_SETTINGS)
    return connection


def is_of_ours(connection: psycopg.Connection, recipient: str) -> bool:
    """Return whether `recipient` is the address of a mailbox of ours, or of the house.

    Raises psycopg.Error.
    """
    names = [_plain(each) for each in written_as(recipient)]
    [found] = connection.execute(_OURS, {"names": names}, prepare=False).fetchone() or [False]
    return bool(found)


def _plain(address: str) -> str:
    """Return `address` as text that can be written down, whatever bytes it was."""
    return address.encode(errors="replace").decode().replace("\0", "?")
