"""What regulators are told of the complaints of a period: in numbers, and each in a line.

A complaint that was joined to another is told of with that one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import TruncDate

from amends.cases.models.case import Case, Issue
from amends.cases.models.clocks import CaseClock
from amends.cases.models.deciding import Remedy
from amends.cases.models.promises import Promise
from amends.cases.queries.blind import customers_kept_from
from amends.cases.rules.kinds import CaseKind, Outcome
from amends.cases.rules.lifecycle import State
from amends.cases.rules.returning import Ended, Tally, Term, tally, timely
from amends.staff.models import Staff
from amends.staff.rules.authority import MONEY
from amends.standards.queries import working_days_of
from amends.standards.rules.days import day_of
from amends.standards.rules.law import Duty
from amends.standards.rules.targets import Measure
from amends.standards.rules.warnings import Whose

AT_ONCE = 500
_TELL = (
    Q(whose=Whose.LAW, what=Duty.ANSWER)
    | Q(whose=Whose.STANDARD, what__in=[Measure.FIRST_ANSWER, Measure.RESOLUTION])
    | Q(whose=Whose.PROMISE)
)
_OF_CASE = (
    "pk", "reference", "received_at", "publication_consent", "channel", "closed_at", "relief",
    "person",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Period:
    """From an instant on until just before another, in days of the house's `zone`."""

    since: datetime
    until: datetime
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class Return:
    """The complaints of a period in numbers. paid: sums of money by currency."""

    open_before: int
    received: int
    ended: Tally
    open_after: int
    paid: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Complaint:
    """One complaint as it is told of; keeps: how it ended is kept from the reader for now."""

    reference: str
    received_on: date
    product: str
    sub_product: str
    topic: str
    sub_topic: str
    consent: str
    channel: str
    is_open: bool
    relief: str
    keeps: bool
    timely: bool | None


def return_of(period: Period, *, country: str) -> Return:
    """Return how many complaints came in and ended, by the working days of a `country`.

    It counts all there are, those that were erased and those that the reader may not see: it tells
    of none of them.
    """
    going_on = Q(closed_at=None) | Q(closed_at__gte=period.since)
    counted = _complaints().filter(going_on, received_at__lt=period.until)
    told = counted.order_by().aggregate(
        before=Count("pk", filter=Q(received_at__lt=period.since)),
        received=Count("pk", filter=Q(received_at__gte=period.since)),
        after=Count("pk", filter=Q(closed_at=None) | Q(closed_at__gte=period.until)),
    )
    return Return(
        open_before=told["before"],
        received=told["received"],
        ended=tally(_ended(period), working_days_of(country)),
        open_after=told["after"],
        paid=_paid(period),
    )


def complaints_told(period: Period, *, by: Staff, at: datetime) -> Iterator[Complaint]:
    """Return the complaints received in a period that `by` may see, in order, read so many at once.

    What was erased is left out: nobody sees it.
    """
    cases = _complaints().filter(pk__in=Case.objects.visible_to(by).values("pk"))
    cases = cases.filter(received_at__gte=period.since, received_at__lt=period.until)
    kept_from, beyond = customers_kept_from(by), Q()
    while True:
        page = list(cases.filter(beyond).order_by("received_at", "pk").values(*_OF_CASE)[:AT_ONCE])
        yield from _told(page, kept_from, period.zone, at)
        if len(page) < AT_ONCE:
            return
        last = page[-1]
        further = Q(received_at__gt=last["received_at"]) | Q(pk__gt=last["pk"])
        beyond = Q(received_at__gte=last["received_at"]) & further


def _complaints() -> QuerySet[Case]:
    return Case.objects.filter(kind=CaseKind.COMPLAINT).exclude(state=State.MERGED)


def _ended(period: Period) -> Iterator[Ended]:
    cases = _complaints().filter(closed_at__gte=period.since, closed_at__lt=period.until)
    dated = cases.annotate(
        received_on=TruncDate("received_at", tzinfo=period.zone),
        ended_on=TruncDate("closed_at", tzinfo=period.zone),
    )
    alike = dated.values_list("received_on", "ended_on", "outcome").annotate(Count("pk"))
    for received_on, ended_on, outcome, count in alike.order_by().iterator():
        yield Ended(received_on, ended_on, Outcome(outcome), count)


def _paid(period: Period) -> Mapping[str, Decimal]:
    """Return the money that was given, as promised or by the letter itself, by currency."""
    within = (period.since, period.until)
    money = sorted(MONEY)
    promised = Promise.objects.filter(
        _between("kept_at", *within) | _between("done_late_at", *within),
        case__kind=CaseKind.COMPLAINT,
        remedy__in=money,
        amount__gt=0,
    )
    by_letter = Remedy.objects.filter(
        _between("done_at", *within),
        option__case__kind=CaseKind.COMPLAINT,
        kind__in=money,
        amount__gt=0,
        promise=None,
        dropped_at=None,
    )
    paid: dict[str, Decimal] = {}
    for given in (promised, by_letter):
        sums = given.order_by().values_list("currency").annotate(Sum("amount"))
        for currency, amount in sums:
            paid[currency] = paid.get(currency, Decimal(0)) + amount
    return dict(sorted(paid.items()))


def _between(moment: str, since: datetime, until: datetime) -> Q:
    return Q(**{f"{moment}__gte": since, f"{moment}__lt": until})


def _told(
    page: Sequence[Mapping[str, Any]], kept_from: frozenset[int], zone: ZoneInfo, at: datetime
) -> Iterator[Complaint]:
    keys = [each["pk"] for each in page]
    issues = _first_issues(keys)
    terms = _terms(keys)
    for each in page:
        is_open = each["closed_at"] is None
        yield Complaint(
            reference=each["reference"],
            received_on=day_of(each["received_at"], zone),
            **issues.get(each["pk"], _NO_ISSUE),
            consent=each["publication_consent"],
            channel=each["channel"],
            is_open=is_open,
            relief=each["relief"],
            keeps=not is_open and each["person"] in kept_from,
            timely=timely(terms.get(each["pk"], ()), at),
        )


_NO_ISSUE = dict.fromkeys(("product", "sub_product", "topic", "sub_topic"), "")


def _first_issues(cases: Sequence[int]) -> Mapping[int, dict[str, str]]:
    """Return what the first thing complained of in each case is about."""
    first = Issue.objects.filter(case__in=cases).order_by("case", "pk").distinct("case")
    rows = first.values("case", *_NO_ISSUE)
    return {row.pop("case"): row for row in rows}


def _terms(cases: Sequence[int]) -> Mapping[int, list[Term]]:
    clocks = CaseClock.objects.filter(_TELL, case__in=cases, binds=True)
    terms: dict[int, list[Term]] = {}
    for clock in clocks.order_by("pk"):
        if clock.due_at:
            term = Term(clock.whose == Whose.LAW, clock.due_at, clock.met_at, clock.ended_at)
            terms.setdefault(clock.case_id, []).append(term)
    return terms
