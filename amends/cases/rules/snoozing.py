"""Until when a case may be out of sight: never past anything that is due on it. Pure.

Source: case-model 2.6.
"""

from collections.abc import Iterable
from datetime import datetime


def snoozes_until_at_most(next_due_at: datetime | None, at: datetime) -> datetime | None:
    """Return the last moment until which a case may be snoozed at `at`; None if it may not.

    What is due already, or on which nothing is due, is not put out of sight.
    """
    return next_due_at if next_due_at and next_due_at > at else None


def moments_to_snooze(
    handy: Iterable[datetime], last: datetime | None, at: datetime
) -> list[datetime]:
    """Return those of the `handy` moments that are still to come and not too late, and the last."""
    if last is None:
        return []
    return [*sorted(each for each in handy if at < each < last), last]


def kept_until(snoozed_until: datetime | None, next_due_at: datetime | None) -> datetime | None:
    """Return until when a case stays out of sight when what is due on it moves."""
    if snoozed_until is None or next_due_at is None:
        return None
    return min(snoozed_until, next_due_at)
