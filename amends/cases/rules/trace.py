"""What a customer sees of the way their case went, and of what comes next. Pure.

Only what they said themselves, and what we told, promised and did; never what we noted for us.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from operator import itemgetter


class Happened(StrEnum):
    """One step on the way of a case, as its customer sees it."""

    TOLD_US = "told-us"
    ADDED = "added"
    ASKED_FOR_ANOTHER = "asked-for-another"
    WE_SPOKE = "we-spoke"
    APOLOGISED = "apologised"
    PROMISED = "promised"
    AGREED = "agreed"
    WISHED_ANOTHER_DAY = "wished-another-day"
    KEPT = "kept"
    BROKEN = "broken"
    DONE_LATE = "done-late"
    PROMISED_ANEW = "promised-anew"
    DONE_AT_ONCE = "done-at-once"
    ASKED = "asked"
    SAID_YES = "said-yes"
    SAID_PARTLY = "said-partly"
    SAID_NO = "said-no"
    PROPOSED = "proposed"
    WANTED_TIME = "wanted-time"
    DECIDED = "decided"
    LOOKED_AT_AGAIN = "looked-at-again"
    REVIEWED = "reviewed"
    WENT_OUTSIDE = "went-outside"
    DECIDED_OUTSIDE = "decided-outside"
    CLOSED = "closed"
    TAKEN_BACK = "taken-back"
    WILL_ANSWER = "will-answer"
    WILL_KEEP = "will-keep"
    WAITS = "waits"
    WILL_ASK = "will-ask"


class Reach(StrEnum):
    """Whether a step lies behind, is where it stands now, or is still to come."""

    DONE = "done"
    NOW = "now"
    LATE = "late"
    TO_COME = "to-come"


GONE_WRONG = frozenset({Happened.BROKEN, Happened.SAID_NO})


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the trace. `channel` for a contact, `says` for a promise, due by `due_at`."""

    what: Happened
    at: datetime | None = None
    channel: str = ""
    says: str = ""
    due_at: datetime | None = None
    reach: Reach = Reach.DONE


def trace(happened: Iterable[Line], to_come: Iterable[Line]) -> tuple[Line, ...]:
    """Return the lines behind in the order in which they came, then those still to come.

    The first of those still to come is where the case stands now.
    """
    dated = [(line.at, place, line) for place, line in enumerate(happened) if line.at]
    behind = [
        replace(line, reach=_behind(line))
        for _at, _place, line in sorted(dated, key=itemgetter(0, 1))
    ]
    ahead = [replace(line, reach=_ahead(place)) for place, line in enumerate(to_come)]
    return (*behind, *ahead)


def _behind(line: Line) -> Reach:
    return Reach.LATE if line.what in GONE_WRONG else Reach.DONE


def _ahead(place: int) -> Reach:
    return Reach.TO_COME if place else Reach.NOW
