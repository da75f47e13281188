"""Deciding, and telling it in the final response: by mail, and as a letter well set."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.cases.actions.final_responses import journal_decision, send_letter
from amends.cases.actions.proposing import NothingProposed
from amends.cases.actions.within import locked, locked_for, move, must_be_allowed, settle
from amends.cases.events.deciding import (
    DecisionWritten,
    FinalResponseDelivered,
    FinalResponseSent,
)
from amends.cases.models.case import Case
from amends.cases.models.deciding import Decision, FinalResponse, Proposal
from amends.cases.models.turns import InternalReview, OutsideProceeding
from amends.cases.queries.final_letter import final_letter_of
from amends.cases.queries.proposing import (
    draft_of_decision,
    last_decision_of,
    proposal_of,
    proposing_facts,
)
from amends.cases.rules.gate import Gap
from amends.cases.rules.kinds import How
from amends.cases.rules.lifecycle import State
from amends.cases.rules.proposing import (
    Undecided,
    Unready,
    obstacles_to_proposing,
)
from amends.journal.actions import record
from amends.staff.models import Staff
from amends.staff.rules.permissions import Act


class NotReadyToDecide(Refused):
    """It cannot be decided yet: `obstacles` say why, and `gaps` what the final response lacks."""

    text = _("%(reference)s cannot be decided yet. The final response must be whole first.")

    def __init__(
        self,
        *,
        reference: str,
        obstacles: Sequence[Unready | Undecided] = (),
        gaps: Sequence[Gap] = (),
    ) -> None:
        super().__init__(reference=reference)
        self.obstacles, self.gaps = tuple(obstacles), tuple(gaps)


class NothingDecided(Refused):
    text = _("Nothing was decided on %(reference)s yet.")


class DeliveredHow(Refused):
    text = _("Say how you know that they have it.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What only a person can write into a final response, in the customer's language.

    admits: that we say we were wrong; an apology says no such thing.
    """

    reasons: str = ""
    apology: str = ""
    changes: str = ""
    admits: bool = False


@transaction.atomic
def write_decision(case: Case, *, said: Said, by: Staff, at: datetime) -> Decision:
    """Keep what `by` writes into the final response of `case`, and return the draft.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, NothingProposed.
    """
    case = locked_for(case, by=by, act=Act.MAKE_PROMISE)
    proposal = proposal_of(case)
    if proposal is None or case.state != State.PROPOSED:
        raise NothingProposed
    return keep_written(proposal, said=said, by=by, at=at)


@transaction.atomic
def keep_written(
    proposal: Proposal,
    *,
    said: Said,
    by: Staff,
    at: datetime,
    review: InternalReview | None = None,
    proceeding: OutsideProceeding | None = None,
) -> Decision:
    """Keep what `by` writes on `proposal` as the one draft of its case, and return that.

    review, proceeding: what it is written for, where the case was decided before. The caller holds
    the case.
    """
    draft, _new = Decision.objects.update_or_create(
        case_id=proposal.case_id,
        decided_at=None,
        defaults={
            "proposal": proposal,
            "decider": by,
            "review": review,
            "proceeding": proceeding,
            "reasons": said.reasons.strip(),
            "apology": said.apology.strip(),
            "changes": said.changes.strip(),
            "admits": said.admits,
            "written_at": at,
        },
    )
    record(DecisionWritten(case_id=draft.case_id, decision_id=draft.pk), by=by, at=at)
    return draft


@transaction.atomic
def decide_case(case: Case, *, by: Staff, at: datetime, medium: How = How.EMAIL) -> FinalResponse:
    """Decide `case` as it was written, send the final response, and return it.

    Whoever decides signs. What the letter gives by itself is given; all else waits to be carried
    out. It leaves by mail with the letter as a PDF, or is printed and posted (`How.LETTER`).

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, NothingProposed, NotReadyToDecide (whose
    `obstacles` and `gaps` say why), NoAddress, NotTheOrder.
    """
    case = locked_for(case, by=by, act=Act.MAKE_PROMISE)
    proposal, decision = proposal_of(case), draft_of_decision(case)
    if proposal is None:
        raise NothingProposed
    obstacles = _obstacles(case, proposal, decision, by)
    if obstacles or decision is None:
        raise NotReadyToDecide(reference=case.reference, obstacles=obstacles)
    decision.case, decision.decider = case, by
    drafted = final_letter_of(decision, at=at)
    if drafted.gaps:
        raise NotReadyToDecide(reference=case.reference, gaps=drafted.gaps)
    move(case, State.DECIDED, at=at)
    decision.decided_at, decision.outcome = at, case.outcome
    decision.save()
    proposal.ended_at = at
    proposal.save(update_fields=["ended_at"])
    response = send_letter(decision, drafted, medium, at)
    case.apology_at, case.thanked_at = case.apology_at or at, case.thanked_at or at
    settle(case)
    journal_decision(case, decision, response, at=at)
    return response


@transaction.atomic
def send_final_response_again(
    case: Case, *, by: Staff, at: datetime, medium: How = How.EMAIL
) -> FinalResponse:
    """Send the final response of `case` once more, as one more version, and return that.

    Who decided it signs it, whoever sends it.

    Raises NotAllowed, Barred, NotYours, NothingDecided, NoAddress.
    """
    case = locked(case)
    must_be_allowed(case, by=by, act=Act.MAKE_PROMISE)
    decision = last_decision_of(case)
    if decision is None:
        raise NothingDecided(reference=case.reference)
    decision.case = case
    response = send_letter(decision, final_letter_of(decision, at=at), medium, at)
    settle(case)
    record(
        FinalResponseSent(case_id=case.pk, response_id=response.pk, version=response.version),
        by=by,
        at=at,
    )
    return response


@transaction.atomic
def note_delivery(response: FinalResponse, *, how: str, by: Staff, at: datetime) -> FinalResponse:
    """Write down that the customer has the final response, and how we know. The first time counts.

    Raises NotAllowed, Barred, NotYours, DeliveredHow.
    """
    case = locked(response.decision.case)
    must_be_allowed(case, by=by, act=Act.WORK_ON_CASE)
    if not how.strip():
        raise DeliveredHow
    if response.delivered_at is None:
        response.delivered_at, response.delivered_how = at, how.strip()
        response.save(update_fields=["delivered_at", "delivered_how"])
        settle(case)
    record(FinalResponseDelivered(case_id=case.pk, response_id=response.pk), by=by, at=at)
    return response


def _obstacles(
    case: Case, proposal: Proposal, decision: Decision | None, by: Staff
) -> list[Unready | Undecided]:
    """Return why `case` may not be decided: what held for proposing must hold still."""
    facts = proposing_facts(case, proposal.option, by=by)
    stands = {
        Undecided.VIEW_NOT_HEARD: proposal.heard_at is None,
        Undecided.NO_REASONS: decision is None,
    }
    late = [obstacle for obstacle, holds in stands.items() if holds]
    return [*obstacles_to_proposing(facts), *late]
