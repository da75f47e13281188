"""An outside body looks at a case: an ombudsman, a regulator, a court. Source: case-model 2.3, 2.6.

From that moment nothing of the case is deleted, and what the body decided is done by its day.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.cases.actions.within import (
    ask_at,
    let_go,
    locked,
    locked_for,
    move,
    must_be_allowed,
    settle,
)
from amends.cases.events.turns import CompliedWith, DecidedOutside, OutsideAsked, WentOutside
from amends.cases.models.bundles import Bundle
from amends.cases.models.case import Case
from amends.cases.models.promises import FollowUp, Promise
from amends.cases.models.turns import OutsideProceeding
from amends.cases.queries.proposing import last_decision_of
from amends.cases.rules.due import BEFORE_ASKING, TO_ASK_OUTSIDE
from amends.cases.rules.kinds import Outcome, Verdict
from amends.cases.rules.lifecycle import State, may_follow
from amends.cases.rules.turns import Accepted, after_outside, must_comply
from amends.journal.actions import Actor, record
from amends.staff.models import Staff
from amends.staff.queries import organisation
from amends.staff.rules.permissions import Act


class BodyNeeded(Refused):
    text = _("Say which body it is, and the reference they gave it.")


class NotOutside(Refused):
    text = _("No outside body looks at %(reference)s just now.")


class RulingIncomplete(Refused):
    text = _("Say what they decided, and why.")


class ComplyByNeeded(Refused):
    text = _("Say what we are to do and by when: a moment still to come.")


class NothingToComplyWith(Refused):
    text = _("Nothing that an outside body decided is left to do on %(reference)s.")


class ComplianceEvidenceNeeded(Refused):
    text = _("Say in a few words what was done as they decided.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """Who looks at a case outside, and under which reference."""

    name: str
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What an outside body decided. award: what we are to do, empty for nothing; comply_by: when.

    accepted: who accepted it; what binds us is done whoever did.
    """

    outcome: Outcome
    binding: bool
    accepted: Accepted
    reasons: str
    award: str = ""
    comply_by: datetime | None = None


@transaction.atomic
def go_outside(case: Case, *, body: Body, by: Actor, at: datetime) -> OutsideProceeding:
    """Write down that an outside body looks at `case`, open or closed; return the proceeding.

    A body opens when it likes. A review inside ends by it: two do not decide at once. The file of
    the whole case that the body will ask for is begun with it.

    Raises NotAllowed, Barred, NotYours, BodyNeeded, NotTheOrder.
    """
    case = locked(case)
    if isinstance(by, Staff):
        must_be_allowed(case, by=by, act=Act.WORK_ON_CASE)
    if not (body.name.strip() and body.reference.strip()):
        raise BodyNeeded
    was_closed = case.state == State.CLOSED
    move(case, State.EXTERNAL, at=at, until=at + TO_ASK_OUTSIDE)
    proceeding = OutsideProceeding.objects.create(
        case=case,
        body=body.name.strip(),
        reference=body.reference.strip(),
        was_closed=was_closed,
        opened_at=at,
    )
    Bundle.objects.create(
        case=case,
        proceeding=proceeding,
        to=proceeding.body,
        language=organisation().language,
        begun_by=by if isinstance(by, Staff) else None,
        begun_at=at,
    )
    if case.owner and not case.owner.may(Act.WORK_ON_CASE):
        case.owner = case.owned_since = None
    settle(case)
    record(
        WentOutside(
            case_id=case.pk,
            proceeding_id=proceeding.pk,
            state=case.state,
            owner_id=case.owner_id,
        ),
        by=by,
        at=at,
    )
    return proceeding


@transaction.atomic
def ask_outside_again(case: Case, *, by: Staff, at: datetime) -> Case:
    """Write down that we asked at the outside body how it stands, and plan to ask again; return it.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, NotOutside.
    """
    case, proceeding = _locked_outside(case, by)
    case.state_until = at + TO_ASK_OUTSIDE
    settle(case)
    record(OutsideAsked(case_id=case.pk, proceeding_id=proceeding.pk), by=by, at=at)
    return case


@transaction.atomic
def record_outside_decision(
    case: Case, *, ruling: Ruling, by: Staff, at: datetime
) -> OutsideProceeding:
    """Write down what the outside body decided, and return the proceeding.

    What binds us, or we accepted, becomes due by its day. What was closed before, and asks nothing
    more of us, is closed again. Where our own letter had said otherwise, another one is owed.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, NotOutside, RulingIncomplete, ComplyByNeeded.
    """
    case, proceeding = _locked_outside(case, by)
    if ruling.outcome is Outcome.NOT_JUDGED or not ruling.reasons.strip():
        raise RulingIncomplete
    award = ruling.award.strip()
    owes = must_comply(
        binding=ruling.binding, accepted=ruling.accepted, something_to_do=bool(award)
    )
    if owes and (ruling.comply_by is None or ruling.comply_by <= at):
        raise ComplyByNeeded
    proceeding.decided_at, proceeding.outcome = at, ruling.outcome
    proceeding.binding, proceeding.accepted = ruling.binding, ruling.accepted
    proceeding.reasons, proceeding.award = ruling.reasons.strip(), award
    proceeding.comply_by = ruling.comply_by if owes else None
    proceeding.save()
    other = case.outcome != ruling.outcome
    case.comply_by, case.outcome = proceeding.comply_by, ruling.outcome
    _come_back(case, proceeding, owes=owes, at=at)
    if (owes or other) and case.is_open and last_decision_of(case):
        case.letter_owed_since = at  # our letter said otherwise: another one says what we do now
        settle(case)
    record(
        DecidedOutside(
            case_id=case.pk,
            proceeding_id=proceeding.pk,
            binding=ruling.binding,
            accepted=ruling.accepted,
            comply_by=proceeding.comply_by.isoformat() if proceeding.comply_by else "",
            state=case.state,
        ),
        by=by,
        at=at,
    )
    return proceeding


@transaction.atomic
def comply(case: Case, *, evidence: str, by: Staff, at: datetime) -> Case:
    """Write down that what an outside body decided was done, plan to ask after it; return the case.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, NothingToComplyWith,
    ComplianceEvidenceNeeded.
    """
    case = locked_for(case, by=by)
    if not evidence.strip():
        raise ComplianceEvidenceNeeded
    owed = OutsideProceeding.objects.select_for_update().filter(case=case, complied_at=None)
    proceeding = owed.exclude(comply_by=None).order_by("-pk").first()
    if case.comply_by is None or proceeding is None:
        raise NothingToComplyWith(reference=case.reference)
    proceeding.complied_at, proceeding.evidence = at, evidence.strip()[:500]
    proceeding.save(update_fields=["complied_at", "evidence"])
    case.comply_by, case.done_at, case.done_what = None, at, proceeding.evidence
    case.verdict = ""
    if not case.follow_ups.filter(answered_at=None, dropped_at=None).exists():
        FollowUp.objects.create(case=case, due_at=ask_at(case, at + BEFORE_ASKING, at=at))
    for state in (State.FULFILLING, State.FOLLOW_UP):  # what binds us needs nobody's yes
        if may_follow(State(case.state), state):
            move(case, state, at=at)
    settle(case)
    record(
        CompliedWith(case_id=case.pk, proceeding_id=proceeding.pk, state=case.state), by=by, at=at
    )
    return case


def _locked_outside(case: Case, by: Staff) -> tuple[Case, OutsideProceeding]:
    case = locked_for(case, by=by)
    proceedings = OutsideProceeding.objects.select_for_update().filter(case=case, decided_at=None)
    proceeding = proceedings.first()
    if case.state != State.EXTERNAL or proceeding is None:
        raise NotOutside(reference=case.reference)
    return case, proceeding


def _come_back(case: Case, proceeding: OutsideProceeding, *, owes: bool, at: datetime) -> None:
    """Bring `case` back from outside: to be closed again, or to go on here."""
    back = after_outside(was_closed=proceeding.was_closed, owes=owes)
    still_due = Promise.objects.filter(case=case).owed().exists() or case.verdict == Verdict.NO
    if still_due and back is State.CLOSED:
        back = State.DECIDED
    move(case, back, at=at)
    if back is State.DECIDED and not owes and last_decision_of(case) is None:
        move(case, State.FULFILLING, at=at)  # nobody's decision waits to be done: work goes on
    if back is State.CLOSED:
        case.verdict = case.verdict or Verdict.NO_ANSWER
        let_go(case, at=at)
    settle(case)
