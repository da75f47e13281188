"""Promises as lists: what is owed, to whom, by when, and whether we keep them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from amends.base.questions import Question
from amends.cases.models.case import PartyOfCase
from amends.cases.models.promises import Promise, PromiseQuerySet
from amends.cases.rules.kinds import Part
from amends.cases.rules.lists import PAGE, Place, Which, read_place, written
from amends.staff.models import Staff
from amends.staff.queries import teams_of
from amends.staff.rules.permissions import Act

LATELY = 50
_COLUMNS = (
    "pk",
    "what",
    "due_at",
    "case__reference",
    "case__gist",
    "case__person__name",
    "owner__name",
    "yes_at",
    "countered_at",
    "counter_for",
    "counter_words",
    "broken_at",
    "apologised_at",
    "case__need_by",
    "case__need_reason",
)


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """One promise that we owe, and what the customer said to it."""

    pk: int
    what: str
    due_at: datetime
    reference: str
    gist: str
    customer: str | None
    owner: str
    yes_at: datetime | None
    countered_at: datetime | None
    counter_for: datetime | None
    counter_words: str
    broken_at: datetime | None
    apologised_at: datetime | None
    need_by: datetime | None
    need_reason: str


@dataclass(frozen=True, slots=True)
class Agenda:
    """Some promises, by day. `after` names where the next ones begin, if there are any."""

    rows: tuple[PromiseRow, ...]
    after: str


@dataclass(frozen=True, slots=True)
class Kept:
    """How many of the last promises were kept: never a share without its number."""

    kept: int
    of: int


def promises_for(staff: Staff, *, which: Which = Which.MINE, after: str = "") -> Agenda:
    """Return 25 promises that are owed, by when they are due: one's own, the team's, or all."""
    owed = owed_for(staff)
    if which is Which.MINE:
        owed = owed.filter(owner=staff)
    elif which is Which.TEAM:
        owed = owed.filter(case__team__in=teams_of(staff).order_by())
    if place := read_place(after):
        further = Q(due_at__gt=place.at) | Q(pk__gt=place.pk)
        owed = owed.filter(further, due_at__gte=place.at)
    found = promise_rows(owed, most=PAGE + 1)
    rows = found[:PAGE]
    more = len(found) > PAGE
    return Agenda(rows, written(Place(rows[-1].due_at, rows[-1].pk)) if more else "")


def kept_lately() -> Kept:
    """Return how many of the last 50 promises that came to an end were kept."""
    found = [broken_at for (broken_at,) in _SETTLED.answer()]
    return Kept(kept=found.count(None), of=len(found))


def _settled() -> QuerySet[Promise, Any]:
    settled = Promise.objects.filter(Q(kept_at__isnull=False) | Q(broken_at__isnull=False))
    return settled.order_by("-due_at").values_list("broken_at")[:LATELY]


_SETTLED = Question(_settled)


def owed_for(staff: Staff) -> PromiseQuerySet:
    """Return the promises still owed on cases that `staff` may see."""
    if not staff.may(Act.SEE_CASES):
        return Promise.objects.none()
    return owed_not_about(staff.pk)


def owed_not_about(staff: int) -> PromiseQuerySet:
    """Return the promises still owed on cases that do not complain about the colleague."""
    about = PartyOfCase.objects.filter(
        case=OuterRef("case"), part=Part.COMPLAINED_ABOUT, staff=staff
    )
    return Promise.objects.owed().exclude(Exists(about))


def promise_rows(promises: QuerySet[Promise, Any], *, most: int) -> tuple[PromiseRow, ...]:
    """Return at most so many of `promises` as rows, what is due first on top."""
    return tuple(PromiseRow(*values) for values in first_due(promises, most=most))


def first_due(promises: QuerySet[Promise, Any], *, most: int) -> QuerySet[Promise, Any]:
    """Return the columns of a `PromiseRow` of what is due first of `promises`."""
    return promises.order_by("due_at", "pk").values_list(*_COLUMNS)[:most]
