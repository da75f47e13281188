"""When a house or a team is open, as it is written down, read and kept. Pure.

A day is written as people write it: `9:00-12:30, 13:00-17:00`; a date of its own as a line such as
`2026-12-24 9:00-12:00` or, with nothing behind it, as a day on which nothing opens.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from functools import lru_cache
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from amends.standards.rules.calendar import DAYS_IN_A_WEEK, Calendar, Opening
from amends.standards.rules.public_holidays import public_holidays

Openings = tuple[Opening, ...]
_SPAN = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*[-–—]\s*(\d{1,2})(?:[:.](\d{2}))?")
_MIDNIGHT = 24
_DAY = 24 * 60
_ALL_DAY = Opening(time(0), time(0))


class NotHours(ValueError):
    """What was written is no time of opening."""


@dataclass(frozen=True, slots=True)
class Hours:
    """When somebody is open. week: the openings of Monday to Sunday.

    country, region: whose public holidays are kept; empty for none.
    days: the dates with openings of their own, or with none.
    """

    zone: str
    country: str
    region: str
    week: tuple[Openings, ...]
    days: tuple[tuple[date, Openings], ...] = ()

    def __post_init__(self) -> None:
        if len(self.week) != DAYS_IN_A_WEEK:
            raise ValueError("a week has seven days")


@lru_cache(maxsize=256)
def calendar_of(hours: Hours) -> Calendar:
    """Return the calendar of `hours`, the same each time, so that its sums are made once."""
    return Calendar(
        zone=ZoneInfo(hours.zone),
        week=dict(enumerate(hours.week)),
        holidays=public_holidays(hours.country, hours.region) if hours.country else frozenset(),
        days=dict(hours.days),
    )


@lru_cache(maxsize=64)
def always_open(zone: str) -> Calendar:
    """Return a calendar of `zone` in which all time counts."""
    return Calendar(ZoneInfo(zone), dict.fromkeys(range(DAYS_IN_A_WEEK), (_ALL_DAY,)))


def read_openings(text: str) -> Openings:
    """Return the openings of a day as they are written, in order; none for an empty text.

    Raises NotHours.
    """
    parts = [part.strip() for part in re.split(r"[,;]", text) if part.strip()]
    openings = tuple(_opening(part) for part in parts)
    for one, other in pairwise(openings):
        if not one.opens < one.closes <= other.opens:
            raise NotHours(text)
    return openings


def read_days(text: str) -> tuple[tuple[date, Openings], ...]:
    """Return the dates with openings of their own, one a line, in the order of the calendar.

    Raises NotHours.
    """
    found = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        day, _, openings = line.partition(" ")
        try:
            found[date.fromisoformat(day)] = read_openings(openings)
        except ValueError as error:
            raise NotHours(line) from error
    return tuple(sorted(found.items()))


def half_of(openings: Openings) -> Openings:
    """Return half a day of these openings: what comes before the first break, or the first half."""
    if len(openings) != 1:
        return openings[:1]
    opens, closes = (_minutes(each) for each in (openings[0].opens, openings[0].closes))
    length = (closes - opens) % _DAY or _DAY
    middle = (opens + length // 2) % _DAY
    return (Opening(openings[0].opens, time(middle // 60, middle % 60)),)


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


def write_openings(openings: Sequence[Opening]) -> str:
    """Return openings as people write them."""
    return ", ".join(f"{_shown(each.opens)}-{_closing(each.closes)}" for each in openings)


def write_days(days: Sequence[tuple[date, Openings]]) -> str:
    """Return the dates with openings of their own, one a line."""
    return "\n".join(f"{day} {write_openings(openings)}".strip() for day, openings in days)


def kept(hours: Hours) -> dict[str, Any]:
    """Return `hours` as JSON keeps them."""
    return {
        "zone": hours.zone,
        "country": hours.country,
        "region": hours.region,
        "week": [write_openings(each) for each in hours.week],
        "days": {str(day): write_openings(openings) for day, openings in hours.days},
    }


def read_kept(found: Mapping[str, Any]) -> Hours:
    """Return the hours that JSON kept."""
    days = ((date.fromisoformat(day), read_openings(text)) for day, text in found["days"].items())
    return Hours(
        zone=found["zone"],
        country=found["country"],
        region=found["region"],
        week=tuple(read_openings(text) for text in found["week"]),
        days=tuple(days),
    )


def _opening(text: str) -> Opening:
    match = _SPAN.fullmatch(text)
    if match is None:
        raise NotHours(text)
    opens, closes = _time(match[1], match[2]), _time(match[3], match[4])
    return Opening(opens, closes)


def _time(hour: str, minute: str | None) -> time:
    if int(hour) == _MIDNIGHT and not int(minute or 0):
        return time(0)
    try:
        return time(int(hour), int(minute or 0))
    except ValueError as error:
        raise NotHours(hour) from error


def _shown(at: time) -> str:
    return f"{at.hour}:{at.minute:02}"


def _closing(at: time) -> str:
    return _shown(at) if at > time(0) else "24:00"
