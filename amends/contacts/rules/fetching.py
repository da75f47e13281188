"""How mail is fetched from a mailbox: by what we get in, how much at once, and how long we wait.

Pure.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from amends.contacts.rules.mailboxes import Protection, Trouble

MOST_AT_ONCE = 50
BYTES_AT_ONCE = 4_000_000
PIECE_BYTES = 1_000_000
MOST_TRIES = 12
_FIRST_WAIT, _LAST_WAIT = 5, 900
# Who is refused too often is locked out by many servers.
_FIRST_WAIT_AT_THE_DOOR, _LAST_WAIT_AT_THE_DOOR = 60, 3600
_AT_THE_DOOR = {Trouble.SIGN_IN, Trouble.CONSENT, Trouble.SECRET}


class CannotFetch(Exception):
    """What we wanted of a mailbox did not come. detail: in the words of the server or system."""

    def __init__(self, trouble: Trouble, detail: str = "") -> None:
        super().__init__(trouble.value, detail)
        self.trouble, self.detail = trouble, detail


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """By what we get into a mailbox. token: of a consent, in the place of the password.

    authority: certificates in PEM to trust besides the system's.
    """

    host: str
    port: int
    protection: Protection
    user: str
    password: str = ""
    token: str = ""
    authority: str = ""
    folder: str
    patience_seconds: float


@dataclass(frozen=True, slots=True)
class Waiting:
    """A mail that waits in a mailbox. key: what is unique there, under which it is stored here."""

    uid: int
    key: str
    size_bytes: int


def place_of(access: Access) -> str:
    """Return a short name of the server, the account and the folder that `access` means.

    Another folder may number its mails with the same numbers.
    """
    told = f"{access.host.casefold()}\0{access.user.casefold()}\0{access.folder}"
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def key_in(place: str, life: int, uid: int) -> str:
    """Return by what a mail is known in one life of a folder."""
    return f"{place}/{life}/{uid}"


def uid_of(key: str) -> int:
    """Return which mail of its folder `key` means."""
    return int(key.rpartition("/")[2])


def groups(waiting: Iterable[Waiting], *, most: int = MOST_AT_ONCE) -> Iterator[list[Waiting]]:
    """Yield `waiting` in their order, as many as are fetched at once; a large mail comes alone."""
    group: list[Waiting] = []
    size = 0
    for mail in waiting:
        if group and (len(group) >= most or size + mail.size_bytes > BYTES_AT_ONCE):
            yield group
            group, size = [], 0
        group.append(mail)
        size += mail.size_bytes
    if group:
        yield group


def seconds_to_wait(trouble: Trouble, failures: int) -> float:
    """Return how long to wait after the `failures`th failure in a row, longer each time."""
    first, last = _FIRST_WAIT, _LAST_WAIT
    if trouble in _AT_THE_DOOR:
        first, last = _FIRST_WAIT_AT_THE_DOOR, _LAST_WAIT_AT_THE_DOOR
    return min(first * 2.0 ** min(failures - 1, 20), last)


def minutes_between_tries(tries: int) -> int:
    """Return how long a single mail that did not come is left alone after its `tries`th try."""
    return min(1 << min(tries, 20), 24 * 60)
