"""Working time: when we are open, and when a span of open time has passed.

Pure: no Django, no database, no system clock. Every instant is a timezone-aware
`datetime`; every span is a `timedelta` of open time, not of elapsed time.

We are open at an instant when the clock on the wall then shows an hour that is open on that date.
So an hour that the clock skips does not count, one that it shows twice counts twice, and a day
that a country left out never was. See docs/decisions/working-time.md.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from amends.standards.rules.wall import instants, walls

ONE_DAY = timedelta(days=1)
NOTHING = timedelta(0)
DAYS_IN_A_WEEK = 7
# Open time is summed up once per calendar, so much of it at a time as is asked for.
SUMMED_AT_ONCE = 52 * DAYS_IN_A_WEEK * ONE_DAY
AT_A_GLANCE = 28 * ONE_DAY

Span = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Opening:
    """One opening, in local wall-clock time. Closing no later than it opens means the next day."""

    opens: time
    closes: time


class Sums(NamedTuple):
    """The open spans of a stretch of time in UTC, and what they come to.

    worked: the open time before each span, and at the end that of all of them.
    """

    begins: datetime
    ends: datetime
    starts: list[datetime]
    worked: list[timedelta]


@dataclass(frozen=True, slots=True)
class Calendar:
    """When we are open.

    zone: where the wall clock hangs.
    week: weekday (0 is Monday) to its openings; absent means closed.
    holidays: local dates on which nothing opens.
    days: local dates with openings of their own, which hold over week and holidays: a half day,
        a Saturday that is worked, a day off.
    breaks: local dates to the spans of them in which nothing is open, whatever else is said.
    """

    zone: ZoneInfo
    week: Mapping[int, Sequence[Opening]]
    holidays: Container[date] = frozenset()
    days: Mapping[date, Sequence[Opening]] = field(default_factory=dict)
    breaks: Mapping[date, Sequence[Opening]] = field(default_factory=dict)
    # The newest is the widest. Never changed but replaced, so that threads may share a calendar.
    _made: list[Sums] = field(default_factory=list, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not any(self.week.values()):
            raise ValueError("a calendar that never opens has no working time")
        if not all(0 <= weekday < DAYS_IN_A_WEEK for weekday in self.week):
            raise ValueError("a weekday is a number from 0, which is Monday, to 6")

    def openings_on(self, day: date) -> Sequence[Opening]:
        """Return what opens on a local date, before its breaks are taken out."""
        if day in self.days:
            return self.days[day]
        return () if day in self.holidays else self.week.get(day.weekday(), ())

    def closes_on(self, day: date) -> datetime | None:
        """Return when what opens on a local date closes for good, in UTC; None if nothing does."""
        spans = self._on(day)
        if not spans:
            return None
        noon = datetime.combine(day, time(12), tzinfo=UTC)
        shown = walls(self.zone, noon - 5 * ONE_DAY, noon + 5 * ONE_DAY)
        closes = (end for span in spans for _opens, end in instants(*span, shown))
        return max(closes, default=None)

    def openings_after(self, start: datetime) -> Iterator[Span]:
        """Yield the open spans after `start`, in UTC and without end; cut the first to `start`.

        Each opening is a span of its own, also where the next one opens as it closes.
        """
        start = _in_utc(start)
        begins = start - 2 * ONE_DAY
        while True:
            ends = begins + AT_A_GLANCE
            for opens, closes in self._spans(begins, ends):
                if closes > start:
                    yield max(opens, start), closes
            begins = ends

    def _spans(self, begins: datetime, ends: datetime) -> Iterator[Span]:
        """Yield the spans that open from `begins` until before `ends`, disjoint and ascending."""
        shown = walls(self.zone, begins - 5 * ONE_DAY, ends + 5 * ONE_DAY)
        # Three days before, because what opened then may still be open, and cuts what opens now.
        first, last = begins.date() - 3 * ONE_DAY, ends.date() + ONE_DAY
        found = sorted(
            span
            for number in range(first.toordinal(), last.toordinal() + 1)
            for opens, closes in self._on(date.fromordinal(number))
            for span in instants(opens, closes, shown)
        )
        closed = begins - 5 * ONE_DAY
        for opens, closes in found:
            later = max(opens, closed)
            closed = max(closed, closes)
            if later < closes and begins <= later < ends:
                yield later, closes

    def _on(self, day: date) -> Sequence[tuple[datetime, datetime]]:
        """Return the openings of a local date in naive wall-clock time, without the breaks."""
        spans = [_on_the_wall(day, opening) for opening in self.openings_on(day)]
        if not self.breaks:
            return spans
        for each in (day - ONE_DAY, day, day + ONE_DAY):
            for pause in self.breaks.get(each, ()):
                begins, ends = _on_the_wall(each, pause)
                spans = [rest for span in spans for rest in _without(span, begins, ends)]
        return spans

    def sums(self, at: datetime) -> Sums:
        """Return the sums of a stretch of time that `at`, in UTC, falls in."""
        made = self._made[0] if self._made else self._first_sums(at)
        while at < made.begins:
            made = self.earlier(made)
        while at >= made.ends:
            made = self.later(made)
        return made

    def later(self, made: Sums) -> Sums:
        """Return the sums of `made` and of the time after it."""
        more = self._sum_up(made.ends, made.ends + SUMMED_AT_ONCE)
        return self._keep(_one_after_the_other(made, more))

    def earlier(self, made: Sums) -> Sums:
        """Return the sums of the time before `made` and of it."""
        more = self._sum_up(made.begins - SUMMED_AT_ONCE, made.begins)
        return self._keep(_one_after_the_other(more, made))

    def _first_sums(self, at: datetime) -> Sums:
        begins = at - AT_A_GLANCE
        return self._keep(self._sum_up(begins, begins + SUMMED_AT_ONCE))

    def _keep(self, made: Sums) -> Sums:
        self._made[:] = [made]
        return made

    def _sum_up(self, begins: datetime, ends: datetime) -> Sums:
        starts, worked, total = [], [NOTHING], NOTHING
        for opens, closes in self._spans(begins - 3 * ONE_DAY, ends):
            if closes > begins:
                starts.append(max(opens, begins))
                total += min(closes, ends) - starts[-1]
                worked.append(total)
        return Sums(begins, ends, starts, worked)


def is_open(calendar: Calendar, at: datetime) -> bool:
    """Return whether we are open at an instant; at the very moment of closing we are not."""
    return next_opening(calendar, at) == at


def openings_after(calendar: Calendar, start: datetime) -> Iterator[Span]:
    """Yield the open spans after `start`, in UTC and without end; cut the first to `start`."""
    return calendar.openings_after(start)


def next_opening(calendar: Calendar, at: datetime) -> datetime:
    """Return the first instant from `at` on, in UTC, at which we are open: `at` if we are."""
    at = _in_utc(at)
    sums = calendar.sums(at)
    worked = _worked_until(sums, at)
    while worked == sums.worked[-1]:
        sums = calendar.later(sums)
    return max(at, sums.starts[bisect_right(sums.worked, worked) - 1])


def last_closing(calendar: Calendar, at: datetime) -> datetime:
    """Return the last instant until `at`, in UTC, before which we were open: `at` if we were."""
    at = _in_utc(at)
    sums = calendar.sums(at)
    while not (worked := _worked_until(sums, at)):
        sums = calendar.earlier(sums)
    return _when_worked(sums, worked)


def add_working_time(calendar: Calendar, start: datetime, span: timedelta) -> datetime:
    """Return the instant, in UTC, by which `span` of open time has passed since `start`.

    No time at all has passed when we next are open.
    """
    if _is_nothing(span):
        return next_opening(calendar, start)
    start = _in_utc(start)
    sums = calendar.sums(start)
    worked = _worked_until(sums, start) + span
    while worked > sums.worked[-1]:
        sums = calendar.later(sums)
    return _when_worked(sums, worked)


def subtract_working_time(calendar: Calendar, end: datetime, span: timedelta) -> datetime:
    """Return the instant, in UTC, from which `span` of open time passes until `end`.

    No time at all passes since we last were open.
    """
    if _is_nothing(span):
        return last_closing(calendar, end)
    end = _in_utc(end)
    sums = calendar.sums(end)
    while (worked := _worked_until(sums, end) - span) < NOTHING:
        sums = calendar.earlier(sums)
    place = bisect_right(sums.worked, worked) - 1
    return sums.starts[place] + (worked - sums.worked[place])


def add_working_days(calendar: Calendar, start: datetime, days: int) -> datetime:
    """Return the instant, in UTC, so many days on which we open after `start`, at the same hour.

    What begins while we are closed begins when we next open. Where we close before that hour the
    day ends as we close, and where we open after it, as we open.
    """
    begins = next_opening(calendar, start).astimezone(calendar.zone)
    day = begins.date()
    while days > 0:
        day += ONE_DAY
        days -= bool(calendar.openings_on(day))
    end = datetime.combine(day, begins.time(), tzinfo=calendar.zone).astimezone(UTC)
    closed = last_closing(calendar, end)
    if not is_open(calendar, end) and closed.astimezone(calendar.zone).date() == day:
        return closed
    return next_opening(calendar, end)


def closings_after(calendar: Calendar, start: datetime) -> Iterator[tuple[date, datetime]]:
    """Yield the working days that close after `start`, each with when it does, without end.

    The first may have opened on the day before, if it is open past midnight.
    """
    day = _in_utc(start).astimezone(calendar.zone).date() - 2 * ONE_DAY
    while True:
        closes = calendar.closes_on(day)
        if closes and closes > start:
            yield day, closes
        day += ONE_DAY


def working_time(calendar: Calendar, start: datetime, end: datetime) -> timedelta:
    """Return the open time between `start` and `end`; zero if `end` is not after `start`."""
    start, end = _in_utc(start), _in_utc(end)
    if end <= start:
        return NOTHING
    calendar.sums(start)
    sums = calendar.sums(end)
    return _worked_until(sums, end) - _worked_until(sums, start)


def _worked_until(sums: Sums, at: datetime) -> timedelta:
    """Return the open time from where the sums begin until an instant that they cover."""
    place = bisect_right(sums.starts, at)
    if not place:
        return NOTHING
    return min(sums.worked[place - 1] + (at - sums.starts[place - 1]), sums.worked[place])


def _when_worked(sums: Sums, worked: timedelta) -> datetime:
    """Return the first instant by which so much open time, and some, has passed."""
    place = bisect_left(sums.worked, worked) - 1
    return sums.starts[place] + (worked - sums.worked[place])


def _one_after_the_other(one: Sums, other: Sums) -> Sums:
    before = one.worked[-1]
    worked = [*one.worked, *(before + each for each in other.worked[1:])]
    return Sums(one.begins, other.ends, one.starts + other.starts, worked)


def _is_nothing(span: timedelta) -> bool:
    if span < NOTHING:
        raise ValueError("a span of open time is never less than nothing")
    return not span


def _in_utc(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("working time needs a timezone-aware start")
    return at.astimezone(UTC)


def _on_the_wall(day: date, opening: Opening) -> Span:
    """Return an opening of a local date in naive wall-clock time."""
    last = day if opening.closes > opening.opens else day + ONE_DAY
    return datetime.combine(day, opening.opens), datetime.combine(last, opening.closes)


def _without(span: Span, begins: datetime, ends: datetime) -> Iterator[Span]:
    """Yield what is left of a span when the time between two moments is taken out of it."""
    opens, closes = span
    if opens < min(closes, begins):
        yield opens, min(closes, begins)
    if max(opens, ends) < closes:
        yield max(opens, ends), closes
