"""Proposing a remedy: approval of what is beyond one's authority, and the customer's view of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.cases.actions.within import locked_by, locked_for, locked_if_free, move, settle
from amends.cases.events.deciding import (
    ApprovalAnswered,
    ApprovalAsked,
    ApprovalPassedOn,
    ProposalTakenBack,
    RemedyProposed,
    ViewHeard,
)
from amends.cases.models.case import Case
from amends.cases.models.deciding import Approval, Option, Proposal
from amends.cases.queries.approving import approvers_of, deputy_for, may_approve
from amends.cases.queries.proposing import proposing_facts
from amends.cases.rules.kinds import How
from amends.cases.rules.lifecycle import State
from amends.cases.rules.proposing import (
    MOST_REMINDERS,
    TO_APPROVE,
    Unready,
    obstacles_to_proposing,
)
from amends.journal.actions import Actor, record
from amends.staff.models import Staff
from amends.staff.queries import deputies_at
from amends.staff.rules.permissions import Act


class NotReadyToPropose(Refused):
    text = _("%(reference)s is not ready for a proposal yet.")

    def __init__(self, *, reference: str, obstacles: Sequence[Unready]) -> None:
        super().__init__(reference=reference)
        self.obstacles = tuple(obstacles)


class ApprovalReasonNeeded(Refused):
    text = _("Say why this should be given.")


class NobodyMayApprove(Refused):
    text = _("Nobody else here may give this. Give less, or ask a manager to raise the limits.")


class CannotApprove(Refused):
    text = _("%(name)s may not give this either. Choose another colleague.")


class ApprovalWaits(Refused):
    text = _("This was asked already, and waits for %(name)s.")


class ApprovalAnsweredAlready(Refused):
    text = _("This was answered already.")


class ApprovalWordsNeeded(Refused):
    text = _("Say why not, so that something else can be found.")


class NothingProposed(Refused):
    text = _("Nothing was put to the customer yet.")


class ViewNeeded(Refused):
    text = _("Write down what they say to it, or what was tried to hear them.")


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What the customer says to a proposal, in their words; or what was tried to hear them.

    value_confirmed: whether they say that it is worth it to them.
    """

    words: str = ""
    how: How | None = None
    value_confirmed: bool | None = None
    tried: str = ""


@transaction.atomic
def ask_approval(
    option: Option, *, reason: str, by: Staff, at: datetime, of: Staff | None = None
) -> Approval:
    """Ask somebody with the authority for it whether `option` may be given; return the approval.

    of: whom to ask; None for the nearest. They have a day to answer; then they are
    reminded, and a deputy is asked besides; at once where they are away.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, ApprovalReasonNeeded, ApprovalWaits,
    NobodyMayApprove, CannotApprove.
    """
    case = locked_for(option.case, by=by)
    if not reason.strip():
        raise ApprovalReasonNeeded
    if waits := option.approvals.filter(answered_at=None).select_related("asked_of").first():
        raise ApprovalWaits(name=waits.asked_of.name)
    able = approvers_of(option, asked_by=by)
    asked = able.filter(pk=of.pk).first() if of else able.first()
    if asked is None and of:
        raise CannotApprove(name=of.name)
    if asked is None:
        raise NobodyMayApprove
    approval = Approval.objects.create(
        case=case,
        option=option,
        asked_by=by,
        asked_of=asked,
        reason=reason.strip(),
        asked_at=at,
        due_at=at + TO_APPROVE,
    )
    if deputies_at([asked.pk], at=at):
        approval.deputy = deputy_for(approval, at=at)
        approval.save(update_fields=["deputy"])
    settle(case)
    record(
        ApprovalAsked(case_id=case.pk, approval_id=approval.pk, asked_of_id=asked.pk), by=by, at=at
    )
    return approval


@transaction.atomic
def answer_approval(
    approval: Approval, *, granted: bool, by: Staff, at: datetime, words: str = ""
) -> Approval:
    """Let what was asked be given, or not, and return the approval.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, ApprovalAnsweredAlready, CannotApprove,
    ApprovalWordsNeeded.
    """
    case = locked_for(approval.case, by=by, act=Act.MAKE_PROMISE)
    approval = Approval.objects.select_for_update().get(pk=approval.pk)
    if approval.answered_at:
        raise ApprovalAnsweredAlready
    if not may_approve(approval, by):
        raise CannotApprove(name=by.name)
    if not granted and not words.strip():
        raise ApprovalWordsNeeded
    approval.granted, approval.words = granted, words.strip()
    approval.answered_by, approval.answered_at, approval.due_at = by, at, None
    approval.save()
    settle(case)
    record(
        ApprovalAnswered(case_id=case.pk, approval_id=approval.pk, granted=granted), by=by, at=at
    )
    return approval


@transaction.atomic
def remind_of_approval(approval: Approval, *, at: datetime) -> bool:
    """Remind whom `approval` waits for, and ask a deputy besides, if there is one.

    Return False if it was answered meanwhile, or somebody is at the case just now. After the third
    reminder nothing more is sent; it waits on.
    """
    case = locked_if_free(approval.case_id)
    approval = Approval.objects.get(pk=approval.pk)
    if case is None or approval.due_at is None or approval.due_at > at:
        return False
    approval.deputy = approval.deputy or deputy_for(approval, at=at)
    approval.reminders += 1
    last = approval.reminders >= MOST_REMINDERS or not case.is_open
    approval.due_at = None if last else at + TO_APPROVE
    approval.save()
    deputy = approval.deputy
    record(
        ApprovalPassedOn(
            case_id=case.pk, approval_id=approval.pk, deputy_id=deputy.pk if deputy else None
        ),
        by=None,
        at=at,
    )
    return True


@transaction.atomic
def propose_remedy(option: Option, *, by: Staff, at: datetime) -> Proposal:
    """Put `option` to the customer, and return the proposal. The case is then PROPOSED.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, NotReadyToPropose (whose `obstacles` say
    why), NotTheOrder.
    """
    case = locked_for(option.case, by=by, act=Act.MAKE_PROMISE)
    option = Option.objects.get(pk=option.pk)
    if obstacles := obstacles_to_proposing(proposing_facts(case, option, by=by)):
        raise NotReadyToPropose(reference=case.reference, obstacles=obstacles)
    move(case, State.PROPOSED, at=at)
    proposal = Proposal.objects.create(case=case, option=option, by=by, at=at)
    settle(case)
    record(
        RemedyProposed(
            case_id=case.pk, proposal_id=proposal.pk, option_id=option.pk, state=case.state
        ),
        by=by,
        at=at,
    )
    return proposal


@transaction.atomic
def hear_view(proposal: Proposal, *, view: View, by: Actor, at: datetime) -> Proposal:
    """Write down what the customer says to `proposal`, or what was tried to hear them; return it.

    What is said later stands in the place of what was said before.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, NothingProposed, ViewNeeded.
    """
    case = locked_by(proposal.case, by=by)
    proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if proposal.ended_at:
        raise NothingProposed
    if not (view.tried.strip() or (view.words.strip() and view.how)):
        raise ViewNeeded
    proposal.view, proposal.view_how = view.words.strip(), view.how.value if view.how else ""
    proposal.value_confirmed, proposal.tried = view.value_confirmed, view.tried.strip()
    proposal.heard_at = at
    proposal.save()
    settle(case)
    record(
        ViewHeard(
            case_id=case.pk,
            proposal_id=proposal.pk,
            how=proposal.view_how,
            value_confirmed=bool(view.value_confirmed),
        ),
        by=by,
        at=at,
    )
    return proposal


@transaction.atomic
def take_proposal_back(proposal: Proposal, *, by: Staff, at: datetime) -> Case:
    """Look again, because of what the customer said or what came to light; return the case.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, NotTheOrder.
    """
    case = locked_for(proposal.case, by=by)
    move(case, State.INVESTIGATING, at=at)
    settle(case)
    record(
        ProposalTakenBack(case_id=case.pk, proposal_id=proposal.pk, state=case.state), by=by, at=at
    )
    return case
