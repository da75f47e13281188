"""Another person looks at what was decided. Source: case-model 2.3, 2.6."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.cases.actions.deciding import NothingDecided, NotReadyToDecide, Said, keep_written
from amends.cases.actions.final_responses import journal_decision, send_letter
from amends.cases.actions.letters import Told, tell_customer
from amends.cases.actions.ruling import end_ruling
from amends.cases.actions.within import (
    Barred,
    CaseHasEnded,
    is_barred,
    let_go,
    locked,
    locked_open,
    move,
    must_be_able,
    must_be_allowed,
    settle,
)
from amends.cases.events.turns import ReviewAsked, ReviewFinished
from amends.cases.models.case import Case
from amends.cases.models.deciding import Decision, FinalResponse, Option, Proposal
from amends.cases.models.promises import Promise
from amends.cases.models.turns import InternalReview
from amends.cases.queries.deciders import decider_of, reviewer_for
from amends.cases.queries.final_letter import final_letter_of
from amends.cases.queries.letters import answerer_of
from amends.cases.queries.proposing import draft_of_decision, last_decision_of, proposing_facts
from amends.cases.queries.ways import ruling_of
from amends.cases.rules.due import TO_REVIEW
from amends.cases.rules.kinds import How, Outcome
from amends.cases.rules.lifecycle import State
from amends.cases.rules.proposing import Approved, Undecided, obstacles_to_proposing
from amends.cases.rules.turns import Reviewed, after_review, may_reopen
from amends.journal.actions import Actor, record
from amends.people.queries import mail_address_of
from amends.staff.actions.authorise import require
from amends.staff.models import Staff
from amends.staff.queries import organisation
from amends.staff.rules.permissions import Act


class WhyReviewNeeded(Refused):
    text = _("Say what should be looked at again, in their words.")


class DecidedIt(Refused):
    text = _("%(name)s decided it. Another person looks at it.")


class NotYourReview(Refused):
    text = _("%(name)s looks at it again, and nobody else.")


class ReviewOver(Refused):
    text = _("Nobody looks at %(reference)s again just now.")


class ReviewReasonsNeeded(Refused):
    text = _("Say what you found, and why; the customer reads it.")


class NoSuchOption(Refused):
    text = _("Choose one of the ways to put it right that stand on this case.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Second:
    """What somebody came to who looked at a decision again.

    reasons: may be empty where a new decision was written, which says them. outcome: what the case
    comes to now, where the decision changes and none was ever written down; else it follows from
    what was found. medium: how the new letter leaves.
    """

    result: Reviewed
    reasons: str = ""
    outcome: Outcome | None = None
    medium: How = How.EMAIL


@transaction.atomic
def ask_for_review(
    case: Case, *, reason: str, by: Actor, at: datetime, reviewer: Staff | None = None
) -> InternalReview:
    """Have another person look at the decision on `case`, and return the review.

    Without `reviewer`, the nearest who did not decide it. Where there is no second person, who
    answers for the case looks again, and the customer is told so and whom to turn to outside. What
    was decided and closed is looked at too, as long as a case may be opened again.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, WhyReviewNeeded, DecidedIt,
    CannotLookAfterIt, NotTheOrder.
    """
    case = _locked_to_review(case, by, at)
    if not reason.strip():
        raise WhyReviewNeeded
    decider, second = decider_of(case), reviewer_for(case)
    if reviewer:
        must_be_able(case, reviewer)
    if reviewer and second and decider and reviewer.pk == decider.pk:
        raise DecidedIt(name=decider.name)
    chosen = reviewer or second or answerer_of(case)
    was = case.state
    move(case, State.INTERNAL_REVIEW, at=at, until=at + TO_REVIEW)
    review = InternalReview.objects.create(
        case=case,
        reason=reason.strip(),
        was=was,
        reviewer=chosen,
        decider=decider,
        alone=second is None and decider is not None and chosen.pk == decider.pk,
        asked_at=at,
        due_at=at + TO_REVIEW,
    )
    settle(case)
    record(
        ReviewAsked(
            case_id=case.pk,
            review_id=review.pk,
            reviewer_id=chosen.pk,
            alone=review.alone,
            state=case.state,
        ),
        by=by,
        at=at,
    )
    _tell(case, review, at)
    return review


@transaction.atomic
def write_reviewed_decision(
    review: InternalReview, *, said: Said, by: Staff, at: datetime, option: Option | None = None
) -> Decision:
    """Keep what the reviewer writes into a new decision, and return the draft.

    option: what is given now; without one, what was given before. What the customer said when they
    asked for the review is their view of it.

    Raises NotAllowed, Barred, CaseHasEnded, ReviewOver, NotYourReview, NothingDecided,
    NoSuchOption.
    """
    case, review = _locked_review(review, by)
    first = last_decision_of(case)
    if first is None:
        raise NothingDecided(reference=case.reference)
    option = option or first.proposal.option
    if option.case_id != case.pk or option.dropped_at:
        raise NoSuchOption
    proposal = _proposal(first, option, review, by, at)
    return keep_written(proposal, said=said, review=review, by=by, at=at)


@transaction.atomic
def finish_review(
    review: InternalReview, *, second: Second, by: Staff, at: datetime
) -> InternalReview:
    """Write down what another person came to, tell the customer, and return the review.

    Only who was asked to look decides here, whoever owns the case. Where a letter had told the
    decision, another one that passes the same gate tells the new one. What stands goes on where it
    was; what changes is to be done.

    Raises NotAllowed, Barred, CaseHasEnded, ReviewOver, NotYourReview, ReviewReasonsNeeded,
    NotReadyToDecide (whose `obstacles` and `gaps` say why), NoAddress, NotTheOrder.
    """
    case, review = _locked_review(review, by)
    told_in_a_letter = last_decision_of(case) is not None
    changes = second.result is Reviewed.CHANGES
    if not (second.reasons.strip() or (changes and told_in_a_letter)):
        raise ReviewReasonsNeeded
    draft = _new_decision(case, review, by, at) if changes and told_in_a_letter else None
    review.done_at, review.result = at, second.result
    review.reasons = second.reasons.strip() or (draft.reasons if draft else "")
    review.save()
    if changes and second.outcome and draft is None:
        case.outcome = second.outcome
    owes = Promise.objects.filter(case=case).owed().exists() or case.done_at is None
    ways = after_review(State(review.was), second.result, decided_anew=bool(draft), owes=owes)
    _settle_ruling(case, review, second, at)
    for state in ways:
        move(case, state, at=at)
    response = _decide(draft, second.medium, at) if draft else None
    settle(case)
    finished = ReviewFinished(
        case_id=case.pk, review_id=review.pk, result=review.result, state=case.state
    )
    record(finished, by=by, at=at)
    if draft and response:
        journal_decision(case, draft, response, at=at)
    elif mail_address_of(case.person):
        tell_customer(case, told=Told.REVIEW_FINISHED, facts={"review": review}, by=by, at=at)
    return review


def _settle_ruling(case: Case, review: InternalReview, second: Second, at: datetime) -> None:
    """Let the ruling that was looked at end the case again, or stand no more."""
    ruling = ruling_of(case) if review.was == State.OUT_OF_SCOPE else None
    if ruling is None:
        return
    if second.result is Reviewed.STANDS:
        case.closed_by = ruling.by
        let_go(case, at=at)
        return
    end_ruling(ruling, review.reasons, by=review.reviewer, at=at)
    case.outcome = Outcome.NOT_JUDGED
    case.ended_reason = case.signpost = ""


def _locked_to_review(case: Case, by: Actor, at: datetime) -> Case:
    """Return the case locked; one that was decided and closed lately, too.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded.
    """
    case = locked(case)
    if isinstance(by, Staff):
        must_be_allowed(case, by=by, act=Act.WORK_ON_CASE)
    if not (case.is_open or _may_be_taken_up(case, at)):
        raise CaseHasEnded(reference=case.reference)
    if case.owner and not case.owner.may(Act.WORK_ON_CASE):
        case.owner = case.owned_since = None
    return case


def _may_be_taken_up(case: Case, at: datetime) -> bool:
    """Return whether a case that ended had a decision or ruling, and may still be opened again."""
    decided = case.state == State.CLOSED and last_decision_of(case) is not None
    ruled = case.state == State.OUT_OF_SCOPE and ruling_of(case) is not None
    if case.closed_at is None or not (decided or ruled):
        return False
    return may_reopen(case.closed_at, at, days=organisation().reopen_days)


def _locked_review(review: InternalReview, by: Staff) -> tuple[Case, InternalReview]:
    """Return the case and its review, which is open and `by`'s to finish."""
    require(by, Act.WORK_ON_CASE)
    case = locked_open(review.case)
    if is_barred(case, by):
        raise Barred
    review = InternalReview.objects.select_for_update(of=("self",)).get(pk=review.pk)
    if review.done_at or case.state != State.INTERNAL_REVIEW:
        raise ReviewOver(reference=case.reference)
    if review.reviewer_id != by.pk:
        raise NotYourReview(name=review.reviewer.name)
    return case, review


def _proposal(
    first: Decision, option: Option, review: InternalReview, by: Staff, at: datetime
) -> Proposal:
    """Return what the new decision decides on: what was proposed before, or this option now."""
    if option.pk == first.proposal.option_id:
        return first.proposal
    proposal, _new = Proposal.objects.get_or_create(
        case=review.case,
        option=option,
        at__gte=review.asked_at,
        defaults={
            "by": by,
            "at": at,
            "view": review.reason,
            "heard_at": review.asked_at,
            "ended_at": at,
        },
    )
    return proposal


def _new_decision(case: Case, review: InternalReview, by: Staff, at: datetime) -> Decision:
    """Return the draft of the new decision, which lacks nothing.

    Raises NotReadyToDecide.
    """
    draft = draft_of_decision(case)
    if draft is None or draft.review_id != review.pk:
        raise NotReadyToDecide(reference=case.reference, obstacles=[Undecided.NO_REASONS])
    facts = proposing_facts(case, draft.proposal.option, by=by)
    if draft.proposal.decisions.filter(decided_at__isnull=False).exists():
        facts = replace(facts, approved=Approved.NOT_NEEDED)  # it was given already
    if obstacles := obstacles_to_proposing(facts):
        raise NotReadyToDecide(reference=case.reference, obstacles=obstacles)
    draft.case, draft.decider, draft.review = case, by, review
    if gaps := final_letter_of(draft, at=at).gaps:
        raise NotReadyToDecide(reference=case.reference, gaps=gaps)
    return draft


def _decide(draft: Decision, medium: How, at: datetime) -> FinalResponse:
    """Decide what the reviewer wrote, and send the letter that tells it."""
    draft.decided_at, draft.outcome = at, draft.case.outcome
    draft.save()
    return send_letter(draft, final_letter_of(draft, at=at), medium, at)


def _tell(case: Case, review: InternalReview, at: datetime) -> None:
    """Tell the customer who looks, and by when they hear."""
    if mail_address_of(case.person):
        author = review.reviewer
        tell_customer(case, told=Told.REVIEW_ASKED, facts={"review": review}, by=author, at=at)
