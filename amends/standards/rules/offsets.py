"""How far the clock on the wall is from UTC, and from when to when it is so. Pure."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import NamedTuple

# No zone changes its clock twice within less than three days; tests/standards hold that.
STRIDE = timedelta(days=2)
SECOND = timedelta(seconds=1)


class Stretch(NamedTuple):
    """A stretch of time, in UTC, with one offset throughout."""

    begins: datetime
    ends: datetime
    offset: timedelta


def stretches(zone: tzinfo, begins: datetime, ends: datetime) -> list[Stretch]:
    """Return the stretches of one offset that make up the time between two instants in UTC."""
    found: list[Stretch] = []
    for each in _of_years(zone, begins.year, ends.year):
        if each.ends <= begins or each.begins >= ends:
            continue
        cut = Stretch(max(each.begins, begins), min(each.ends, ends), each.offset)
        if found and found[-1].offset == cut.offset:
            found[-1] = Stretch(found[-1].begins, cut.ends, cut.offset)
        else:
            found.append(cut)
    return found


def _of_years(zone: tzinfo, first: int, last: int) -> Iterator[Stretch]:
    for year in range(first, last + 1):
        yield from _of_a_year(zone, year)


@lru_cache(maxsize=4096)
def _of_a_year(zone: tzinfo, year: int) -> tuple[Stretch, ...]:
    """Return the stretches of a year in UTC; those next to each other may have one offset."""
    begins, end = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
    found = []
    here, offset = begins, _offset(zone, begins)
    while here < end - SECOND:
        there = min(here + STRIDE, end - SECOND)
        then = _offset(zone, there)
        if then != offset:
            changes = _change(zone, here, there)
            found.append(Stretch(begins, changes, offset))
            begins, offset = changes, then
        here = there
    return (*found, Stretch(begins, end, offset))


def _change(zone: tzinfo, before: datetime, after: datetime) -> datetime:
    """Return the second, after `before` and no later than `after`, when the offset changes."""
    was = _offset(zone, before)
    while after - before > SECOND:
        between = before + (after - before) // SECOND // 2 * SECOND
        if _offset(zone, between) == was:
            before = between
        else:
            after = between
    return after


def _offset(zone: tzinfo, at: datetime) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta(0)
