"""The lists of the Inbox, and how much waits in each."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

from django.db.models import F, Q, Value
from django.db.models.functions import Now
from django.db.models.query import QuerySet

from amends.base.questions import Question, StandIn
from amends.cases.models.case import Case, CaseQuerySet
from amends.cases.models.promises import Promise
from amends.cases.rules.lists import BUSY, PAGE, Place, Which, read_place, written
from amends.staff.models import Absence, Staff
from amends.staff.queries import teams_of
from amends.staff.rules.permissions import Act

_MOMENT = {
    Which.ENDED: "closed_at",
    Which.ALL: "received_at",
    Which.SNOOZED: "snoozed_until",
}
_NEWEST_FIRST = frozenset({Which.ENDED, Which.ALL})
_OF_TEAMS = frozenset({Which.TEAM, Which.NOT_TAKEN, Which.SNOOZED})
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
    "tags",
    "snoozed_until",
    "priority_reason",
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
    tags: list[int]
    snoozed_until: datetime | None
    priority_reason: str


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
    """Return 25 cases of one list: what is due first, or what ended or came in last.

    Among one's own stands what is of colleagues for whom `staff` stands in just now.
    """
    if not staff.may(Act.SEE_CASES):
        return Page((), "")
    moment = _MOMENT.get(which, "next_due_at")
    place = read_place(after)
    values: dict[str, StandIn] = {"staff": staff.pk}
    teams = list(teams_of(staff).values_list("pk", flat=True)) if which in _OF_TEAMS else []
    if which is Which.TEAM and not teams:
        return Page((), "")
    values |= {f"team_{number}": team for number, team in enumerate(teams)}
    values |= {"at": place.at, "pk": place.pk} if place else {}
    answers = _list_of(which, teams=len(teams), further=place is not None).answer(**values)
    found = [Row(*values) for values in answers]
    rows = tuple(found[:PAGE])
    if len(found) <= PAGE:
        return Page(rows, "")
    last = rows[-1]
    return Page(rows, written(Place(getattr(last, moment), last.pk)))


def keys_of(staff: Staff, which: Which, *, most: int) -> list[int]:
    """Return the keys of the cases of one list, at most so many and one more."""
    teams = list(teams_of(staff).values_list("pk", flat=True)) if which in _OF_TEAMS else []
    if not staff.may(Act.SEE_CASES) or (which is Which.TEAM and not teams):
        return []
    parts = _parts(staff.pk, which, teams)
    found = [key for part in parts for key in part.values_list("pk", flat=True)[: most + 1]]
    return found[: most + 1]


def rows_of(cases: CaseQuerySet, *, most: int) -> tuple[Row, ...]:
    """Return at most so many of `cases` as rows, what is due first on top."""
    return tuple(Row(*values) for values in first_due(cases, most=most))


def first_due(cases: CaseQuerySet, *, most: int) -> QuerySet[Case, Any]:
    """Return the columns of a `Row` of what is due first of `cases`."""
    return cases.order_by("next_due_at", "pk").values_list(*_COLUMNS)[:most]


def counts_for(staff: Staff) -> Counts:
    """Return what the rail says beside its entries, in one statement."""
    found = Counter(name for (name,) in _WAITS.answer(staff=staff.pk))
    return Counts(mine=found["mine"] if staff.may(Act.SEE_CASES) else 0, promises=found["promises"])


def _waits(staff: int) -> QuerySet[Any, Any]:
    mine = Case.objects.not_about(staff).filter(
        owner=staff, next_due_at__isnull=False, snoozed_until=None
    )
    promises = Promise.objects.filter(owner=staff).owed()
    slices = (
        query.annotate(of=Value(name)).values_list("of")[:BUSY]
        for name, query in (("mine", mine), ("promises", promises))
    )
    first, second = slices
    return first.union(second, all=True)


_WAITS = Question(_waits, staff=-7_000_001)


@cache
def _list_of(which: Which, *, teams: int, further: bool) -> Question:
    """Return the question for one list of who is in so many teams, from its top or further on."""
    moment = _MOMENT.get(which, "next_due_at")

    def ask(**values: Any) -> QuerySet[Any, Any]:  # noqa: ANN401 - a key or a moment
        place = Place(values["at"], values["pk"]) if further else None
        of_teams = [values[f"team_{number}"] for number in range(teams)]
        cases = _parts(values["staff"], which, of_teams)
        parts = [_ordered(part, which, moment, place) for part in cases]
        if len(parts) == 1:
            return parts[0]
        together = parts[0].union(*parts[1:], all=True)
        return together.order_by(*_order(which, moment))[: PAGE + 1]

    stand_ins: dict[str, StandIn] = {"staff": -7_000_001}
    stand_ins |= {f"team_{number}": -7_100_000 - number for number in range(teams)}
    stand_ins |= {"at": datetime(1, 1, 1, tzinfo=UTC), "pk": -7_000_002} if further else {}
    return Question(ask, **stand_ins)


def _parts(staff: int, which: Which, teams: list[int]) -> list[CaseQuerySet]:
    """Return the cases of a list, in parts each of which an index holds in the list's order."""
    cases = Case.objects.not_about(staff)
    due = cases.filter(next_due_at__isnull=False, snoozed_until=None)
    if which in _NEWEST_FIRST:
        return [cases.filter(closed_at__isnull=False) if which is Which.ENDED else cases]
    if which is Which.SNOOZED:
        snoozed = cases.filter(snoozed_until__isnull=False)
        return [snoozed.filter(Q(owner=staff) | Q(team__in=teams))]
    if which is Which.MINE:
        away = Absence.objects.during(Now()).filter(deputies=staff)
        return [due.filter(owner=staff), due.filter(owner__in=away.values("staff"))]
    if which is Which.NOT_TAKEN:
        due = due.filter(owner=None)
    return [due.filter(team=team) for team in teams] or [due]


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
