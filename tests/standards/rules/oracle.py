"""Working time counted the slow way: one look at the clock on the wall for every minute."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from amends.standards.rules.calendar import Calendar, Opening

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


def shows_open(calendar: Calendar, at: datetime) -> bool:
    """Return whether the wall shows, at an instant, a time that is open and no break."""
    wall = at.astimezone(calendar.zone)
    day, shown = wall.date(), wall.time()
    return _covers(_openings, calendar, day, shown) and not _covers(_breaks, calendar, day, shown)


def count_minutes(calendar: Calendar, start: datetime, end: datetime) -> int:
    """Return how many of the minutes from `start` until before `end` begin open."""
    return sum(shows_open(calendar, at) for at in minutes(start, end))


def minutes(start: datetime, end: datetime) -> Iterator[datetime]:
    """Yield every minute from `start` until before `end`."""
    while start < end:
        yield start
        start += MINUTE


def _openings(calendar: Calendar, day: date) -> tuple[Opening, ...]:
    if day in calendar.days:
        return tuple(calendar.days[day])
    if day in calendar.holidays:
        return ()
    return tuple(calendar.week.get(day.weekday(), ()))


def _breaks(calendar: Calendar, day: date) -> tuple[Opening, ...]:
    return tuple(calendar.breaks.get(day, ()))


def _covers(spans_of, calendar: Calendar, day: date, shown: time) -> bool:
    today = any(
        span.opens <= shown and (shown < span.closes or span.closes <= span.opens)
        for span in spans_of(calendar, day)
    )
    since_yesterday = any(
        span.closes <= span.opens and shown < span.closes for span in spans_of(calendar, day - DAY)
    )
    return today or since_yesterday
