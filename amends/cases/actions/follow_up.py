"""Is it put right? Asked on the promised day, by the customer's channel, and answered."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.cases.actions.within import (
    drop_questions,
    locked_for,
    locked_open,
    move,
    settle,
    shut,
    step_up,
)
from amends.cases.events import DoneOnTheSpot, PutRightAnswered, PutRightAsked
from amends.cases.models.case import Case
from amends.cases.models.promises import Attempt, FollowUp
from amends.cases.queries.facts import closing_facts
from amends.cases.rules.closing import obstacles_to_closing
from amends.cases.rules.due import BEFORE_ASKING_AGAIN
from amends.cases.rules.kinds import AttemptResult, How, Verdict
from amends.cases.rules.lifecycle import State, may_follow
from amends.journal.actions import Actor, record
from amends.staff.models import Staff


class NothingWritten(Refused):
    text = _("Write down what was done.")


class AnsweredAlready(Refused):
    text = _("This question was answered already. Thank you.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The customer's own word on whether it is put right, and how it came."""

    verdict: Verdict
    how: How
    words: str = ""


@transaction.atomic
def finish_on_the_spot(case: Case, *, done: str, yes_how: How, by: Staff, at: datetime) -> Case:
    """Write down what was `done` while the customer was there, and their yes to it.

    The customer was asked and said yes, so the case is ready to be thanked for and closed.

    Raises NotAllowed, CaseHasEnded, Barred, NotYours, NothingWritten.
    """
    case = locked_for(case, by=by)
    if not done.strip():
        raise NothingWritten
    if case.owner_id is None:
        case.owner, case.owned_since = by, at
    step_up(case, State.EARLY_RESOLUTION, at=at)
    case.done_at, case.done_what, case.yes_how = at, done, yes_how
    case.verdict = Verdict.YES
    FollowUp.objects.create(
        case=case, asked_at=at, answered_at=at, answered_how=yes_how, verdict=Verdict.YES
    )
    settle(case)
    record(DoneOnTheSpot(case_id=case.pk, how=yes_how, state=case.state), by=by, at=at)
    return case


@transaction.atomic
def note_attempt(
    follow_up: FollowUp, *, how: How, result: AttemptResult, by: Staff | None, at: datetime
) -> FollowUp:
    """Write down that the customer was asked, and plan to ask again; return the follow-up.

    `by` is None when Amends itself asks. Reaching the customer is no answer yet.

    Raises CaseHasEnded, AnsweredAlready.
    """
    case = locked_open(follow_up.case)
    follow_up = FollowUp.objects.select_for_update().get(pk=follow_up.pk)
    if follow_up.answered_at:
        raise AnsweredAlready
    Attempt.objects.create(follow_up=follow_up, at=at, how=how, result=result, by=by)
    follow_up.asked_at, follow_up.due_at = at, at + BEFORE_ASKING_AGAIN
    follow_up.save(update_fields=["asked_at", "due_at"])
    settle(case)
    record(
        PutRightAsked(case_id=case.pk, follow_up_id=follow_up.pk, how=how, result=result),
        by=by,
        at=at,
    )
    return follow_up


@transaction.atomic
def answer_put_right(follow_up: FollowUp, *, answer: Answer, by: Actor, at: datetime) -> FollowUp:
    """Write down the customer's answer and return the follow-up.

    A yes is thanked for, and closes the case if nothing else is missing. A no brings it back to
    work at once and counts as a failed recovery.

    Raises CaseHasEnded, AnsweredAlready.
    """
    case = locked_open(follow_up.case)
    follow_up = FollowUp.objects.select_for_update().get(pk=follow_up.pk)
    if follow_up.answered_at:
        raise AnsweredAlready
    follow_up.due_at, follow_up.answered_at = None, at
    follow_up.asked_at = follow_up.asked_at or at
    follow_up.verdict, follow_up.words = answer.verdict, answer.words
    follow_up.answered_how = answer.how
    follow_up.save()
    case.verdict = answer.verdict
    if answer.verdict is Verdict.NO:
        case.failed_recoveries += 1
        _bring_back(case, at)
    if answer.verdict is Verdict.YES:
        case.thanked_at = case.thanked_at or at
    settle(case)
    record(
        PutRightAnswered(
            case_id=case.pk,
            follow_up_id=follow_up.pk,
            verdict=answer.verdict,
            state=case.state,
        ),
        by=by,
        at=at,
    )
    if answer.verdict is Verdict.YES and not obstacles_to_closing(closing_facts(case)):
        shut(case, by=by, at=at)
    return follow_up


def _bring_back(case: Case, at: datetime) -> None:
    """Bring `case` back to somebody at once; what else was to be asked of it is dropped."""
    drop_questions(case, at=at)
    if may_follow(State(case.state), State.INVESTIGATING):
        move(case, State.INVESTIGATING, at=at)
