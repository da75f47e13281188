"""Whether we may decide a matter at all, and what must be known before one says no. Pure.

Source: case-model 2.6: late, other forum, repeated; decided with reasons and signposted.
"""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum


class Ground(StrEnum):
    """Why a matter may not be for us to decide."""

    NOT_OURS = "not-ours"
    LATE = "late"
    OTHER_FORUM = "other-forum"
    REPEATED = "repeated"
    NO_STANDING = "no-standing"


class Ruled(StrEnum):
    """What was decided: it is not looked at; or it is, in spite of what speaks against that."""

    INADMISSIBLE = "inadmissible"
    IN_SPITE = "in-spite"


def are_in_order(days: Iterable[date | None], *, today: date) -> bool:
    """Return whether the known of `days` follow each other, none of them after `today`."""
    known = [day for day in days if day]
    return known == sorted(known) and all(day <= today for day in known)


def lacks_dates(ground: Ground, *, happened_on: date | None, aware_on: date | None) -> bool:
    """Return whether nothing is known against which a matter could be late."""
    return ground is Ground.LATE and happened_on is None and aware_on is None


def is_looked_at_first(ground: Ground) -> bool:
    """Return whether somebody else looks at the ruling before its case is opened again.

    What is not ours opens at once when its customer tells something new that is.
    """
    return ground is not Ground.NOT_OURS
