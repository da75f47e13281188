"""What was done, and whether it is put right: asked on the promised day, and answered."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.cases.actions.giving import Gift, must_be_within_authority
from amends.cases.actions.linking import open_next_case
from amends.cases.actions.within import (
    CaseHasEnded,
    ask_at,
    drop_questions,
    locked,
    locked_by,
    locked_for,
    move,
    must_be_allowed,
    put_in_charge,
    settle,
    shut,
    step_up,
)
from amends.cases.events.handling import DoneOnTheSpot, PutRightAnswered, PutRightAsked, WorkDone
from amends.cases.models.case import Case
from amends.cases.models.promises import Attempt, FollowUp, Promise
from amends.cases.queries.facts import closing_facts
from amends.cases.queries.linked import is_over
from amends.cases.rules.closing import HONEST_ATTEMPTS, obstacles_to_closing
from amends.cases.rules.due import BEFORE_ASKING, BEFORE_ASKING_AGAIN
from amends.cases.rules.kinds import AttemptResult, How, Verdict
from amends.cases.rules.lifecycle import State, may_follow
from amends.contacts.actions.recording import Telling
from amends.contacts.rules.kinds import Channel, Direction, Source
from amends.journal.actions import Actor, record
from amends.staff.models import Staff
from amends.staff.rules.authority import RemedyKind
from amends.staff.rules.permissions import Act

NOTHING_GIVEN = Gift(RemedyKind.NONE, None)


class NothingWritten(Refused):
    text = _("Write down what was done.")


class AnsweredAlready(Refused):
    text = _("This question was answered already. Thank you.")


class SomethingElseFirst(Refused):
    text = _("Something else comes before this question. Look at the case again.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The customer's own word on whether it is put right, and how it came."""

    verdict: Verdict
    how: How
    words: str = ""


@transaction.atomic
def finish_on_the_spot(
    case: Case, *, done: str, yes_how: How, by: Staff, at: datetime, gift: Gift = NOTHING_GIVEN
) -> Case:
    """Write down what was `done` while the customer was there, and their yes to it.

    The customer was asked and said yes, so the case is ready to be thanked for and closed.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, NothingWritten, BeyondAuthority,
    AmountWithoutRemedy, AmountNeeded.
    """
    case = _do(case, done, gift, by, at)
    step_up(case, State.EARLY_RESOLUTION, at=at)
    case.yes_how, case.verdict = yes_how, Verdict.YES
    FollowUp.objects.create(
        case=case, asked_at=at, answered_at=at, answered_how=yes_how, verdict=Verdict.YES
    )
    settle(case)
    record(
        DoneOnTheSpot(
            case_id=case.pk,
            how=yes_how,
            state=case.state,
            owner_id=case.owner_id,
            remedy=gift.remedy,
            amount=str(gift.amount or ""),
        ),
        by=by,
        at=at,
    )
    return case


@transaction.atomic
def finish_without_customer(
    case: Case, *, done: str, by: Staff, at: datetime, gift: Gift = NOTHING_GIVEN
) -> Case:
    """Write down what was `done` while the customer was not there, and plan to ask after it.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, NothingWritten, BeyondAuthority,
    AmountWithoutRemedy, AmountNeeded.
    """
    case = _do(case, done, gift, by, at)
    case.verdict = ""
    if not case.follow_ups.filter(answered_at=None, dropped_at=None).exists():
        FollowUp.objects.create(case=case, due_at=ask_at(case, at + BEFORE_ASKING, at=at))
    owed = Promise.objects.filter(case=case).owed().exists()
    step_up(case, State.FULFILLING if owed else State.FOLLOW_UP, at=at)
    settle(case)
    record(
        WorkDone(
            case_id=case.pk,
            state=case.state,
            owner_id=case.owner_id,
            remedy=gift.remedy,
            amount=str(gift.amount or ""),
        ),
        by=by,
        at=at,
    )
    return case


@transaction.atomic
def note_attempt(
    follow_up: FollowUp, *, how: How, result: AttemptResult, by: Staff | None, at: datetime
) -> FollowUp:
    """Write down that the customer was asked, and plan to ask once more; return the follow-up.

    `by` is None when Amends itself asks. Reaching the customer is no answer yet. Two honest
    attempts are enough: nobody is asked a third time.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, AnsweredAlready, SomethingElseFirst.
    """
    case = _locked_to_ask(follow_up, by=by)
    follow_up = _locked_unanswered(follow_up)
    if follow_up.dropped_at:
        raise SomethingElseFirst
    Attempt.objects.create(follow_up=follow_up, at=at, how=how, result=result, by=by)
    enough = follow_up.attempts.count() >= HONEST_ATTEMPTS
    follow_up.asked_at = at
    follow_up.due_at = None if enough else ask_at(case, at + BEFORE_ASKING_AGAIN, at=at)
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
    work at once and counts as a failed recovery, also where the case was closed meanwhile because
    no answer came. A no that comes after the time in which a case is opened again opens a new one
    that follows it, with what they said, and counts as well.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, AnsweredAlready.
    """
    case = _locked_for_answer(follow_up, by, at)
    follow_up = _locked_unanswered(follow_up)
    follow_up.due_at, follow_up.answered_at = None, at
    follow_up.asked_at = follow_up.asked_at or at
    follow_up.verdict, follow_up.words = answer.verdict, answer.words
    follow_up.answered_how = answer.how
    follow_up.save()
    case.verdict = answer.verdict
    over = is_over(case, at=at)
    if answer.verdict is Verdict.NO:
        case.failed_recoveries += 1
        if not over:
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
    if answer.verdict is Verdict.YES and case.is_open:
        _close_if_nothing_is_missing(case, by, at)
    if answer.verdict is Verdict.NO and over:
        open_next_case(case, telling=_said(case, answer, by, at), by=by, at=at)
    return follow_up


def _said(case: Case, answer: Answer, by: Actor, at: datetime) -> Telling:
    """Return their no as a contact, in their words where they gave any."""
    with translation.override(case.language):
        words = answer.words.strip() or str(_("No, it is not put right."))
    channel = Channel.WEB if answer.how is How.LINK else Channel(answer.how.value)
    return Telling(
        channel=channel,
        direction=Direction.IN,
        text=words,
        source=Source.TAKEN_DOWN if isinstance(by, Staff) else Source.WRITTEN,
        started_at=at,
        ended_at=at,
        person=case.person,
        handled_by=by if isinstance(by, Staff) else None,
        language=case.language,
    )


def _do(case: Case, done: str, gift: Gift, by: Staff, at: datetime) -> Case:
    """Return `case`, locked and owned by somebody, with what was done on it."""
    case = locked_for(case, by=by)
    if not done.strip():
        raise NothingWritten
    must_be_within_authority(gift, by=by)
    if case.owner_id is None:
        put_in_charge(case, by, at=at)
    case.done_at, case.done_what = at, done.strip()
    return case


def _locked_unanswered(follow_up: FollowUp) -> FollowUp:
    follow_up = FollowUp.objects.select_for_update().get(pk=follow_up.pk)
    if follow_up.answered_at:
        raise AnsweredAlready
    return follow_up


def _locked_to_ask(follow_up: FollowUp, *, by: Staff | None) -> Case:
    """Return the case locked; of what is asked once more after the end, an ended one too."""
    if not follow_up.later:
        return locked_by(follow_up.case, by=by)
    case = locked(follow_up.case)
    if by:
        must_be_allowed(case, by=by, act=Act.WORK_ON_CASE)
    return case


def _locked_for_answer(follow_up: FollowUp, by: Actor, at: datetime) -> Case:
    """Return the case locked; one that was closed lately without an answer still takes one."""
    case = locked(follow_up.case)
    if isinstance(by, Staff):
        must_be_allowed(case, by=by, act=Act.WORK_ON_CASE)
    if not (case.is_open or follow_up.later or _takes_an_answer_still(case, at)):
        raise CaseHasEnded(reference=case.reference)
    return case


def _takes_an_answer_still(case: Case, at: datetime) -> bool:
    unanswered = case.state == State.CLOSED and case.verdict == Verdict.NO_ANSWER
    return unanswered and not is_over(case, at=at)


def _bring_back(case: Case, at: datetime) -> None:
    """Bring `case` back to somebody at once; what else was to be asked of it is dropped."""
    drop_questions(case, at=at)
    if may_follow(State(case.state), State.INVESTIGATING):
        move(case, State.INVESTIGATING, at=at)


def _close_if_nothing_is_missing(case: Case, by: Actor, at: datetime) -> None:
    if not obstacles_to_closing(closing_facts(case)):
        shut(case, by=by, at=at)
