"""Who may follow what as it happens: a pass stands in the page and is shown with the stream.

A stream asks no database. A page decides, as pages do, whether its reader may see what it shows,
and writes what they may follow into a pass that holds for two minutes and for their session alone.
"""

import hashlib
import hmac
import time
from dataclasses import dataclass

from django.core import signing

SALT = "amends.live"
HOLDS_SECONDS = 120
LIVE = "amends.live"


@dataclass(frozen=True, slots=True)
class Pass:
    """What somebody may follow. `made_at` is when their page was begun, in seconds.

    topics: what they are told of. place: where they are to be seen by others; empty for nowhere.
    """

    staff: int
    topics: tuple[str, ...]
    place: str
    made_at: float


def write_pass(
    staff: int, session: str, *, topics: tuple[str, ...], place: str, made_at: float
) -> str:
    """Return a pass that only the browser of `session` can use."""
    told = {
        "staff": staff,
        "topics": topics,
        "place": place,
        "at": made_at,
        "of": _of(session),
    }
    return signing.dumps(told, salt=SALT, compress=True)


def read_pass(text: str, session: str) -> Pass | None:
    """Return the pass, or None if it is not ours, is too old, or is of another session."""
    try:
        told = signing.loads(text, salt=SALT, max_age=HOLDS_SECONDS)
    except signing.BadSignature:
        return None
    if not session or not hmac.compare_digest(told["of"], _of(session)):
        return None
    return Pass(told["staff"], tuple(told["topics"]), told["place"], told["at"])


def now() -> float:
    """Return the time as passes tell it."""
    return time.time()


def _of(session: str) -> str:
    """Return what names a session to us and to nobody who reads the page."""
    return hashlib.sha256(f"{SALT}:{session}".encode()).hexdigest()[:32]
