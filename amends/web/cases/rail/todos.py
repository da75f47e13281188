"""What is to be done inside, in the care rail: apart from what is promised to the customer."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from amends.base.time_words import ago_words
from amends.cases.queries.todos import TodoLine
from amends.web.cases.rail.desk import Desk, Way


@dataclass(frozen=True, slots=True)
class Shown:
    """One thing to do as it is printed; after: who did it and when, or why it was left."""

    what: str
    owner: str
    due_at: datetime | None
    after: str
    evidence: str
    ways: list[Way]


def first_open(desk: Desk) -> TodoLine:
    """Return what is to be done first."""
    return min((todo for todo in desk.care.file.todos if todo.is_open), key=lambda one: one.due_at)


def todos_shown(desk: Desk) -> dict[str, object]:
    """Return what the care rail says of what is to be done inside."""
    todos = desk.care.file.todos
    open_ = [todo for todo in todos if todo.is_open]
    lists = desk.care.file.checklists if desk.works else ()
    return {
        "todos": [_shown(desk, todo) for todo in open_],
        "todos_over": [_shown(desk, todo) for todo in todos if not todo.is_open],
        "todos_said": _said(len(open_), len(todos)),
        "todo_new": desk.way(_("Something to do"), "todo") if desk.works else None,
        "todo_lists": [desk.way(each.name, "checklist", each.pk) for each in lists],
    }


def _said(open_: int, all_: int) -> str:
    if open_:
        return ngettext("%(n)s open", "%(n)s open", open_) % {"n": open_}
    return _("none open") if all_ else _("none yet")


def _shown(desk: Desk, todo: TodoLine) -> Shown:
    after = ""
    if todo.done_at:
        told = {"name": todo.done_by, "when": ago_words(todo.done_at, desk.now)}
        after = _("done by %(name)s, %(when)s") % told
    if todo.left_at:
        after = _("left undone: %(reason)s") % {"reason": todo.left_reason}
    return Shown(
        what=todo.what,
        owner=todo.owner,
        due_at=todo.due_at if todo.is_open else None,
        after=after,
        evidence=todo.evidence,
        ways=_ways(desk, todo) if desk.works else [],
    )


def _ways(desk: Desk, todo: TodoLine) -> list[Way]:
    if todo.done_at:
        return [desk.way(_("Not done after all"), "todo-undone", todo.pk)]
    if todo.left_at:
        return []
    return [
        desk.way(_("It is done"), "todo-done", todo.pk),
        desk.way(_("Somebody else, another time"), "todo-give", todo.pk),
    ]
