"""Where a mail belongs: by which of its marks, and on what conditions. Pure.

Source: the order is that of trust. A signed address only we can make; the id of a message that we
sent only its receivers know; a reference in the subject anybody may type; that somebody answers
under a subject of theirs says the least. None of them proves who writes: somebody who has no part
in the matter never gets into it.
"""

import hmac
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

# A key signs for a quarter of a year, and what it signed is known again for two years.
QUARTERS_KNOWN = 9

_TAG = re.compile(r".*\+r(\d{1,18})-([0-9a-f]{16})@.*", re.IGNORECASE | re.DOTALL)
_REFERENCE = re.compile(r"\bC-?\w{3}-?\w{4}\b", re.IGNORECASE)
# What mail programs put before the subject of an answer, in the languages that reach us.
_ANSWERS = re.compile(
    r"\s*(?:re|aw|antw|antwort|odp|odpowiedź|ats|atsakymas|на|отв|ответ|відп|përgj|përgjigje|"
    r"rv|rép|sv|vs|vá|ynt|ref|res|rif|bls)\s*(?:\[\d{1,3}\]|\(\d{1,3}\))?\s*[:：]\s*",
    re.IGNORECASE,
)
_SHORTEST_SUBJECT = 3


@dataclass(frozen=True, slots=True)
class Matter:
    """What a mark points to. takes_part: whether the sender has a part in it.

    typed: it was found by what anybody may type, and by nothing that only we or a receiver know.
    """

    key: int
    takes_part: bool
    is_open: bool
    typed: bool = False


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


def reply_address(address: str, *, mail_id: int, key: str, at: datetime) -> str:
    """Return `address` signed for the answers to one mail of ours: `care+r7-0f…@example.org`.

    at: when that mail was written. Each quarter signs with a key of its own.
    """
    local, _at, domain = address.rpartition("@")
    return f"{local}+r{mail_id}-{_seal(mail_id, key, _quarter(at))}@{domain}"


def answered_mail_in(addresses: Iterable[str], *, keys: Sequence[str], at: datetime) -> int | None:
    """Return the mail of ours to whose signed address one of `addresses` belongs, or None.

    keys: the present one, and others of which some addresses may still be out there. What was
    signed longer than two years before `at` is not known any more.
    """
    now = _quarter(at)
    for address in addresses:
        found = _TAG.fullmatch(address)
        if found and any(
            hmac.compare_digest(found[2].lower(), _seal(int(found[1]), key, quarter))
            for key in keys
            for quarter in range(now + 1, now - QUARTERS_KNOWN, -1)
        ):
            return int(found[1])
    return None


def references_in(subject: str) -> list[str]:
    """Return what in `subject` looks like a reference, in its order; whether it is one, ask it."""
    return _REFERENCE.findall(subject)


def answered_subject(subject: str) -> str:
    """Return the subject that `subject` answers, folded; empty if it does not look like an answer.

    For mail programs that name no message they answer, as Outlook does with its `Thread-Index`.
    """
    bare = bare_subject(subject)
    answers = _ANSWERS.match(subject) is not None
    return bare if answers and len(bare) >= _SHORTEST_SUBJECT else ""


def bare_subject(subject: str) -> str:
    """Return `subject` folded and without all that mail programs put before it."""
    while prefix := _ANSWERS.match(subject):
        subject = subject[prefix.end() :]
    return " ".join(subject.split()).casefold()


def _quarter(at: datetime) -> int:
    return at.year * 4 + (at.month - 1) // 3


def _seal(mail_id: int, key: str, quarter: int) -> str:
    signing = hmac.new(key.encode(), f"reply-to/{quarter}".encode(), sha256).digest()
    return hmac.new(signing, f"reply-to:{mail_id}".encode(), sha256).hexdigest()[:16]
