"""Which moment the words of a customer's own deadline mean, by when they were written.

"By next Tuesday", written on a Wednesday, is the Tuesday of the week after. A day is meant to its
end; of two days that could be meant the earlier is taken. What cannot be told for sure is none.
"""

import re
import tomllib
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

from amends.language.lexicon import DATA
from amends.language.words import fold

END_OF_DAY = time(23, 59)
NOON = time(12)
_FRIDAY, _DAYS, _MONTHS, _HOURS, _LAST_DAY = 4, 7, 12, 24, 31
_LONG_AGO = timedelta(days=31)
_ONE_DAY = timedelta(days=1)
_TOKEN = re.compile(r"\w+")
_NUMBERED = re.compile(
    r"(?<![\d./-])(?:(?P<y>\d{4})[-./](?P<m>\d{1,2})[-./](?P<d>\d{1,2})"
    r"|(?P<d2>\d{1,2})[./](?P<m2>\d{1,2})(?:[./](?P<y2>\d{4}|\d{2}))?)(?![\d:])"
)
_CLOCK = re.compile(r"(?<!\d)([01]?\d|2[0-3]):([0-5]\d)(?!\d)")
_HALF_DAY = re.compile(r"(?<!\d)(1[0-2]|[1-9]) ?([ap])\.?m\b")
_CENTURY = 2000
_MOST_DIGITS = 6


@dataclass(frozen=True, slots=True)
class _Said:
    """The words, taken apart. has: whether a kind of word is among them."""

    text: str
    tokens: tuple[str, ...]
    data: Mapping[str, Any]

    def places(self, entry: str) -> list[int]:
        """Return where one of the words of an entry stands."""
        return [at for at, token in enumerate(self.tokens) if _fits(token, entry)]

    def has(self, name: str) -> bool:
        return bool(self.places(self.data[name]))

    def number(self, at: int) -> int | None:
        """Return the number that stands at a place; `24th` and `24go` are one, too."""
        if not 0 <= at < len(self.tokens):
            return None
        digits = re.match(r"\d+", self.tokens[at])
        if digits:
            return int(digits[0][:_MOST_DIGITS])
        found: int | None = self.data["numbers"].get(self.tokens[at])
        return found


def moment_meant(words: str, tongue: str, written_at: datetime) -> datetime | None:
    """Return the moment that these words mean, in the zone of `written_at`; none if unsure.

    What would be over when it was written is none, too.
    """
    text = fold(words)
    said = _Said(text, tuple(_TOKEN.findall(text)), _data(tongue))
    clock, day = _time_in(said), _day_in(said, written_at.date())
    if day is None and clock:
        day = written_at.date() if clock > written_at.time() else written_at.date() + _ONE_DAY
    if day is None and (hours := _count_of(said, "hour")):
        return written_at + timedelta(hours=hours)
    if day is None:
        return None
    meant = datetime.combine(day, clock or END_OF_DAY, written_at.tzinfo)
    return meant if meant > written_at else None


@cache
def _data(tongue: str) -> Mapping[str, Any]:
    text = (DATA / tongue / "days.toml").read_text(encoding="utf-8")
    read = tomllib.loads(text)
    return {
        **{name: fold(entry) for name, entry in read.items() if isinstance(entry, str)},
        **{name: [fold(each) for each in read[name]] for name in ("weekdays", "months")},
        "numbers": {fold(word): number for word, number in read["numbers"].items()},
    }


def _fits(token: str, entry: str) -> bool:
    return any(
        token.startswith(word[:-1]) if word.endswith("*") else token == word
        for word in entry.split()
    )


def _time_in(said: _Said) -> time | None:
    """Return the time of day that is named: 17:00, 5 pm, noon, until 18 hours."""
    if found := _CLOCK.search(said.text):
        return time(int(found[1]), int(found[2]))
    if found := _HALF_DAY.search(said.text):
        return time(int(found[1]) % 12 + (12 if found[2] == "p" else 0))
    for at in said.places(said.data["hour"]):
        hour = said.number(at - 1)
        if at > 1 and hour is not None and hour < _HOURS:
            return time(hour) if _fits(said.tokens[at - 2], said.data["until"]) else None
    return NOON if said.has("noon") else None


def _day_in(said: _Said, today: date) -> date | None:
    """Return the day that is named, looked for from the most exact words to the least."""
    return (
        _numbered_day(said, today)
        or _day_of_month_name(said, today)
        or _weekday(said, today)
        or _near_day(said, today)
        or _day_of_month(said, today)
        or _end_of(said, today)
        or _in_some_days(said, today)
    )


def _numbered_day(said: _Said, today: date) -> date | None:
    found = _NUMBERED.search(said.text)
    if found is None:
        return None
    if found["y"]:
        return _day(int(found["y"]), int(found["m"]), int(found["d"]))
    year = int(found["y2"] or 0)
    year += _CENTURY if 0 < year < _CENTURY else 0
    return _of_year(year, int(found["m2"]), int(found["d2"]), today)


def _day_of_month_name(said: _Said, today: date) -> date | None:
    for month, entry in enumerate(said.data["months"], 1):
        for at in said.places(entry):
            beside = [said.number(place) for place in (at - 1, at + 1, at - 2)]
            day = next((each for each in beside if each and each <= _LAST_DAY), None)
            years = [said.number(place) for place in (at + 1, at + 2, at - 1)]
            year = next((each for each in years if each and each >= _CENTURY), 0)
            if day:
                return _of_year(year, month, day, today)
    return None


def _of_year(year: int, month: int, day: int, today: date) -> date | None:
    """Return a day of a year, or, where none is named, of this one or the next."""
    if year:
        return _day(year, month, day)
    this = _day(today.year, month, day)
    if this and today - this > _LONG_AGO:
        return _day(today.year + 1, month, day)
    return this


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _weekday(said: _Said, today: date) -> date | None:
    for weekday, entry in enumerate(said.data["weekdays"]):
        if not said.places(entry):
            continue
        if said.has("next"):
            return _monday(today) + timedelta(days=_DAYS + weekday)
        ahead = (weekday - today.weekday()) % _DAYS
        return today + timedelta(days=ahead or (0 if said.has("this") else _DAYS))
    return None


def _monday(today: date) -> date:
    return today - timedelta(days=today.weekday())


def _near_day(said: _Said, today: date) -> date | None:
    days = {"after_tomorrow": 2, "tomorrow": 1, "today": 0}
    return next((today + timedelta(days=n) for name, n in days.items() if said.has(name)), None)


def _day_of_month(said: _Said, today: date) -> date | None:
    """Return the next day of this number: the 24th, до 24 числа, iki 24 d."""
    for at, token in enumerate(said.tokens):
        day = said.number(at)
        if day is None or not token[0].isdigit() or not 1 <= day <= _LAST_DAY:
            continue
        ordinal = token.lstrip("0123456789")
        around = said.tokens[max(at - 1, 0) : at] + said.tokens[at + 1 : at + 2]
        named = [each for each in around if _fits(each, said.data["date"])]
        if not ordinal and (not named or _counts(said, at)):
            continue
        months = (_add_months(today.replace(day=1), n) for n in range(3))
        days = (_day(month.year, month.month, day) for month in months)
        return next((each for each in days if each and each >= today), None)
    return None


def _counts(said: _Said, at: int) -> bool:
    """Return whether the number at a place counts days and more, and is no day of a month."""
    after = said.tokens[at + 1 : at + 3]
    units = [said.data[name] for name in ("hour", "day", "week", "month", "working")]
    return any(_fits(token, unit) for token in after for unit in units)


def _end_of(said: _Said, today: date) -> date | None:
    """Return the last day of this or the next week, month or year; a week ends with Friday."""
    further = 1 if said.has("next") else 0
    bounded = said.has("end") or said.has("next") or said.has("this")
    if said.has("weekend") or (bounded and said.has("week")):
        return _friday(today, further)
    if bounded and said.has("month"):
        month = _add_months(today.replace(day=1), further)
        return month.replace(day=monthrange(month.year, month.month)[1])
    is_year = bounded and said.has("year")
    return date(today.year + further, _MONTHS, _LAST_DAY) if is_year else None


def _friday(today: date, further: int) -> date:
    friday = _monday(today) + timedelta(days=_FRIDAY + _DAYS * further)
    return friday if friday >= today else _monday(today) + timedelta(days=_DAYS - 1)


def _in_some_days(said: _Said, today: date) -> date | None:
    if days := _count_of(said, "day"):
        return _working_days(today, days) if said.has("working") else today + timedelta(days=days)
    if weeks := _count_of(said, "week"):
        return today + timedelta(weeks=weeks)
    months = _count_of(said, "month")
    return _add_months(today, months) if months else None


def _count_of(said: _Said, unit: str) -> int | None:
    """Return how many of a unit are counted; a unit that stands alone is one."""
    for at in said.places(said.data[unit]):
        counts = (said.number(place) for place in (at - 1, at - 2))
        count = next((each for each in counts if each is not None), 1)
        return count if count <= _MOST[unit] else None
    return None


_MOST = {"hour": 240, "day": 366, "week": 52, "month": 12}


def _working_days(today: date, count: int) -> date:
    day = today
    while count:
        day += _ONE_DAY
        count -= day.weekday() <= _FRIDAY
    return day


def _add_months(day: date, count: int) -> date:
    years, month = divmod(day.month - 1 + count, _MONTHS)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
