"""Looking into a case by a plan, and waiting for somebody until a moment."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.cases.actions.timekeeping import mark
from amends.cases.actions.within import locked_for, locked_if_free, move, settle
from amends.cases.events.turns import InvestigationPlanned, WaitBegan, WaitEnded
from amends.cases.models.case import Case
from amends.cases.models.turns import InvestigationPlan, Wait
from amends.cases.rules.lifecycle import AWAITING, State
from amends.cases.rules.turns import LEAST_DAYS_TO_TELL, MOST_DAYS_TO_TELL
from amends.journal.actions import record
from amends.staff.models import Staff
from amends.standards.rules.history import What


class AssessFirst(Refused):
    text = _("Say first how grave it is: then it is known how deep to look.")


class PlanIncomplete(Refused):
    text = _("Say what is to be found out, where, and who is to be heard.")


class NoRhythm(Refused):
    text = _("Agree how often they hear of it: every 1 to 28 days.")


class NothingAwaited(Refused):
    text = _("Say what is awaited, and from whom.")


class AwaitedInThePast(Refused):
    text = _("Say until when you wait: a moment still to come.")


class NotWaiting(Refused):
    text = _("%(reference)s waits for nothing any more. Look at it again.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is to be found out, where, who is heard, and every how many days the customer hears."""

    questions: str
    sources: str
    persons: str
    update_every_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Awaited:
    """What is awaited and from whom; `state` says on which side they are."""

    state: State
    what: str
    whom: str
    until: datetime


@transaction.atomic
def plan_investigation(case: Case, *, plan: Plan, by: Staff, at: datetime) -> Case:
    """Begin to look into `case` by `plan`, or go on by a better one, and return it.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, PlanIncomplete, NoRhythm, AssessFirst,
    NotTheOrder.
    """
    case = locked_for(case, by=by)
    said = {name: getattr(plan, name).strip() for name in ("questions", "sources", "persons")}
    if not all(said.values()):
        raise PlanIncomplete
    if not LEAST_DAYS_TO_TELL <= plan.update_every_days <= MOST_DAYS_TO_TELL:
        raise NoRhythm
    if case.state in {State.RECEIVED, State.ACKNOWLEDGED}:
        raise AssessFirst
    if case.state not in AWAITING | {State.INVESTIGATING}:
        move(case, State.INVESTIGATING, at=at)
    InvestigationPlan.objects.update_or_create(
        case=case, defaults={**said, "made_by": by, "made_at": at}
    )
    case.planned_at, case.update_every_days = at, plan.update_every_days
    mark(case, What.RHYTHM_AGREED, at=at, now=plan.update_every_days)
    settle(case)
    record(InvestigationPlanned(case_id=case.pk, state=case.state), by=by, at=at)
    return case


@transaction.atomic
def wait_for(case: Case, *, awaited: Awaited, by: Staff, at: datetime) -> Wait:
    """Put `case` aside until somebody answers, at the latest until a moment; return the wait.

    What the law and we promised the customer goes on running meanwhile.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, NothingAwaited, AwaitedInThePast,
    NotTheOrder.
    """
    case = locked_for(case, by=by)
    if awaited.state not in AWAITING or not (awaited.what.strip() and awaited.whom.strip()):
        raise NothingAwaited
    if awaited.until <= at:
        raise AwaitedInThePast
    move(case, awaited.state, at=at, until=awaited.until)
    wait = Wait.objects.create(
        case=case,
        state=awaited.state,
        what=awaited.what.strip(),
        whom=awaited.whom.strip(),
        until=awaited.until,
        since=at,
        by=by,
    )
    settle(case)
    record(
        WaitBegan(
            case_id=case.pk, wait_id=wait.pk, until=awaited.until.isoformat(), state=case.state
        ),
        by=by,
        at=at,
    )
    return wait


@transaction.atomic
def end_wait(case: Case, *, came: bool, by: Staff, at: datetime) -> Case:
    """Go on with `case`, because what was awaited came or is awaited no longer; return it.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, NotWaiting.
    """
    case = locked_for(case, by=by)
    if case.state not in AWAITING:
        raise NotWaiting(reference=case.reference)
    _go_on(case, came=came, at=at)
    record(WaitEnded(case_id=case.pk, came=came, state=case.state), by=by, at=at)
    return case


@transaction.atomic
def end_wait_in_time(case: Case, *, at: datetime) -> bool:
    """Go on with `case`, whose wait is over by the clock.

    Return False if it waits no more, or if somebody is at it just now.
    """
    free = locked_if_free(case.pk)
    if free is None or not (free.state in AWAITING and free.state_until and free.state_until <= at):
        return False
    _go_on(free, came=False, at=at)
    record(WaitEnded(case_id=free.pk, came=False, state=free.state), by=None, at=at)
    return True


def _go_on(case: Case, *, came: bool, at: datetime) -> None:
    case.waits.filter(ended_at=None).update(ended_at=at, came=came)
    move(case, State.INVESTIGATING, at=at)
    settle(case)
