"""Another person looks at what was decided. Source: case-model 2.3, 2.6."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.cases.actions.letters import Need, Told, tell_colleague, tell_customer
from amends.cases.actions.within import (
    Barred,
    is_barred,
    locked_by,
    locked_open,
    move,
    must_be_able,
    settle,
)
from amends.cases.events.turns import ReviewAsked, ReviewFinished
from amends.cases.models.case import Case
from amends.cases.models.turns import InternalReview
from amends.cases.queries.deciders import decider_of, reviewer_for
from amends.cases.queries.letters import answerer_of
from amends.cases.rules.due import TO_REVIEW
from amends.cases.rules.kinds import Outcome
from amends.cases.rules.lifecycle import State
from amends.cases.rules.turns import Reviewed
from amends.journal.actions import Actor, record
from amends.people.queries import mail_address_of
from amends.staff.actions.authorise import require
from amends.staff.models import Staff
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Second:
    """What somebody came to who looked at a decision again.

    outcome: what the case comes to now, where the decision changes.
    """

    result: Reviewed
    reasons: str
    outcome: Outcome | None = None


@transaction.atomic
def ask_for_review(
    case: Case, *, reason: str, by: Actor, at: datetime, reviewer: Staff | None = None
) -> InternalReview:
    """Have another person look at the decision on `case`, and return the review.

    Without `reviewer`, the nearest who did not decide it. Where there is no second person, who
    answers for the case looks again, and the customer is told so and whom to turn to outside.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, WhyReviewNeeded, DecidedIt,
    CannotLookAfterIt, NotTheOrder.
    """
    case = locked_by(case, by=by)
    if not reason.strip():
        raise WhyReviewNeeded
    decider, second = decider_of(case), reviewer_for(case)
    if reviewer:
        must_be_able(case, reviewer)
    if reviewer and second and decider and reviewer.pk == decider.pk:
        raise DecidedIt(name=decider.name)
    chosen = reviewer or second or answerer_of(case)
    move(case, State.INTERNAL_REVIEW, at=at, until=at + TO_REVIEW)
    review = InternalReview.objects.create(
        case=case,
        reason=reason.strip(),
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
    _tell(case, review, by, at)
    return review


@transaction.atomic
def finish_review(
    review: InternalReview, *, second: Second, by: Staff, at: datetime
) -> InternalReview:
    """Write down what another person came to, tell the customer, and return the review.

    Only who was asked to look decides here, whoever owns the case.

    Raises NotAllowed, Barred, CaseHasEnded, ReviewOver, NotYourReview, ReviewReasonsNeeded,
    NotTheOrder.
    """
    require(by, Act.WORK_ON_CASE)
    case = locked_open(review.case)
    if is_barred(case, by):
        raise Barred
    review = InternalReview.objects.select_for_update(of=("self",)).get(pk=review.pk)
    if review.done_at or case.state != State.INTERNAL_REVIEW:
        raise ReviewOver(reference=case.reference)
    if review.reviewer_id != by.pk:
        raise NotYourReview(name=review.reviewer.name)
    if not second.reasons.strip():
        raise ReviewReasonsNeeded
    review.done_at, review.result, review.reasons = at, second.result, second.reasons.strip()
    review.save()
    if second.result is Reviewed.CHANGES and second.outcome:
        case.outcome = second.outcome
    move(case, State.DECIDED, at=at)
    settle(case)
    record(
        ReviewFinished(
            case_id=case.pk, review_id=review.pk, result=review.result, state=case.state
        ),
        by=by,
        at=at,
    )
    if mail_address_of(case.person):
        tell_customer(case, told=Told.REVIEW_FINISHED, facts={"review": review}, by=by, at=at)
    return review


def _tell(case: Case, review: InternalReview, by: Actor, at: datetime) -> None:
    """Tell who is to look, and the customer who that is and by when they hear."""
    if review.reviewer != by:
        tell_colleague(review.reviewer, case=case, need=Need.REVIEW, by=by, at=at)
    if mail_address_of(case.person):
        author = review.reviewer
        tell_customer(case, told=Told.REVIEW_ASKED, facts={"review": review}, by=author, at=at)
