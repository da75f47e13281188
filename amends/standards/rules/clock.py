"""One clock of a standard of ours as it runs, stops and runs on, with every line of why. Pure.

A clock knows how much working time is used up and how much its standard gives. What is used up
stays so whatever changes: another calendar, team or severity counts from the moment it holds. A
clock is never due before the moment that made it due, and once it was over it stays over.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import groupby, islice, takewhile

from amends.standards.rules.calendar import Calendar, add_working_time, closings_after, working_time
from amends.standards.rules.targets import Measure, Standard

NOTHING = timedelta(0)


class Said(StrEnum):
    """What a line of the reckoning says."""

    STARTED = "started"
    RAN = "ran"
    PAUSED = "paused"
    WENT_ON = "went-on"
    STANDARD_CHANGED = "standard-changed"
    CALENDAR_CHANGED = "calendar-changed"
    MERGED = "merged"
    OVER = "over"
    MET = "met"
    STOPPED = "stopped"
    REOPENED = "reopened"


_GIVES = frozenset({Said.STARTED, Said.STANDARD_CHANGED})


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a reckoning.

    span: the working time that ran, or that a standard gives; days: the working days that it gives
    instead, all of them if around_the_clock. on: the local day on which it ran.
    until: when a pause ends at the latest. due_at: when the clock is due after this line.
    """

    what: Said
    at: datetime
    span: timedelta | None = None
    days: int = 0
    around_the_clock: bool = False
    on: date | None = None
    until: datetime | None = None
    due_at: datetime | None = None

    @property
    def is_given(self) -> bool:
        """Return whether it says how long something ran, or what a standard gives."""
        return self.span is not None or self.days > 0


@dataclass(frozen=True, slots=True)
class Pause:
    """Why a clock stands still: the case waits, at the latest until an instant."""

    until: datetime | None


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of time that a clock ran through, by a calendar."""

    calendar: Calendar
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """One clock. since: until when its time is reckoned up; used: the working time until then.

    span: what its standard gives; none while no standard is for the case, and the time still runs.
    days: the working days that it gives instead; ran: the stretches that they are counted from.
    over_at: when its time was up and nothing had been done. ended_at: when it was met or stopped.
    """

    measure: Measure
    started_at: datetime
    since: datetime
    calendar: Calendar
    used: timedelta = NOTHING
    span: timedelta | None = None
    days: int = 0
    ran: tuple[Stretch, ...] = ()
    standard: Standard | None = None
    pause: Pause | None = None
    due_at: datetime | None = None
    over_at: datetime | None = None
    met_at: datetime | None = None
    ended_at: datetime | None = None
    lines: tuple[Line, ...] = ()

    @property
    def is_given(self) -> bool:
        """Return whether a standard, or what was agreed, gives it an end."""
        return self.span is not None or self.days > 0

    @property
    def days_used(self) -> int:
        """Return the working days that closed while it ran; the day it began on is not counted."""
        return len({day for stretch in self.ran for day in self._closed_in(stretch)})

    def _closed_in(self, stretch: Stretch) -> Iterator[date]:
        began_on = self.began_on(stretch.calendar)
        closings = closings_after(stretch.calendar, stretch.since)
        closed = takewhile(lambda closing: closing[1] <= stretch.until, closings)
        return (day for day, _closes in closed if day > began_on)

    def began_on(self, calendar: Calendar) -> date:
        """Return the local day on which it began, which is not counted among working days."""
        return self.started_at.astimezone(calendar.zone).date()

    @property
    def left(self) -> timedelta | None:
        return None if self.span is None else max(self.span - self.used, NOTHING)

    @property
    def in_time(self) -> bool:
        return self.met_at is not None and self.over_at is None


def ran_until(clock: Clock, at: datetime) -> Clock:
    """Return a clock that ran until an instant, with a line for each local day that it ran on."""
    if clock.ended_at or at <= clock.since:
        return clock
    if clock.pause:
        return replace(clock, since=at)
    lines = tuple(_ran(clock, at))
    used = clock.used + working_time(clock.calendar, clock.since, at)
    ran = replace(clock, since=at, used=used, ran=_further(clock, at), lines=clock.lines + lines)
    if clock.due_at and not clock.over_at and clock.due_at < at:
        over = Line(Said.OVER, clock.due_at, due_at=clock.due_at)
        return replace(ran, over_at=clock.due_at, lines=(*ran.lines, over))
    return ran


def _further(clock: Clock, at: datetime) -> tuple[Stretch, ...]:
    last = clock.ran[-1] if clock.ran else None
    if last and last.until == clock.since and last.calendar == clock.calendar:
        return (*clock.ran[:-1], replace(last, until=at))
    return (*clock.ran, Stretch(clock.calendar, clock.since, at))


def _ran(clock: Clock, at: datetime) -> Iterator[Line]:
    openings = takewhile(
        lambda opening: opening[0] < at, clock.calendar.openings_after(clock.since)
    )
    spans = ((opens, min(closes, at)) for opens, closes in openings)
    zone = clock.calendar.zone
    for day, of_a_day in groupby(spans, key=lambda span: span[0].astimezone(zone).date()):
        ran = list(of_a_day)
        total = sum((closes - opens for opens, closes in ran), NOTHING)
        yield Line(Said.RAN, ran[-1][1], span=total, on=day)


def under(
    clock: Clock,
    standard: Standard | None,
    span: timedelta | None,
    calendar: Calendar,
    days: int = 0,
) -> Clock:
    """Return a clock that runs by a standard and a calendar from where it stands."""
    if clock.ended_at:
        return clock
    changed = replace(clock, standard=standard, span=span, days=days, calendar=calendar)
    if (span, days) != (clock.span, clock.days):
        said = Said.STANDARD_CHANGED if clock.lines else Said.STARTED
        return _noted(_reckoned(changed), said, span=span)
    if calendar != clock.calendar:
        return _noted(_reckoned(changed), Said.CALENDAR_CHANGED)
    return changed


def paused(clock: Clock, pause: Pause | None) -> Clock:
    """Return a clock that stands still for a pause, or runs on without one."""
    if clock.ended_at or pause == clock.pause:
        return clock
    changed = _reckoned(replace(clock, pause=pause))
    if pause is None:
        return _noted(changed, Said.WENT_ON)
    return _noted(changed, Said.PAUSED, until=pause.until)


def met(clock: Clock, at: datetime) -> Clock:
    """Return a clock whose standard was met, in time or after it."""
    if clock.ended_at:
        return clock
    done = replace(clock, met_at=at, ended_at=at, pause=None)
    return _noted(done, Said.MET)


def stopped(clock: Clock, at: datetime) -> Clock:
    """Return a clock that need not be met any more."""
    if clock.ended_at:
        return clock
    return _noted(replace(clock, ended_at=at, pause=None), Said.STOPPED)


def reopened(clock: Clock, at: datetime) -> Clock:
    """Return an ended clock that runs on with what was left, as if it had stood still meanwhile."""
    again = replace(clock, met_at=None, ended_at=None, since=at)
    return _noted(_reckoned(again), Said.REOPENED)


def begun_before(clock: Clock, started_at: datetime) -> Clock:
    """Return a clock that began earlier than we knew; the time from then on is used up, too."""
    if clock.ended_at:
        return clock
    before = working_time(clock.calendar, started_at, clock.started_at)
    stretches = (Stretch(clock.calendar, started_at, clock.started_at), *clock.ran)
    changed = replace(clock, started_at=started_at, used=clock.used + before, ran=stretches)
    return _noted(_reckoned(changed), Said.MERGED, span=before)


def _reckoned(clock: Clock) -> Clock:
    """Return a clock with its due moment as it is from where it stands; over stays over."""
    if clock.over_at:
        return clock
    return replace(clock, due_at=_due_at(clock))


def _due_at(clock: Clock) -> datetime | None:
    begins = clock.pause.until if clock.pause else clock.since
    if begins is None:
        return None
    begins = max(begins, clock.since)
    if clock.days:
        return _close_of_the_last(clock, begins)
    if clock.left is None:
        return None
    return add_working_time(clock.calendar, begins, clock.left) if clock.left else begins


def _close_of_the_last(clock: Clock, begins: datetime) -> datetime:
    """Return when the last working day of a clock closes if it runs from an instant on."""
    left = clock.days - clock.days_used
    if left <= 0:
        return begins
    closings = closings_after(clock.calendar, begins)
    counted = (closes for day, closes in closings if day > clock.began_on(clock.calendar))
    return next(islice(counted, left - 1, None))


def _noted(
    clock: Clock,
    said: Said,
    span: timedelta | None = None,
    until: datetime | None = None,
) -> Clock:
    at = clock.ended_at or clock.since
    days = clock.days if said in _GIVES else 0
    all_days = clock.standard is not None and clock.standard.around_the_clock
    line = Line(said, at, span, days, all_days, until=until, due_at=clock.due_at)
    return replace(clock, lines=(*clock.lines, line))
