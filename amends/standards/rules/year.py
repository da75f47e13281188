"""What each day of a year is to somebody: worked, closed, a holiday, or a day of its own. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from amends.standards.rules.hours import Hours, Openings
from amends.standards.rules.public_holidays import names_of_holidays

FIRST_YEAR, LAST_YEAR = 1970, 2100
_ONE_DAY = timedelta(days=1)


class DayKind(StrEnum):
    """What a day is."""

    OPEN = "open"
    CLOSED = "closed"
    HOLIDAY = "holiday"
    OWN = "own"
    OWN_CLOSED = "own-closed"


@dataclass(frozen=True, slots=True)
class DayOfYear:
    """One day. holiday: what it is called, if it is one. openings: when somebody is open on it."""

    on: date
    kind: DayKind
    openings: Openings = ()
    holiday: str = ""


def year_of(hours: Hours, year: int, language: str) -> list[DayOfYear]:
    """Return every day of a year by these hours, the names of holidays in `language`."""
    named: dict[date, str] = {}
    if hours.country:
        named = names_of_holidays(year, hours.country, hours.region, language)
    own = dict(hours.days)
    return [_day(on, hours, own, named.get(on, "")) for on in _days(year)]


def _day(on: date, hours: Hours, own: dict[date, Openings], holiday: str) -> DayOfYear:
    if on in own:
        kind = DayKind.OWN if own[on] else DayKind.OWN_CLOSED
        return DayOfYear(on, kind, own[on], holiday)
    if holiday:
        return DayOfYear(on, DayKind.HOLIDAY, (), holiday)
    openings = hours.week[on.weekday()]
    return DayOfYear(on, DayKind.OPEN if openings else DayKind.CLOSED, openings)


def _days(year: int) -> Iterator[date]:
    day = date(year, 1, 1)
    while day.year == year:
        yield day
        day += _ONE_DAY
