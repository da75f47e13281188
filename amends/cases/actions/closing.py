"""Apologising, thanking, counting the cause, closing, and opening again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.cases.actions.ruling import end_ruling
from amends.cases.actions.within import (
    Barred,
    is_barred,
    let_go,
    locked,
    locked_by,
    locked_for,
    move,
    must_be_allowed,
    settle,
    shut,
)
from amends.cases.events.handling import (
    Apologised,
    CaseReopened,
    CaseWithdrawn,
    CauseCounted,
    Thanked,
)
from amends.cases.models.case import Case
from amends.cases.models.causes import Cause
from amends.cases.queries.facts import closing_facts
from amends.cases.queries.linked import is_over
from amends.cases.queries.ways import ruling_of
from amends.cases.rules.closing import Obstacle, obstacles_to_closing
from amends.cases.rules.kinds import Mechanism, Outcome, Pillar
from amends.cases.rules.lifecycle import State
from amends.journal.actions import Actor, record
from amends.staff.actions.authorise import require
from amends.staff.models import Staff
from amends.staff.rules.permissions import Act


class NotReadyToClose(Refused):
    text = _("%(reference)s cannot be closed yet.")

    def __init__(self, *, reference: str, obstacles: Sequence[Obstacle]) -> None:
        super().__init__(reference=reference)
        self.obstacles = tuple(obstacles)


class NotClosed(Refused):
    text = _("%(reference)s is open. There is nothing to reopen.")


class ClosedTooLongAgo(Refused):
    text = _("%(reference)s was closed too long ago. Open a new case and link the two.")


class ReasonNeeded(Refused):
    text = _("Say why, in the customer's words or yours.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """Why it happened, and what keeps it from happening again, or why nothing need be done."""

    pillar: Pillar
    mechanism: Mechanism
    indifference: bool = False
    text: str = ""
    prevention: str = ""
    prevention_due_on: date | None = None
    none_needed_reason: str = ""


@transaction.atomic
def apologise(case: Case, *, by: Staff, at: datetime) -> Case:
    """Write down that we said sorry; it admits nothing. The first time counts.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded.
    """
    case = locked_for(case, by=by)
    case.apology_at = case.apology_at or at
    settle(case)
    record(Apologised(case_id=case.pk), by=by, at=at)
    return case


@transaction.atomic
def thank(case: Case, *, by: Staff, at: datetime) -> Case:
    """Write down that the customer was thanked for telling us. The first time counts.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded.
    """
    case = locked_for(case, by=by)
    case.thanked_at = case.thanked_at or at
    settle(case)
    record(Thanked(case_id=case.pk), by=by, at=at)
    return case


@transaction.atomic
def count_cause(case: Case, *, why: Why, by: Staff, at: datetime) -> Cause:
    """Say why it happened, or say it anew, and return the cause; also of a case that has ended.

    What was taken back, or was somebody else's, happened all the same.

    Raises NotAllowed, Barred, NotYours.
    """
    case = locked(case)
    must_be_allowed(case, by=by, act=Act.WORK_ON_CASE)
    cause, _made = Cause.objects.update_or_create(
        case=case,
        defaults={
            "pillar": why.pillar,
            "mechanism": why.mechanism,
            "indifference": why.indifference,
            "text": why.text,
            "prevention": why.prevention,
            "prevention_due_on": why.prevention_due_on,
            "none_needed_reason": why.none_needed_reason,
            "counted_by": by,
            "counted_at": at,
        },
    )
    record(CauseCounted(case_id=case.pk, pillar=why.pillar, mechanism=why.mechanism), by=by, at=at)
    return cause


@transaction.atomic
def close_case(case: Case, *, by: Staff, at: datetime) -> Case:
    """Close `case` and return it as it now stands.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, NotReadyToClose (whose `obstacles` say why),
    NotTheOrder.
    """
    case = locked_for(case, by=by, act=Act.CLOSE_CASE)
    if obstacles := obstacles_to_closing(closing_facts(case)):
        raise NotReadyToClose(reference=case.reference, obstacles=obstacles)
    shut(case, by=by, at=at)
    return case


@transaction.atomic
def close_if_nothing_is_missing(case: Case, *, by: Staff, at: datetime) -> Case:
    """Close `case` if nothing stands against it, and return it as it now stands.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, NotTheOrder.
    """
    case = locked(case)
    if obstacles_to_closing(closing_facts(case)):
        return case
    return close_case(case, by=by, at=at)


@transaction.atomic
def count_and_close(case: Case, *, why: Why, by: Staff, at: datetime) -> Case:
    """Say why it happened, close `case` if nothing else is missing, and return it.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, NotTheOrder.
    """
    count_cause(case, why=why, by=by, at=at)
    return close_if_nothing_is_missing(case, by=by, at=at)


@transaction.atomic
def thank_and_close(case: Case, *, by: Staff, at: datetime) -> Case:
    """Write down that the customer was thanked, close `case` if nothing else is missing.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, NotTheOrder.
    """
    thank(case, by=by, at=at)
    return close_if_nothing_is_missing(case, by=by, at=at)


@transaction.atomic
def reopen_case(case: Case, *, reason: str, by: Actor, at: datetime) -> Case:
    """Open `case` again on what is new and return it.

    That it was not ours to decide is taken back with it. Any colleague who may work on cases may
    reopen one; a customer comes by their signed link. What
    was closed stays in the journal. An owner who has left owns it no more.

    Raises NotAllowed, Barred, ReasonNeeded, NotClosed, ClosedTooLongAgo, NotTheOrder.
    """
    if isinstance(by, Staff):
        require(by, Act.WORK_ON_CASE)
        if is_barred(case, by):
            raise Barred
    case = locked(case)
    if not reason.strip():
        raise ReasonNeeded
    if case.is_open or case.closed_at is None:
        raise NotClosed(reference=case.reference)
    if is_over(case, at=at):
        raise ClosedTooLongAgo(reference=case.reference)
    if ruling := ruling_of(case):
        end_ruling(ruling, reason, by=by, at=at)
    move(case, State.INVESTIGATING, at=at)
    case.verdict, case.ended_reason, case.outcome = "", reason, Outcome.NOT_JUDGED
    case.signpost = case.relief = ""
    if case.owner and not case.owner.may(Act.WORK_ON_CASE):
        case.owner = case.owned_since = None
    settle(case)
    record(CaseReopened(case_id=case.pk, state=case.state, owner_id=case.owner_id), by=by, at=at)
    return case


@transaction.atomic
def withdraw_case(case: Case, *, statement: str, by: Actor, at: datetime) -> Case:
    """End `case` on the customer's own `statement` that they take it back, and return it.

    Nothing is owed any more, and nothing is waited for.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, ReasonNeeded, NotTheOrder.
    """
    case = locked_by(case, by=by)
    if not statement.strip():
        raise ReasonNeeded
    case.outcome, case.ended_reason = Outcome.WITHDRAWN, statement
    move(case, State.WITHDRAWN, at=at)
    let_go(case, at=at)
    settle(case)
    record(CaseWithdrawn(case_id=case.pk, state=case.state), by=by, at=at)
    return case
