"""What is to be done on a case, inside."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amends.cases.actions.todos import (
    Plain,
    add_todo,
    finish_todo,
    give_todo,
    leave_todos,
    put_checklist,
    take_back_todo,
)
from amends.cases.queries.colleagues import able_for
from amends.cases.queries.todos import checklists_for, todo_in
from amends.staff.rules.permissions import Act as Permission
from amends.web.acts import found as found_row
from amends.web.cases.acting import Act, NoFields, found, given, perform
from amends.web.cases.forms import todos as forms
from amends.web.http import StaffRequest, needs

either = require_http_methods(["GET", "HEAD", "POST"])
TODO = "web/cases/fields/todo.html"


@needs(Permission.WORK_ON_CASE)
@either
def add(request: StaffRequest, reference: str) -> HttpResponse:
    """Write down what is to be done."""
    case = found(request, reference)
    act = Act(
        title=_("Something to do"),
        button=_("Write it down"),
        done=_("Written down. It stands on the day of whoever does it."),
        about=_("For us inside. What the customer is told goes into a promise."),
        fields=TODO,
    )
    mine = request.user.pk
    form = forms.AddTodo(given(request), colleagues=able_for(case), initial={"owner": mine})

    def run(said: dict[str, Any]) -> None:
        plain = Plain(what=said["what"], owner=said["owner"], due_at=said["due_at"])
        add_todo(case, plain=plain, by=request.user, at=timezone.now())

    return perform(request, case, act, form, run)


@needs(Permission.WORK_ON_CASE)
@either
def done(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """Write down that it is done."""
    case = found(request, reference)
    todo = found_row(lambda: todo_in(case, pk))
    act = Act(
        title=_("It is done"),
        button=_("It is done"),
        done=_("Done."),
        about=todo.what,
        undo=reverse("case-todo-undone", args=[case.reference, pk]),
    )

    def run(said: dict[str, Any]) -> None:
        finish_todo(todo, **said, by=request.user, at=timezone.now())

    return perform(request, case, act, forms.FinishTodo(given(request)), run)


@needs(Permission.WORK_ON_CASE)
@either
def undone(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """Write down that it is not done after all."""
    case = found(request, reference)
    todo = found_row(lambda: todo_in(case, pk))
    act = Act(
        title=_("Not done after all"),
        button=_("It is still to do"),
        done=_("Still to do."),
        about=todo.what,
    )

    def run(_said: dict[str, Any]) -> None:
        take_back_todo(todo, by=request.user, at=timezone.now())

    return perform(request, case, act, NoFields(given(request)), run)


@needs(Permission.WORK_ON_CASE)
@either
def give(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """Let somebody else do it, or do it by another moment."""
    case = found(request, reference)
    todo = found_row(lambda: todo_in(case, pk))
    act = Act(
        title=_("Somebody else, another time"),
        button=_("Save"),
        done=_("Saved"),
        about=todo.what,
        fields=TODO,
    )
    form = forms.GiveTodo(
        given(request),
        colleagues=able_for(case),
        wished=todo.due_at,
        initial={"to": todo.owner_id},
    )

    def run(said: dict[str, Any]) -> None:
        give_todo(todo, to=said["to"], due_at=said["due_at"], by=request.user, at=timezone.now())

    return perform(request, case, act, form, run)


@needs(Permission.WORK_ON_CASE)
@either
def leave(request: StaffRequest, reference: str) -> HttpResponse:
    """Leave undone what is still to do, for a reason."""
    case = found(request, reference)
    act = Act(
        title=_("Leave it undone"),
        button=_("Leave it undone"),
        done=_("Left undone. The reason stands with it."),
        about=_("All that is still to do on this case, because it is no longer needed."),
    )

    def run(said: dict[str, Any]) -> None:
        leave_todos(case, **said, by=request.user, at=timezone.now())

    return perform(request, case, act, forms.LeaveTodos(given(request)), run)


@needs(Permission.WORK_ON_CASE)
@either
def put(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """Put a checklist on a case."""
    case = found(request, reference)
    checklist = found_row(lambda: checklists_for(case).get(pk=pk))
    act = Act(
        title=checklist.name,
        button=_("Put it on the case"),
        done=_("On the case. Its owner does it, or gives it to others."),
        fields="web/cases/fields/checklist.html",
        shows={"lines": checklist.lines.order_by("place")},
    )

    def run(_said: dict[str, Any]) -> None:
        put_checklist(case, checklist=checklist, by=request.user, at=timezone.now())

    return perform(request, case, act, NoFields(given(request)), run)
