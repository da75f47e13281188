"""How much mail may be, and by what a delivered mail is known. Pure."""

import hashlib

LARGEST_IN_DATABASE = 1_000_000
LARGEST_DELIVERED = 150 * 2**20
DELIVERY = "delivery"
MAILBOX = "mailbox"
NULL_SENDER = "<>"
SPAM = "spam"  # why something is held that a filter takes for it


def source_of(mailbox: str) -> str:
    """Return the name of the source that hands over the mail of `mailbox`; "" is the only one."""
    return f"{DELIVERY}:{mailbox}" if mailbox else DELIVERY


def key_of(sender: str, digest: bytes) -> str:
    """Return by what a delivered mail is known: who its envelope names, and what its bytes are.

    A server that lost our answer hands over the same bytes again. Two mails never have the same,
    since each server on the way writes its own number and time into them; a Message-ID proves
    nothing. The recipients do not count: one letter to two of our addresses is one letter.
    """
    return hashlib.sha256(sender.encode(errors="replace") + b"\0" + digest).hexdigest()


def without_separator(beginning: bytes) -> bytes:
    """Return the beginning of a mail without the `From ` line that some servers put before it.

    It carries the time of the try, so that a second try would look like another mail.
    """
    if not beginning.startswith(b"From "):
        return beginning
    return beginning.partition(b"\n")[2]


def source_of_fetched(mailbox_id: int) -> str:
    """Return the name of the source that a mailbox is which we fetch from; it never changes."""
    return f"{MAILBOX}:{mailbox_id}"


def mailbox_in(source: str) -> tuple[int | None, str]:
    """Return which mailbox `source` means: by its number, or by the name it was handed over with.

    Neither where it means none.
    """
    kind, _colon, which = source.partition(":")
    if kind == MAILBOX and which.isdecimal():
        return int(which), ""
    return None, which if kind == DELIVERY else ""
