"""What is to be done on a case, inside: written down, done, given to somebody, left undone."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.cases.actions.within import locked_for, must_be_able, settle
from amends.cases.events.todos import TodoDone, TodoGiven, TodoLeft, TodoMade, TodoUndone
from amends.cases.models.case import Case
from amends.cases.models.todos import Checklist, Todo
from amends.cases.queries.file import file_of
from amends.cases.rules.due import after
from amends.journal.actions import record
from amends.staff.models import Staff


class TodoSaysNothing(Refused):
    text = _("Say what is to be done.")


class TodoInThePast(Refused):
    text = _("Say by when: a moment still to come.")


class TodoOver(Refused):
    text = _("This is done, or left undone. Look at the case again.")


class TodoNotDone(Refused):
    text = _("This is not done yet.")


class WhyLeftNeeded(Refused):
    text = _("Say why it is left undone.")


class NothingToLeave(Refused):
    text = _("Nothing is left to do on %(reference)s.")


class ChecklistThere(Refused):
    text = _("“%(name)s” is on %(reference)s already.")


class ChecklistNotForIt(Refused):
    text = _("“%(name)s” is not offered for cases of this kind.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    """What is to be done, by whom and by when."""

    what: str
    owner: Staff
    due_at: datetime


@transaction.atomic
def add_todo(case: Case, *, plain: Plain, by: Staff, at: datetime) -> Todo:
    """Write down what is to be done on `case`, and return it.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, TodoSaysNothing, TodoInThePast,
    CannotLookAfterIt.
    """
    case = locked_for(case, by=by)
    if not plain.what.strip():
        raise TodoSaysNothing
    if plain.due_at <= at:
        raise TodoInThePast
    must_be_able(case, plain.owner)
    todo = _made(Todo(case=case, what=plain.what.strip(), due_at=plain.due_at), plain.owner, by, at)
    settle(case)
    return todo


@transaction.atomic
def put_checklist(case: Case, *, checklist: Checklist, by: Staff, at: datetime) -> list[Todo]:
    """Put all lines of `checklist` on `case`, for its owner to do, and return them.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, ChecklistThere, ChecklistNotForIt.
    """
    case = locked_for(case, by=by)
    if checklist.retired_at or checklist.kind not in {"", case.kind}:
        raise ChecklistNotForIt(name=checklist.name)
    if case.todos.filter(checklist=checklist).exists():
        raise ChecklistThere(name=checklist.name, reference=case.reference)
    calendar = file_of(case).calendar
    lines = checklist.lines.order_by("place")
    todos = [
        _made(
            Todo(
                case=case,
                what=line.what,
                due_at=after(calendar, at, timedelta(days=line.within_days)),
                checklist=checklist,
                place=line.place,
            ),
            case.owner or by,
            by,
            at,
        )
        for line in lines
    ]
    settle(case)
    return todos


@transaction.atomic
def finish_todo(todo: Todo, *, by: Staff, at: datetime, evidence: str = "") -> Todo:
    """Write down that it is done, and what came of it; return it.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, TodoOver.
    """
    case, todo = _locked_open(todo, by)
    todo.done_at, todo.done_by, todo.evidence = at, by, evidence.strip()
    todo.save(update_fields=["done_at", "done_by", "evidence"])
    settle(case)
    record(TodoDone(case_id=case.pk, todo_id=todo.pk), by=by, at=at)
    return todo


@transaction.atomic
def take_back_todo(todo: Todo, *, by: Staff, at: datetime) -> Todo:
    """Write down that it is not done after all, and return it; what came of it stays noted.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, TodoNotDone.
    """
    case = locked_for(todo.case, by=by)
    todo = Todo.objects.select_for_update().get(pk=todo.pk)
    if todo.done_at is None:
        raise TodoNotDone
    todo.done_at = todo.done_by = None
    todo.save(update_fields=["done_at", "done_by"])
    settle(case)
    record(TodoUndone(case_id=case.pk, todo_id=todo.pk), by=by, at=at)
    return todo


@transaction.atomic
def give_todo(todo: Todo, *, to: Staff, due_at: datetime, by: Staff, at: datetime) -> Todo:
    """Let somebody do it, by a moment, and return it.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, TodoOver, TodoInThePast, CannotLookAfterIt.
    """
    case, todo = _locked_open(todo, by)
    if due_at <= at:
        raise TodoInThePast
    must_be_able(case, to)
    todo.owner, todo.due_at = to, due_at
    todo.save(update_fields=["owner", "due_at"])
    settle(case)
    given = TodoGiven(case_id=case.pk, todo_id=todo.pk, keeper_id=to.pk, due_at=due_at.isoformat())
    record(given, by=by, at=at)
    return todo


@transaction.atomic
def leave_todos(case: Case, *, reason: str, by: Staff, at: datetime) -> Case:
    """Leave undone all that is still to be done on `case`, for a reason, and return it.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, WhyLeftNeeded, NothingToLeave.
    """
    case = locked_for(case, by=by)
    if not reason.strip():
        raise WhyLeftNeeded
    left = list(case.todos.open().order_by("pk"))
    if not left:
        raise NothingToLeave(reference=case.reference)
    case.todos.open().update(left_at=at, left_reason=reason.strip())
    settle(case)
    for todo in left:
        record(TodoLeft(case_id=case.pk, todo_id=todo.pk), by=by, at=at)
    return case


def _made(todo: Todo, owner: Staff, by: Staff, at: datetime) -> Todo:
    todo.owner, todo.made_by, todo.made_at = owner, by, at
    todo.save()
    made = TodoMade(
        case_id=todo.case_id,
        todo_id=todo.pk,
        keeper_id=owner.pk,
        due_at=todo.due_at.isoformat(),
    )
    record(made, by=by, at=at)
    return todo


def _locked_open(todo: Todo, by: Staff) -> tuple[Case, Todo]:
    """Return the case and what is still to be done on it, both locked.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, TodoOver.
    """
    case = locked_for(todo.case, by=by)
    found = Todo.objects.select_for_update(of=("self",)).open().filter(pk=todo.pk).first()
    if found is None:
        raise TodoOver
    return case, found
