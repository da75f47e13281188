"""What the clock on the wall shows, and at which instants it shows a given time. Pure.

Times on the wall are naive; instants are in UTC.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, tzinfo
from typing import NamedTuple

from amends.standards.rules.offsets import stretches

Span = tuple[datetime, datetime]


class Wall(NamedTuple):
    """What the clock on the wall shows from an instant on, while its offset is the same.

    alone_from, alone_until: the part of it that is shown at no other time.
    """

    begins: datetime
    shown_from: datetime
    shown_until: datetime
    alone_from: datetime
    alone_until: datetime


def walls(zone: tzinfo, begins: datetime, ends: datetime) -> list[Wall]:
    """Return what the clock of a zone shows between two instants, one after the other."""
    found = stretches(zone, begins, ends)
    shown = [
        (
            (each.begins + each.offset).replace(tzinfo=None),
            (each.ends + each.offset).replace(tzinfo=None),
        )
        for each in found
    ]
    shown_before = [shown[0][0], *(until for _, until in shown)]
    shown_after = [*(since for since, _ in shown[1:]), shown[-1][1]]
    return [
        Wall(each.begins, since, until, max(since, before), min(until, after))
        for each, (since, until), before, after in zip(
            found, shown, shown_before, shown_after, strict=False
        )
    ]


def instants(since: datetime, until: datetime, shown: Sequence[Wall]) -> Sequence[Span]:
    """Return the spans in which the wall shows a time from `since` until before `until`."""
    for wall in shown:
        if wall.alone_from <= since and until <= wall.alone_until:
            begins = wall.begins + (since - wall.shown_from)
            return [(begins, begins + (until - since))]
    return list(_instants_over_a_change(since, until, shown))


def _instants_over_a_change(
    since: datetime, until: datetime, shown: Sequence[Wall]
) -> Iterator[Span]:
    span: Span | None = None
    for wall in shown:
        first, last = max(since, wall.shown_from), min(until, wall.shown_until)
        if first >= last:
            continue
        begins = wall.begins + (first - wall.shown_from)
        ends = begins + (last - first)
        if span and span[1] == begins:
            span = span[0], ends
            continue
        if span:
            yield span
        span = begins, ends
    if span:
        yield span
