"""Taking back a closing that was a mistake, as long as nothing has happened since."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from amends.cases.actions.closing import NotClosed
from amends.cases.actions.within import drop_questions, locked, must_be_allowed, settle
from amends.cases.events.handling import ClosingTakenBack
from amends.cases.models.case import Case
from amends.cases.models.promises import FollowUp
from amends.cases.rules.lifecycle import State
from amends.journal.actions import record
from amends.staff.models import Staff
from amends.staff.rules.permissions import Act


@dataclass(frozen=True, slots=True, kw_only=True)
class Stood:
    """How a case stood before it was closed. asked: by its key, when something was to be asked."""

    state: State
    since: datetime
    verdict: str
    asked: Mapping[int, datetime | None]


@transaction.atomic
def take_back_closing(case: Case, *, stood: Stood, by: Staff, at: datetime) -> Case:
    """Let `case` stand as it stood before it was closed by mistake, and return it.

    Raises NotAllowed, Barred, NotYours, NotClosed.
    """
    case = locked(case)
    must_be_allowed(case, by=by, act=Act.CLOSE_CASE)
    if case.state != State.CLOSED:
        raise NotClosed(reference=case.reference)
    case.state, case.state_since, case.verdict = stood.state, stood.since, stood.verdict
    case.closed_at = case.closed_by = None
    drop_questions(case, at=at)
    for key, due_at in stood.asked.items():
        FollowUp.objects.filter(case=case, pk=key).update(due_at=due_at, dropped_at=None)
    settle(case)
    record(ClosingTakenBack(case_id=case.pk, state=case.state), by=by, at=at)
    return case
