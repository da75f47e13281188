"""When it is asked whether it is put right, and whether Amends itself asks. Pure."""

from datetime import datetime

from amends.people.rules.kinds import Preference
from amends.standards.rules.calendar import Calendar, next_opening

MOST_BY_MAIL = 2


def asks_by_mail(*, has_mail: bool, prefers: Preference | None, asked: int) -> bool:
    """Return whether the question goes out by mail by itself.

    Twice at most, and never to somebody who likes to be met on another channel: a colleague asks
    those. asked: how often Amends asked already.
    """
    return has_mail and prefers in {None, Preference.EMAIL} and asked < MOST_BY_MAIL


def when_to_ask(calendar: Calendar | None, wanted: datetime, *, at: datetime) -> datetime:
    """Return when to ask what one would ask at `wanted`: while we are open, not in the past."""
    earliest = max(wanted, at)
    return next_opening(calendar, earliest) if calendar else earliest
