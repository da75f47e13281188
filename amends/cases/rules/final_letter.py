"""A final response in its parts, before it is mail or paper. Pure."""

import textwrap
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from enum import StrEnum

DAYS_TO_DISAGREE = timedelta(days=30)


class Unit(StrEnum):
    """What the time to turn to an outside body is counted in."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


_DAYS = {Unit.DAYS: 1, Unit.WEEKS: 7}
_MONTHS_OF_A_YEAR = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a letter; anything in it may be missing.

    Its title, then paragraphs, then pairs of a label and a text, then points.
    """

    title: str = ""
    paragraphs: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    points: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.paragraphs or self.pairs or self.points)


@dataclass(frozen=True, slots=True, kw_only=True)
class FinalLetter:
    """The whole letter, in the customer's language.

    sender, receiver, signature: line by line. page: how a page is numbered, with `{}` for the page
    and for their number.
    """

    language: str
    sender: tuple[str, ...]
    receiver: tuple[str, ...]
    day: str
    reference: str
    subject: str
    greeting: str
    parts: tuple[Part, ...]
    regards: str
    signature: tuple[str, ...]
    page: str


def last_day(on: date, number: int, unit: Unit) -> date:
    """Return the last day of a time of `number` units that begins `on` a day, not counted itself.

    Months and years end on the day of the same number, or on the last of a shorter month.
    """
    if unit in _DAYS:
        return on + timedelta(days=number * _DAYS[unit])
    months = on.month - 1 + number * (_MONTHS_OF_A_YEAR if unit is Unit.YEARS else 1)
    year, month = on.year + months // _MONTHS_OF_A_YEAR, months % _MONTHS_OF_A_YEAR + 1
    return date(year, month, min(on.day, monthrange(year, month)[1]))


def as_text(letter: FinalLetter) -> str:
    """Return `letter` as the plain text of a mail."""
    blocks = [f"{letter.greeting},"]
    for part in letter.parts:
        blocks += _blocks(part)
    blocks.append("\n".join([letter.regards, *letter.signature]))
    return "\n\n".join(blocks) + "\n"


def as_facts(letter: FinalLetter) -> Mapping[str, object]:
    """Return `letter` as JSON tells it, for the template that sets it and for keeping."""
    return asdict(letter)


def _blocks(part: Part) -> list[str]:
    title = [part.title.upper()] if part.title else []
    pairs = [f"{label}\n{textwrap.indent(text, '  ')}" for label, text in part.pairs]
    points = ["\n".join(_point(point) for point in part.points)] if part.points else []
    return [*title, *part.paragraphs, *pairs, *points]


def _point(text: str) -> str:
    return f"- {text.replace(chr(10), chr(10) + '  ')}"
