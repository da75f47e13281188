"""A final response in its parts, before it is mail or paper. Pure."""

import textwrap
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import timedelta
from enum import StrEnum

DAYS_TO_DISAGREE = timedelta(days=30)


class Unit(StrEnum):
    """What the time to turn to an outside body is counted in."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


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
