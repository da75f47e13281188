"""Where a mail belongs: by which of its marks, and on what conditions. Pure.

Source: the order is that of trust. A signed address only we can make; the id of a message that we
sent only its receivers know; a reference in the subject anybody may type. None of them proves who
writes: somebody who has no part in the matter never gets into it.
"""

import hmac
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

_TAG = re.compile(r".*\+r(\d{1,18})-([0-9a-f]{16})@.*", re.IGNORECASE | re.DOTALL)
_REFERENCE = re.compile(r"\bC-?\w{3}-?\w{4}\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Matter:
    """What a mark points to. takes_part: whether the sender has a part in it."""

    key: int
    takes_part: bool
    is_open: bool


@dataclass(frozen=True, slots=True)
class Belonging:
    """Where a mail goes: into the matter `joins`, or into a new one, linked to `linked_to`."""

    joins: int | None = None
    linked_to: int | None = None


def belonging_of(matters: Sequence[Matter]) -> Belonging:
    """Return where a mail belongs whose marks point to `matters`, the most trusted first.

    It joins only what is open and what its sender has a part in. What it points to otherwise is
    linked, so that a colleague sees both.
    """
    if not matters:
        return Belonging()
    first = matters[0]
    if first.takes_part and first.is_open:
        return Belonging(joins=first.key)
    return Belonging(linked_to=first.key)


def reply_address(address: str, *, mail_id: int, key: str) -> str:
    """Return `address` signed for the answers to one mail of ours: `care+r7-0f…@example.org`."""
    local, _at, domain = address.rpartition("@")
    return f"{local}+r{mail_id}-{_seal(mail_id, key)}@{domain}"


def answered_mail_in(addresses: Iterable[str], *, keys: Sequence[str]) -> int | None:
    """Return the mail of ours to whose signed address one of `addresses` belongs, or None."""
    for address in addresses:
        found = _TAG.fullmatch(address)
        if found and any(
            hmac.compare_digest(found[2].lower(), _seal(int(found[1]), key)) for key in keys
        ):
            return int(found[1])
    return None


def references_in(subject: str) -> list[str]:
    """Return what in `subject` looks like a reference, in its order; whether it is one, ask it."""
    return _REFERENCE.findall(subject)


def _seal(mail_id: int, key: str) -> str:
    return hmac.new(key.encode(), f"reply-to:{mail_id}".encode(), sha256).hexdigest()[:16]
