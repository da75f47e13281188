"""What regulators are told of complaints: how many ended how soon, and each in a line. Pure.

Source: case-model 2.1: DISP 1.10 and the schema of the CFPB, whose words stand in no language.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from amends.cases.rules.kinds import Outcome
from amends.cases.rules.weighing import Consent, Relief
from amends.contacts.rules.kinds import Channel
from amends.standards.rules.days import Length, Unit, WorkingDays, last_day

TERMS = (Length(3, Unit.WORKING_DAYS), Length(4, Unit.WEEKS), Length(8, Unit.WEEKS))
_UPHELD = frozenset({Outcome.UPHELD, Outcome.PARTLY_UPHELD})
_LAST_OF_FIRST_HALF = 6
# Who comes to the desk is not foreseen there; it is said as it was.
SUBMITTED_VIA: Mapping[Channel, str] = {
    Channel.TELEPHONE: "Phone",
    Channel.DESK: "In person",
    Channel.LETTER: "Postal mail",
    Channel.EMAIL: "Email",
    Channel.WEB: "Web",
    Channel.CHAT: "Web",
}
CONSENT: Mapping[str, str] = {
    "": "N/A",
    Consent.GIVEN: "Consent provided",
    Consent.DECLINED: "Consent not provided",
    Consent.WITHDRAWN: "Consent withdrawn",
}
TIMELY: Mapping[bool | None, str] = {True: "Yes", False: "No", None: ""}
_CLOSED = {
    Relief.MONETARY: "Closed with monetary relief",
    Relief.NON_MONETARY: "Closed with non-monetary relief",
    Relief.EXPLANATION: "Closed with explanation",
}


@dataclass(frozen=True, slots=True)
class Ended:
    """So many complaints that came on one day, ended on one day, and were found on alike."""

    received_on: date
    ended_on: date
    outcome: Outcome
    count: int = 1


@dataclass(frozen=True, slots=True)
class Tally:
    """How many ended: within each of `TERMS` and no earlier one, then later; and were upheld."""

    within: tuple[int, ...]
    upheld: int


@dataclass(frozen=True, slots=True)
class Term:
    """One clock that tells whether we were in time, the law's or ours."""

    by_law: bool
    due_at: datetime
    met_at: datetime | None = None
    ended_at: datetime | None = None

    def kept(self, at: datetime) -> bool | None:
        """Return whether it was kept by `at`; None where that is not known, or does not count."""
        if self.met_at is not None:
            return self.met_at <= self.due_at
        is_over = self.due_at < at and (self.ended_at is None or self.ended_at > self.due_at)
        return False if is_over else None


def last_half_year(today: date) -> tuple[date, date]:
    """Return the first and the last day of the last half of a year that is over."""
    if today.month > _LAST_OF_FIRST_HALF:
        return date(today.year, 1, 1), date(today.year, 6, 30)
    return date(today.year - 1, 7, 1), date(today.year - 1, 12, 31)


def tally(ended: Iterable[Ended], working_days: WorkingDays) -> Tally:
    """Return how soon complaints ended, and how many were upheld, be it in part."""
    within, upheld = [0] * (len(TERMS) + 1), 0
    for each in ended:
        within[_place(each, working_days)] += each.count
        upheld += each.count if each.outcome in _UPHELD else 0
    return Tally(tuple(within), upheld)


def timely(terms: Sequence[Term], at: datetime) -> bool | None:
    """Return whether we were in time; None while nothing tells it.

    Where the law sets a term, ours say nothing. One that was missed tells it, whatever was kept.
    """
    kept = {each.kept(at) for each in [term for term in terms if term.by_law] or terms}
    if False in kept:
        return False
    return True if True in kept else None


def company_response(relief: str, *, is_open: bool) -> str:
    """Return how a complaint stands with us; `relief` is empty where nobody knows it."""
    if is_open:
        return "In progress"
    return _CLOSED.get(Relief(relief), "Closed") if relief else "Closed"


def _place(ended: Ended, working_days: WorkingDays) -> int:
    """Return which of `TERMS` is the first that `ended` was within; after them, the later ones."""
    for place, term in enumerate(TERMS):
        if ended.ended_on <= last_day(ended.received_on, term, working_days):
            return place
    return len(TERMS)
