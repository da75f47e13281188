"""When it is asked whether it is put right, and whether Amends itself asks. Pure."""

from datetime import datetime, timedelta
from itertools import takewhile

from amends.cases.rules.due import BEFORE_ASKING
from amends.people.rules.kinds import Preference
from amends.standards.rules.calendar import Calendar, next_opening, openings_after

MOST_BY_MAIL = 2
# So long before we close the question goes out, so that an answer of the same day finds somebody.
BEFORE_CLOSING = timedelta(minutes=15)


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


def when_to_ask_first(calendar: Calendar | None, promised_at: datetime) -> datetime:
    """Return when to ask first after what was promised for `promised_at`.

    Two hours later, if we are open then or once more on that day; shortly before we close, where
    that day has open time left but not so much; else when we next open. Never before the promised
    moment. While nobody has said when we are open, two hours later. Source: requirements S4-12.
    """
    wanted = promised_at + BEFORE_ASKING
    if calendar is None:
        return wanted
    promised_on = promised_at.astimezone(calendar.zone).date()
    found = next_opening(calendar, wanted)
    if found == wanted or found.astimezone(calendar.zone).date() == promised_on:
        return found
    before = takewhile(lambda span: span[0] < wanted, openings_after(calendar, promised_at))
    left = [
        max(opens, closes - BEFORE_CLOSING)
        for opens, closes in before
        if opens.astimezone(calendar.zone).date() == promised_on
    ]
    return left[-1] if left else found
