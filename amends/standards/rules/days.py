"""Whole days, as laws count them: which day is the last of a term, and when that day ends. Pure.

Source: case-model 2.2, rules of computing 1 to 3 and 6.
"""

from calendar import monthrange
from collections.abc import Container
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

ONE_DAY = timedelta(days=1)
DAYS_IN_A_WEEK = 7
MONTHS_IN_A_YEAR = 12
SATURDAY_AND_SUNDAY = frozenset({5, 6})


class Unit(StrEnum):
    """What a term is counted in."""

    DAYS = "days"
    WORKING_DAYS = "working-days"
    WEEKS = "weeks"
    MONTHS = "months"


class EndsOnDayOff(StrEnum):
    """What becomes of a term whose last day is a weekend or a holiday."""

    STAYS = "stays"
    NEXT_WORKING_DAY = "next-working-day"


_DAYS_EACH = {Unit.DAYS: 1, Unit.WEEKS: DAYS_IN_A_WEEK}


@dataclass(frozen=True, slots=True)
class Length:
    """How long a term is."""

    count: int
    unit: Unit


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """Which days count as working days in a country. weekend: weekdays, of which 0 is Monday."""

    days_off: Container[date] = frozenset()
    weekend: frozenset[int] = SATURDAY_AND_SUNDAY

    def __post_init__(self) -> None:
        if len(self.weekend) >= DAYS_IN_A_WEEK:
            raise ValueError("a week without a working day has no end")

    def include(self, day: date) -> bool:
        """Return whether people work on `day`."""
        return day.weekday() not in self.weekend and day not in self.days_off


def last_day(
    begins_on: date,
    length: Length,
    working_days: WorkingDays,
    ends_on_day_off: EndsOnDayOff = EndsOnDayOff.STAYS,
) -> date:
    """Return the last day of a term; the day of the event, `begins_on`, is not counted."""
    if length.unit is Unit.WORKING_DAYS:
        return _after_working_days(begins_on, length.count, working_days)
    if length.unit is Unit.MONTHS:
        last = _after_months(begins_on, length.count)
    else:
        last = begins_on + length.count * _DAYS_EACH[length.unit] * ONE_DAY
    if ends_on_day_off is EndsOnDayOff.NEXT_WORKING_DAY:
        return _no_day_off(last, working_days)
    return last


def day_of(at: datetime, zone: ZoneInfo) -> date:
    """Return the date that the calendar on the wall of `zone` shows at an instant."""
    return at.astimezone(zone).date()


def end_of_day(day: date, zone: ZoneInfo) -> datetime:
    """Return the last moment of a local date, in UTC.

    Where the clock shows midnight twice the day ends with the second; where it skips midnight the
    day ends where it skips. Both are the later of the two readings of that midnight.
    """
    midnight = datetime.combine(day + ONE_DAY, time(0), tzinfo=zone)
    readings = (midnight.astimezone(UTC), midnight.replace(fold=1).astimezone(UTC))
    return max(readings) - timedelta.resolution


def _after_working_days(day: date, count: int, working_days: WorkingDays) -> date:
    while count > 0:
        day += ONE_DAY
        count -= working_days.include(day)
    return day


def _after_months(day: date, count: int) -> date:
    """Return the same day of a later month, or the last one where that month is shorter."""
    months = day.year * MONTHS_IN_A_YEAR + day.month - 1 + count
    year, month = months // MONTHS_IN_A_YEAR, months % MONTHS_IN_A_YEAR + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _no_day_off(day: date, working_days: WorkingDays) -> date:
    while not working_days.include(day):
        day += ONE_DAY
    return day
