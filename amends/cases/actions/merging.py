"""Two cases of one story become one, and two again if that was a mistake."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.cases.actions.timekeeping import mark
from amends.cases.actions.within import (
    CaseHasEnded,
    let_go,
    locked,
    move,
    must_be_allowed,
    must_owe_nothing,
    settle,
)
from amends.cases.events.todos import TodoMoved
from amends.cases.events.turns import CaseGaveBack, CaseMerged, CaseTookIn, MergeUndone
from amends.cases.models.attention import Follower
from amends.cases.models.case import Case, CaseContact
from amends.cases.models.todos import Todo
from amends.cases.models.turns import Merging
from amends.cases.rules.lifecycle import WITH_UNTIL, State
from amends.journal.actions import record
from amends.staff.models import Staff
from amends.staff.rules.permissions import Act
from amends.standards.rules.history import What


class SameCase(Refused):
    text = _("Name another case: this is the one you are at.")


class AnotherCustomer(Refused):
    text = _("%(reference)s was told by somebody else. Link the two instead.")


class WhySameNeeded(Refused):
    text = _("Say why it is one and the same story.")


class NotMerged(Refused):
    text = _("%(reference)s is not joined to another case any more.")


@transaction.atomic
def merge_case(case: Case, *, into: Case, reason: str, by: Staff, at: datetime) -> Case:
    """Join `case` to the case `into`, of the same customer about the same facts; return that one.

    What was said goes along, with what is still to be done inside and who follows it, and the
    earlier day of receipt counts. What `case` still owes must be
    settled first: the other way round it need not be.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, SameCase, AnotherCustomer, WhySameNeeded,
    StillOwed, NotTheOrder.
    """
    if case.pk == into.pk:
        raise SameCase
    case, into = _both_locked(case, into, by)
    if not reason.strip():
        raise WhySameNeeded
    if case.person_id and into.person_id and case.person_id != into.person_id:
        raise AnotherCustomer(reference=into.reference)
    must_owe_nothing(case)
    merging = Merging(
        case=case,
        into=into,
        reason=reason.strip(),
        was=case.state,
        was_since=case.state_since,
        received_before_at=into.received_at,
        by=by,
        at=at,
    )
    merging.save()
    move(case, State.MERGED, at=at)
    case.merged_into, case.closed_by = into, by
    let_go(case, at=at)
    settle(case)
    there = into.case_contacts.values("contact")  # what was split in two is told on both already
    case.case_contacts.exclude(contact__in=there).update(case=into, came_from=case)
    _move_todos(_not_there(case, into), to=into, by=by, at=at)
    Follower.objects.bulk_create(
        [Follower(case=into, staff=each.staff, since=at) for each in case.followers.all()],
        ignore_conflicts=True,
    )
    into.received_at = min(into.received_at, case.received_at)
    into.person = into.person or case.person
    settle(into)
    record(CaseMerged(case_id=case.pk, into_id=into.pk, state=case.state), by=by, at=at)
    record(CaseTookIn(case_id=into.pk, other_id=case.pk), by=by, at=at)
    return into


@transaction.atomic
def undo_merge(case: Case, *, by: Staff, at: datetime) -> Case:
    """Part `case` again from the one it was joined to, and return it as it stands then.

    It takes back what it brought, and stands where it stood.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, NotMerged.
    """
    undone = {"case__splitting__undone_at": None}  # what was put back stays with the other one
    mergings = Merging.objects.filter(case=case, undone_at=None, **undone)
    merging = mergings.select_related("into").first()
    held = _both_locked(case, merging.into, by, was_merged=True) if merging else None
    if merging is None or held is None or held[0].state != State.MERGED:
        raise NotMerged(reference=case.reference)
    case, into = held
    Merging.objects.filter(pk=merging.pk).update(undone_at=at)
    # What was joined by mistake was not: it goes back to where it stood, whatever that was.
    waited = State(merging.was) in WITH_UNTIL
    case.state = State.INVESTIGATING if waited else State(merging.was)
    case.state_since, case.merged_into = merging.was_since, None
    case.closed_at = case.closed_by = None
    mark(case, What.REOPENED, at=at)
    CaseContact.objects.filter(case=into, came_from=case).update(case=case, came_from=None)
    _move_todos(Todo.objects.filter(case=into, came_from=case), to=case, by=by, at=at)
    brought = case.followers.values("staff")
    into.followers.filter(since=merging.at, staff__in=brought).delete()
    settle(case)
    into.received_at = merging.received_before_at
    settle(into)
    record(MergeUndone(case_id=case.pk, into_id=into.pk, state=case.state), by=by, at=at)
    record(CaseGaveBack(case_id=into.pk, other_id=case.pk), by=by, at=at)
    return case


def _not_there(case: Case, into: Case) -> QuerySet[Todo]:
    """Return what is still to be done on `case`, but the lines of a checklist that `into` has."""
    there = Todo.objects.filter(case=into, checklist=OuterRef("checklist"), place=OuterRef("place"))
    return Todo.objects.open().filter(~Exists(there), case=case)


def _move_todos(todos: QuerySet[Todo], *, to: Case, by: Staff, at: datetime) -> None:
    """Put `todos` to another case; what goes back where it came from came from nowhere."""
    for todo in todos.select_for_update().order_by("pk"):
        left_id, back = todo.case_id, todo.came_from_id == to.pk
        todo.case, todo.came_from_id = to, None if back else left_id
        todo.save(update_fields=["case", "came_from"])
        record(TodoMoved(case_id=left_id, todo_id=todo.pk, away=True), by=by, at=at)
        record(TodoMoved(case_id=to.pk, todo_id=todo.pk, away=False), by=by, at=at)


def _both_locked(
    case: Case, into: Case, by: Staff, *, was_merged: bool = False
) -> tuple[Case, Case]:
    """Return both cases locked, the older first, so that no two who merge wait for each other."""
    first, second = sorted((case, into), key=lambda each: each.pk)
    held = {each.pk: each for each in (locked(first), locked(second))}
    for each in held.values():
        must_be_allowed(each, by=by, act=Act.WORK_ON_CASE)
        if not each.is_open and not (was_merged and each.pk == case.pk):
            raise CaseHasEnded(reference=each.reference)
    return held[case.pk], held[into.pk]
