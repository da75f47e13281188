"""The lists of the Inbox, and how much waits in each."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Q, Value
from django.db.models.query import QuerySet

from amends.cases.models.case import Case, CaseQuerySet
from amends.cases.models.promises import Promise
from amends.cases.queries.reading import cases_for
from amends.cases.rules.lists import BUSY, PAGE, Place, Which, read_place, written
from amends.staff.models import Staff
from amends.staff.queries import teams_of

_MOMENT = {Which.ENDED: "closed_at", Which.ALL: "received_at"}
_NEWEST_FIRST = frozenset(_MOMENT)
_COLUMNS = (
    "pk",
    "reference",
    "gist",
    "kind",
    "state",
    "person__name",
    "owner__name",
    "next_due",
    "next_due_at",
    "received_at",
    "closed_at",
    "failed_recoveries",
)


@dataclass(frozen=True, slots=True)
class Row:
    """One case in a list. `customer` and `owner` are None while nobody knows who, or took it."""

    pk: int
    reference: str
    gist: str
    kind: str
    state: str
    customer: str | None
    owner: str | None
    next_due: str
    next_due_at: datetime | None
    received_at: datetime
    closed_at: datetime | None
    failed_recoveries: int


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of a list. `after` names the place where the next page begins, if there is one."""

    rows: tuple[Row, ...]
    after: str


@dataclass(frozen=True, slots=True)
class Counts:
    """How much waits, counted up to a hundred, for who sees "99+" cares no more."""

    mine: int
    promises: int


def inbox_for(staff: Staff, *, which: Which = Which.MINE, after: str = "") -> Page:
    """Return 25 cases of one list: what is due first, or what ended or came in last."""
    moment = _MOMENT.get(which, "next_due_at")
    place = read_place(after)
    parts = [_ordered(part, which, moment, place) for part in _parts(staff, which)]
    cases = parts[0]
    if len(parts) > 1:
        cases = parts[0].union(*parts[1:], all=True).order_by(*_order(which, moment))
    found = [Row(*values) for values in cases[: PAGE + 1]]
    rows = tuple(found[:PAGE])
    if len(found) <= PAGE:
        return Page(rows, "")
    last = rows[-1]
    return Page(rows, written(Place(getattr(last, moment), last.pk)))


def rows_of(cases: CaseQuerySet, *, most: int) -> tuple[Row, ...]:
    """Return at most so many of `cases` as rows, what is due first on top."""
    ordered = cases.order_by("next_due_at", "pk").values_list(*_COLUMNS)
    return tuple(Row(*values) for values in ordered[:most])


def counts_for(staff: Staff) -> Counts:
    """Return what the rail says beside its entries, in one statement."""
    mine = cases_for(staff).filter(owner=staff, next_due_at__isnull=False)
    promises = Promise.objects.filter(owner=staff).owed()
    slices = (
        query.annotate(of=Value(name)).values_list("of")[:BUSY]
        for name, query in (("mine", mine), ("promises", promises))
    )
    first, second = slices
    found = Counter(name for (name,) in first.union(second, all=True))
    return Counts(mine=found["mine"], promises=found["promises"])


def _parts(staff: Staff, which: Which) -> list[CaseQuerySet]:
    """Return the cases of a list, in parts each of which an index holds in the list's order."""
    cases = cases_for(staff)
    due = cases.filter(next_due_at__isnull=False)
    if which in _NEWEST_FIRST:
        return [cases.filter(closed_at__isnull=False) if which is Which.ENDED else cases]
    if which is Which.MINE:
        return [due.filter(owner=staff)]
    teams = list(teams_of(staff).values_list("pk", flat=True))
    everywhere = cases.none()
    if which is Which.NOT_TAKEN:
        due = everywhere = due.filter(owner=None)
    return [due.filter(team=team) for team in teams] or [everywhere]


def _ordered(
    cases: CaseQuerySet, which: Which, moment: str, place: Place | None
) -> QuerySet[Case, tuple[Any, ...]]:
    if place:
        cases = cases.filter(_beyond(which, moment, place))
    return cases.order_by(*_order(which, moment)).values_list(*_COLUMNS)[: PAGE + 1]


def _beyond(which: Which, moment: str, place: Place) -> Q:
    """Return what follows `place`, said so that an index is entered where it stands."""
    if which in _NEWEST_FIRST:
        further = Q(**{f"{moment}__lt": place.at}) | Q(pk__lt=place.pk)
        return Q(**{f"{moment}__lte": place.at}) & further
    further = Q(**{f"{moment}__gt": place.at}) | Q(pk__gt=place.pk)
    return Q(**{f"{moment}__gte": place.at}) & further


def _order(which: Which, moment: str) -> tuple[F | str, ...]:
    return (f"-{moment}", "-pk") if which in _NEWEST_FIRST else (moment, "pk")
