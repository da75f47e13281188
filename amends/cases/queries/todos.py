"""What is to be done inside: on one case, and for one colleague."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.expressions import Combinable

from amends.cases.models.case import Case, PartyOfCase
from amends.cases.models.todos import Checklist, Todo, TodoQuerySet
from amends.cases.queries.lines import lines_of
from amends.cases.rules.kinds import Part
from amends.cases.rules.lists import PAGE, Place, read_place, written
from amends.staff.models import Staff, Team
from amends.staff.rules.permissions import Act


@dataclass(frozen=True, slots=True)
class TodoLine:
    """One thing to do on a case, done or not."""

    pk: int
    what: str
    owner_id: int
    owner: str
    due_at: datetime
    done_at: datetime | None
    done_by: str | None
    evidence: str
    left_at: datetime | None
    left_reason: str

    @property
    def is_open(self) -> bool:
        return self.done_at is None and self.left_at is None


@dataclass(frozen=True, slots=True)
class ListLine:
    """A checklist that can be put on a case."""

    pk: int
    name: str


@dataclass(frozen=True, slots=True)
class TodoRow:
    """One thing to do, in a list. owner: whose it is; somebody else's where they lost the case."""

    pk: int
    what: str
    due_at: datetime
    owner_id: int
    owner: str
    reference: str
    gist: str
    customer: str | None


@dataclass(frozen=True, slots=True)
class TodoPage:
    """Some of what is to be done. `after` names where the rest begins, if there is any."""

    rows: tuple[TodoRow, ...]
    after: str


def lines_in_case() -> ArraySubquery:
    """Return the subquery of what is to be done on a case: what is open first."""
    todos = Todo.objects.filter(case=OuterRef("pk")).order_by(
        F("done_at").asc(nulls_first=True), "due_at", "pk"
    )
    return lines_of(todos, TodoLine, owner="owner__name", done_by="done_by__name")


def lists_in_case() -> ArraySubquery:
    """Return the subquery of the checklists that can be put on a case."""
    return lines_of(_fitting(OuterRef("kind"), OuterRef(OuterRef("pk"))), ListLine)


def todo_in(case: Case, pk: int) -> Todo:
    """Return one thing to do on `case`.

    Raises Todo.DoesNotExist.
    """
    return Todo.objects.select_related("case", "owner").get(case=case, pk=pk)


def todos_for(staff: Staff, *, before: datetime | None = None, after: str = "") -> TodoPage:
    """Return 25 things that `staff` is to do, by when they are due.

    Besides one's own these are what is to be done on one's own cases by somebody who left, or has
    nothing to do with the case any more.
    """
    if not staff.may(Act.SEE_CASES):
        return TodoPage((), "")
    todos = _open_for(staff)
    todos = todos.filter(due_at__lt=before) if before else todos
    if place := read_place(after):
        further = Q(due_at__gt=place.at) | Q(pk__gt=place.pk)
        todos = todos.filter(further, due_at__gte=place.at)
    found = [TodoRow(*values) for values in _columns(todos)[: PAGE + 1]]
    rows = tuple(found[:PAGE])
    more = len(found) > PAGE
    return TodoPage(rows, written(Place(rows[-1].due_at, rows[-1].pk)) if more else "")


def _open_for(staff: Staff) -> TodoQuerySet:
    about = PartyOfCase.objects.filter(case=OuterRef("case"), part=Part.COMPLAINED_ABOUT)
    barred = Exists(about.filter(staff=OuterRef("owner")))
    in_team = Team.members.through.objects.filter(
        team=OuterRef("case__team"), staff=OuterRef("owner")
    )
    lost = Q(owner__is_active=False) | barred | ~Exists(in_team)
    orphaned = Q(case__owner=staff) & ~Q(owner=staff) & lost
    open_ = Todo.objects.open().filter(case__next_due_at__isnull=False)
    return open_.filter(Q(owner=staff) | orphaned).exclude(Exists(about.filter(staff=staff)))


def _columns(todos: TodoQuerySet) -> QuerySet[Todo, Any]:
    return todos.order_by("due_at", "pk").values_list(
        "pk",
        "what",
        "due_at",
        "owner_id",
        "owner__name",
        "case__reference",
        "case__gist",
        "case__person__name",
    )


def checklists_kept(staff: Staff) -> QuerySet[Checklist]:
    """Return all checklists for who keeps them, by name, with their lines."""
    kept = Checklist.objects.prefetch_related("lines").order_by("name")
    return kept if staff.may(Act.EDIT_PROCEDURES) else kept.none()


def checklist_kept(staff: Staff, pk: int) -> Checklist:
    """Return one checklist for who keeps it.

    Raises Checklist.DoesNotExist.
    """
    return checklists_kept(staff).get(pk=pk)


def checklists_for(case: Case) -> QuerySet[Checklist]:
    """Return the checklists that can be put on `case`: of its kind, and not on it yet."""
    return _fitting(Value(case.kind), Value(case.pk))


def _fitting(kind: Combinable, case: Combinable) -> QuerySet[Checklist]:
    there = Todo.objects.filter(case=case, checklist=OuterRef("pk"))
    fits = Checklist.objects.filter(Q(kind="") | Q(kind=kind), retired_at=None)
    return fits.exclude(Exists(there)).order_by("name")
