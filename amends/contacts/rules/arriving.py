"""How much mail may be, and by what a delivered mail is known. Pure."""

import hashlib
from collections.abc import Collection, Iterable
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address

LARGEST_IN_DATABASE = 1_000_000
LARGEST_DELIVERED = 150 * 2**20
DELIVERY = "delivery"
MAILBOX = "mailbox"
NULL_SENDER = "<>"
OURS = "ours"  # the addresses of our mailboxes, among the recipients a door takes mail for
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


def may_hand_over(address: str, relays: Collection[IPv4Network | IPv6Network]) -> bool:
    """Return whether a relay at the IP `address` may hand mail over; anyone where none is named.

    "" is a relay on this machine that came through a socket of the file system.
    """
    if not relays or not address:
        return True
    told = ip_address(address.partition("%")[0])
    plain = told.ipv4_mapped or told if isinstance(told, IPv6Address) else told
    return any(plain in network for network in relays)


def written_as(recipient: str) -> tuple[str, ...]:
    """Return the addresses by which mail for `recipient` may be permitted: with and without a tag.

    Answers to us are addressed with one: `care+r7-0f@example.org`.
    """
    whole = recipient.strip().lower()
    local, _at, domain = whole.rpartition("@")
    bare = f"{local.partition('+')[0]}@{domain}"
    return (whole,) if bare == whole else (whole, bare)


def takes_mail_for(recipient: str, permitted: Iterable[str]) -> bool:
    """Return whether `recipient` is one of the `permitted`: addresses, and domains after an @."""
    names = (*written_as(recipient), f"@{recipient.strip().rpartition('@')[2].lower()}")
    return any(each.lower() in names for each in permitted)


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
