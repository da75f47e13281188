"""The guards of a case from the decision to its end, and of what may happen at any time."""

from amends.cases.actions import (
    assessment,
    closing,
    merging,
    outside,
    ownership,
    promises,
    their_answer,
)
from amends.cases.actions.reviewing import (
    DecidedIt,
    ReviewReasonsNeeded,
    Second,
    ask_for_review,
    finish_review,
)
from amends.cases.actions.within import CaseHasEnded, NotTheOrder
from amends.cases.models.colleagues import Handover
from amends.cases.models.turns import (
    Merging,
    OutsideProceeding,
)
from amends.cases.rules.kinds import CaseKind
from amends.cases.rules.lifecycle import State
from amends.cases.rules.turns import Reviewed
from tests import guarded
from tests.guarded import LATER
from tests.guards import Guard, another_s_case, ended, nothing, same_person_reviews, set_on

GUARDS = {
    "carried out: what was decided": Guard(
        ground=guarded.not_heard,
        act=lambda case, by: their_answer.agree_to_decision(case, by=case.person, at=LATER),
        refused=NotTheOrder,
        page=("accepted", lambda _case: {"how": "telephone"}),
        portal=("decision-yes", {}),
    ),
    "looked at again: by another person": Guard(
        ground=guarded.decided,
        act=lambda case, by: ask_for_review(case, reason="Why?", by=by, at=LATER, reviewer=by),
        refused=DecidedIt,
        page=("review", lambda case: {"reason": "Why?", "reviewer": case.owner_id}),
        portal=("another-look", {"words": " "}),
        rows=(same_person_reviews,),
    ),
    "decided again: with reasons": Guard(
        ground=guarded.under_review,
        act=lambda case, by: finish_review(
            case.reviews.get(),
            second=Second(result=Reviewed.STANDS),
            by=case.team.duty_owner,
            at=LATER,
        ),
        refused=ReviewReasonsNeeded,
        page=("review-done", lambda _case: {"result": "stands"}),
        rows=(lambda case: case.reviews.update(done_at=LATER, result=Reviewed.STANDS, reasons=""),),
    ),
    "outside: which body, by which reference": Guard(
        ground=guarded.decided,
        act=lambda case, by: outside.go_outside(
            case, body=outside.Body(name="The office", reference=" "), by=by, at=LATER
        ),
        refused=outside.BodyNeeded,
        page=("outside", lambda _case: {"name": "The office"}),
        portal=("outside", {"words": " "}),
        rows=(
            lambda case: OutsideProceeding.objects.create(
                case=case, body="The office", reference="", opened_at=LATER
            ),
        ),
    ),
    "followed up: with evidence of what was done": Guard(
        ground=guarded.promised,
        act=lambda case, by: promises.keep_promise(
            case.promises.get(), evidence=" ", by=by, at=LATER
        ),
        refused=promises.NoEvidence,
        page=("kept", lambda _case: {"evidence": " "}),
        rows=(lambda case: case.promises.update(kept_at=LATER, kept_evidence=""),),
    ),
    "closed: asked whether it is put right": Guard(
        ground=guarded.kept,
        act=lambda case, by: closing.close_case(case, by=by, at=LATER),
        refused=closing.NotReadyToClose,
        page=("close", nothing),
        rows=(lambda case: ended(case, State.CLOSED, verdict=""),),
    ),
    "opened again: on something new": Guard(
        ground=guarded.closed,
        act=lambda case, by: closing.reopen_case(case, reason=" ", by=by, at=LATER),
        refused=closing.ReasonNeeded,
        page=("reopen", lambda _case: {"reason": " "}),
        portal=("again", {"words": " "}),
        rows=(lambda case: set_on(case, state=State.INVESTIGATING),),
    ),
    "taken back: in their own words": Guard(
        ground=guarded.told,
        act=lambda case, by: closing.withdraw_case(case, statement=" ", by=by, at=LATER),
        refused=closing.ReasonNeeded,
        page=("withdraw", lambda _case: {"statement": " "}),
        portal=("withdraw", {"words": " "}),
        rows=(lambda case: ended(case, State.WITHDRAWN, ended_reason=""),),
    ),
    "joined: told by the same customer": Guard(
        ground=guarded.told,
        act=lambda case, by: merging.merge_case(
            case, into=another_s_case(case), reason="One story.", by=by, at=LATER
        ),
        refused=merging.AnotherCustomer,
        page=(
            "merge",
            lambda case: {"into": another_s_case(case).reference, "reason": "One story."},
        ),
        rows=(
            lambda case: Merging.objects.create(
                case=case, into=case, reason="One.", at=LATER, by=case.owner, was="received"
            ),
            lambda case: ended(case, State.MERGED, merged_into=None),
        ),
    ),
    "called otherwise: with a second pair of eyes": Guard(
        ground=guarded.told,
        act=lambda case, by: assessment.change_kind(
            case, kind=CaseKind.ENQUIRY, reason="So.", by=by, at=LATER
        ),
        refused=assessment.SecondPairOfEyesNeeded,
        page=("kind", lambda _case: {"kind": "enquiry", "reason": "So."}),
        rows=(lambda case: set_on(case, kind="nothing"),),
    ),
    "handed over: with what matters": Guard(
        ground=guarded.told,
        act=lambda case, by: ownership.offer_handover(
            case, to=case.team.duty_owner, summary=" ", by=by, at=LATER
        ),
        refused=ownership.SummaryNeeded,
        page=("hand-over", lambda case: {"to": case.team.duty_owner_id, "summary": " "}),
        rows=(
            lambda case: Handover.objects.create(
                case=case,
                giver=case.owner,
                taker=case.team.duty_owner,
                summary="",
                offered_at=LATER,
            ),
        ),
    ),
    "ended: nothing more is done": Guard(
        ground=guarded.closed,
        act=lambda case, by: closing.close_case(case, by=by, at=LATER),
        refused=CaseHasEnded,
        page=("close", nothing),
    ),
}
