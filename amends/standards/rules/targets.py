"""The standards we hold ourselves to, and which of them is for a case. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from amends.standards.rules.history import WaitingFor

NOTHING = timedelta(0)
ONE_DAY = timedelta(days=1)
A_WORKING_DAY = timedelta(hours=8)


class Measure(StrEnum):
    """What is measured."""

    ACKNOWLEDGEMENT = "acknowledgement"
    FIRST_ANSWER = "first-answer"
    NEXT_ANSWER = "next-answer"
    UPDATE = "update"
    RESOLUTION = "resolution"


@dataclass(frozen=True, slots=True)
class About:
    """What a standard looks at in a case. severity: 0 while it is not assessed.

    customers: whose case it is, by key: the customer and the organisations they belong to.
    """

    kind: str = ""
    team: str = ""
    channel: str = ""
    severity: int = 0
    group: str = ""
    customers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Standard:
    """How much working time something may take, and for which cases; an empty set means all.

    groups: what the customers are to us; customers: those it was agreed with, by key.
    pauses_on: for whom a case may wait without the time running on. around_the_clock: all time
    counts, and not working time alone. days: whole working days instead of a span, each of which
    counts as it closes, the day it begins on not; around_the_clock they are those of the calendar.
    """

    key: str
    measure: Measure
    span: timedelta = NOTHING
    days: int = 0
    kinds: frozenset[str] = frozenset()
    teams: frozenset[str] = frozenset()
    channels: frozenset[str] = frozenset()
    severities: frozenset[int] = frozenset()
    groups: frozenset[str] = frozenset()
    customers: frozenset[str] = frozenset()
    pauses_on: frozenset[WaitingFor] = frozenset()
    around_the_clock: bool = False

    def __post_init__(self) -> None:
        if self.span < NOTHING or self.days < 0 or bool(self.span) == bool(self.days):
            raise ValueError("a standard gives some time, or some days")

    def strict(self) -> timedelta:
        """Return how long it is beside others: a working day is taken for eight hours of them."""
        return self.span + self.days * (ONE_DAY if self.around_the_clock else A_WORKING_DAY)

    def names(self) -> int:
        """Return how many things it names; the more, the closer it is to the case."""
        named = (self.kinds, self.teams, self.channels, self.severities, self.groups)
        return sum(bool(each) for each in named)

    def is_for(self, about: About) -> bool:
        """Return whether it is for such a case."""
        pairs = (
            (self.kinds, about.kind),
            (self.teams, about.team),
            (self.channels, about.channel),
            (self.severities, about.severity),
            (self.groups, about.group),
        )
        theirs = not self.customers or bool(self.customers & about.customers)
        return theirs and all(not named or has in named for named, has in pairs)


def standard_for(standards: Iterable[Standard], measure: Measure, about: About) -> Standard | None:
    """Return the standard for a case: the one that names most of it; of several, the strictest.

    What was agreed with a customer goes before all that holds for everybody.
    """
    fitting = [each for each in standards if each.measure is measure and each.is_for(about)]
    return min(fitting, key=_closest_first, default=None)


def _closest_first(standard: Standard) -> tuple[bool, int, timedelta, str]:
    return not standard.customers, -standard.names(), standard.strict(), standard.key
