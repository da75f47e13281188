"""Whose turn it is among those who were put aside: who came first, and never who is louder. Pure.

Source: S3-56, S3-57.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

EACH = timedelta(minutes=10)
ROUND = timedelta(minutes=5)
# Nobody waits longer at a desk or on a line: what is older was only left lying.
LONGEST = timedelta(hours=4)


def ahead_of(mine: datetime, others: Iterable[datetime]) -> int:
    """Return how many began to tell us before one who began at `mine`."""
    return sum(1 for other in others if other < mine)


def still_waits(since: datetime, now: datetime) -> bool:
    """Return whether somebody who was put aside `since` then may still be there."""
    return now - since <= LONGEST


def turn_at(now: datetime, *, ahead: int) -> datetime:
    """Return when it is somebody's turn who has so many before them, by the next full five minutes.

    A promise that is easier kept: ten minutes for each, rounded up.
    """
    then = now + ahead * EACH
    past = timedelta(minutes=then.minute % 5, seconds=then.second, microseconds=then.microsecond)
    return then - past + ROUND if past else then
