"""What was learned from a contact, for the next one: short, for a time, never about a character.

Source: requirements S3-19; product.md, law 8. How long a lesson lives is ours. Pure.
"""

from datetime import timedelta
from enum import StrEnum

from amends.language.remarks import hurting

LONGEST = 300


class Lives(StrEnum):
    """How long a lesson comes up."""

    SEASON = "season"
    YEAR = "year"
    TWO_YEARS = "two-years"


_SPANS = {
    Lives.SEASON: timedelta(days=92),
    Lives.YEAR: timedelta(days=366),
    Lives.TWO_YEARS: timedelta(days=731),
}


def lifetime(lives: Lives) -> timedelta:
    """Return how long a lesson comes up before it is forgotten."""
    return _SPANS[lives]


def judges(text: str, language: str) -> tuple[str, ...]:
    """Return the words of `text` that say what somebody is like, and not what to do."""
    return hurting(text, language)
