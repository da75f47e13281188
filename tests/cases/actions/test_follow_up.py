from datetime import timedelta
from decimal import Decimal

import pytest

from amends.cases.actions.closing import Why, close_case, count_cause, thank
from amends.cases.actions.follow_up import (
    Answer,
    AnsweredAlready,
    NothingWritten,
    SomethingElseFirst,
    answer_put_right,
    finish_on_the_spot,
    finish_without_customer,
    note_attempt,
)
from amends.cases.actions.giving import BeyondAuthority, Gift
from amends.cases.actions.promises import mark_promise_broken
from amends.cases.actions.within import Barred, CaseHasEnded, NotYours
from amends.cases.models.case import Case
from amends.cases.models.promises import Attempt, FollowUp
from amends.cases.rules.kinds import (
    AttemptResult,
    CaseKind,
    How,
    Mechanism,
    Next,
    Pillar,
    Verdict,
)
from amends.cases.rules.lifecycle import State
from amends.staff.actions.authorise import NotAllowed
from amends.staff.rules.authority import RemedyKind
from amends.staff.rules.permissions import Role
from tests import make
from tests.cases.actions.seen import again, bar, entries, last_entry

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
TOMORROW = make.NOW + DAY
DELAY = Why(pillar=Pillar.SYSTEM, mechanism=Mechanism.DELAY)


@pytest.fixture
def owner():
    return make.staff("Inga Ramanauskaitė")


@pytest.fixture
def case(owner):
    return make.case(owner=owner)


@pytest.fixture
def question(case):
    return make.kept(case)


def said(question, verdict: Verdict, *, at=TOMORROW, by=None, words=""):
    return answer_put_right(
        question,
        answer=Answer(verdict=verdict, how=How.LINK, words=words),
        by=by or question.case.person,
        at=at,
    )


def tried(question, *, by=None, at=TOMORROW, result=AttemptResult.NOT_REACHED):
    return note_attempt(question, how=How.TELEPHONE, result=result, by=by, at=at)


def ready(case, owner):
    """Count the cause of `case`, so that only the customer's word is missing."""
    count_cause(case, why=DELAY, by=owner, at=make.NOW)


class TestFinishOnTheSpot:
    @pytest.mark.requirement("S4-11", "S4-04")
    def test_what_was_done_and_the_yes_to_it_are_written_down(self, case, owner):
        found = finish_on_the_spot(
            case, done=" A new tap. ", yes_how=How.DESK, by=owner, at=make.NOW
        )
        question = FollowUp.objects.get(case=case)
        assert (found.state, found.verdict) == (State.EARLY_RESOLUTION, Verdict.YES)
        assert (found.done_what, found.yes_how) == ("A new tap.", How.DESK)
        assert (question.verdict, question.answered_how) == ("yes", "desk")
        assert (found.next_due, found.next_due_at) == (Next.CLOSE, TOMORROW)
        assert last_entry() == (
            "DoneOnTheSpot",
            owner.actor,
            {
                "case_id": case.pk,
                "how": "desk",
                "state": "early-resolution",
                "owner_id": owner.pk,
                "remedy": "none",
                "amount": "",
            },
        )

    def test_who_does_it_takes_what_nobody_took(self):
        case, by = make.case(), make.staff()
        found = finish_on_the_spot(case, done="Done.", yes_how=How.DESK, by=by, at=make.NOW)
        assert found.owner == by

    @pytest.mark.parametrize("done", ["", " \n"])
    def test_something_was_done(self, case, owner, done):
        with pytest.raises(NothingWritten):
            finish_on_the_spot(case, done=done, yes_how=How.DESK, by=owner, at=make.NOW)

    def test_what_is_given_is_within_authority(self, case, owner):
        make.authority(Role.AGENT, RemedyKind.CREDIT, 10)
        with pytest.raises(BeyondAuthority):
            finish_on_the_spot(
                case,
                done="Credited.",
                yes_how=How.DESK,
                by=owner,
                at=make.NOW,
                gift=Gift(RemedyKind.CREDIT, Decimal(11)),
            )
        finish_on_the_spot(
            case,
            done="Credited.",
            yes_how=How.DESK,
            by=owner,
            at=make.NOW,
            gift=Gift(RemedyKind.CREDIT, Decimal(10)),
        )
        assert (last_entry()[2]["remedy"], last_entry()[2]["amount"]) == ("credit", "10")

    def test_a_case_in_work_closes_after_it_too(self, case, owner):
        promise = make.promise(case, accepted=True)
        finish_on_the_spot(case, done="Done.", yes_how=How.DESK, by=owner, at=make.NOW)
        assert again(case).state == State.FULFILLING
        type(promise).objects.filter(pk=promise.pk).update(released_at=make.NOW)
        thank(case, by=owner, at=make.NOW)
        ready(case, owner)
        assert close_case(case, by=owner, at=make.NOW).state == State.CLOSED


class TestFinishWithoutCustomer:
    def test_what_was_done_is_asked_after(self, case, owner):
        found = finish_without_customer(case, done="Credited.", by=owner, at=make.NOW)
        question = FollowUp.objects.get(case=case)
        assert (found.state, found.verdict) == (State.FOLLOW_UP, "")
        assert question.due_at == make.NOW + 2 * HOUR
        assert (found.next_due, found.next_due_at) == (Next.ASK, make.NOW + 2 * HOUR)
        assert last_entry()[:2] == ("WorkDone", owner.actor)

    def test_while_something_is_owed_the_case_stays_in_work(self, case, owner):
        make.promise(case)
        found = finish_without_customer(case, done="Half.", by=owner, at=make.NOW)
        assert found.state == State.FULFILLING
        assert FollowUp.objects.filter(case=case).count() == 1

    def test_something_was_done(self, case, owner):
        with pytest.raises(NothingWritten):
            finish_without_customer(case, done="", by=owner, at=make.NOW)


class TestNoteAttempt:
    @pytest.mark.requirement("S4-12")
    def test_asking_once_is_followed_by_asking_once_more(self, question, owner):
        found = tried(question, by=owner)
        case = again(question.case)
        attempt = Attempt.objects.get()
        assert (attempt.how, attempt.result, attempt.by) == ("telephone", "not-reached", owner)
        assert (found.asked_at, found.due_at) == (TOMORROW, TOMORROW + 3 * DAY)
        assert (case.next_due, case.next_due_at) == (Next.ASK_AGAIN, TOMORROW + 3 * DAY)
        assert last_entry() == (
            "PutRightAsked",
            owner.actor,
            {
                "case_id": case.pk,
                "follow_up_id": question.pk,
                "how": "telephone",
                "result": "not-reached",
            },
        )

    def test_two_honest_attempts_are_enough(self, question, owner):
        tried(question, by=owner)
        found = tried(question, by=owner, at=TOMORROW + 3 * DAY)
        case = again(question.case)
        assert found.due_at is None
        assert (case.next_due, case.next_due_at) == (Next.CLOSE, TOMORROW + 6 * DAY)
        thank(case, by=owner, at=TOMORROW)
        ready(case, owner)
        closed = close_case(case, by=owner, at=TOMORROW + 6 * DAY)
        assert (closed.state, closed.verdict) == (State.CLOSED, Verdict.NO_ANSWER)

    def test_amends_itself_may_ask(self, question):
        tried(question, by=None, result=AttemptResult.SENT)
        assert last_entry()[1] == "clock"

    def test_what_was_answered_is_not_asked(self, question, owner):
        said(question, Verdict.YES)
        with pytest.raises(AnsweredAlready):
            tried(question, by=owner)

    def test_what_broke_is_not_asked_after(self, case, owner):
        promise = make.promise(case)
        mark_promise_broken(promise, at=TOMORROW)
        with pytest.raises(SomethingElseFirst):
            tried(FollowUp.objects.get(promise=promise), by=owner)

    def test_a_colleague_is_asked_for_their_right(self, question):
        with pytest.raises(NotYours):
            tried(question, by=make.staff())
        with pytest.raises(NotAllowed):
            tried(question, by=make.staff(role=Role.AUDITOR))


class TestAnswerPutRight:
    @pytest.mark.requirement("S4-12", "S4-13")
    def test_a_yes_is_thanked_for_and_closes_if_nothing_is_missing(self, question, case, owner):
        ready(case, owner)
        found = said(question, Verdict.YES, words="Thank you.")
        closed = again(case)
        assert (found.verdict, found.words, found.answered_at) == ("yes", "Thank you.", TOMORROW)
        assert (closed.state, closed.verdict, closed.thanked_at) == (
            State.CLOSED,
            Verdict.YES,
            TOMORROW,
        )
        assert (closed.closed_at, closed.closed_by, closed.next_due) == (TOMORROW, None, "")
        assert entries()[-2:] == ["PutRightAnswered", "CaseClosed"]

    def test_a_yes_leaves_what_is_missing_to_the_owner(self, question, case):
        said(question, Verdict.YES)
        found = again(case)
        assert (found.state, found.next_due, found.next_due_at) == (
            State.FOLLOW_UP,
            Next.CLOSE,
            TOMORROW + DAY,
        )

    @pytest.mark.requirement("S4-12")
    def test_a_no_brings_somebody_back_at_once(self, question, case):
        said(question, Verdict.NO, words="It is cold again.")
        found = again(case)
        assert (found.state, found.failed_recoveries) == (State.INVESTIGATING, 1)
        assert (found.next_due, found.next_due_at) == (Next.CALL_BACK_AT_ONCE, TOMORROW)
        assert last_entry() == (
            "PutRightAnswered",
            found.person.actor,
            {
                "case_id": case.pk,
                "follow_up_id": question.pk,
                "verdict": "no",
                "state": "investigating",
            },
        )

    def test_after_a_no_whoever_comes_back_with_a_promise_has_come_back(self, question, case):
        said(question, Verdict.NO)
        promise = make.promise(case, make.offer(due_at=TOMORROW + DAY))
        type(promise).objects.filter(pk=promise.pk).update(made_at=TOMORROW)
        case = again(case)
        thank(case, by=case.owner, at=TOMORROW)
        assert again(case).next_due == Next.KEEP

    def test_partly_is_left_to_the_owner(self, question, case):
        said(question, Verdict.PARTLY)
        found = again(case)
        assert (found.state, found.next_due) == (State.FOLLOW_UP, Next.CLOSE)

    def test_it_is_answered_once(self, question):
        said(question, Verdict.YES)
        with pytest.raises(AnsweredAlready):
            said(question, Verdict.NO)

    def test_a_yes_to_what_was_dropped_counts_all_the_same(self, case, owner):
        first, second = make.kept(case), make.kept(case)
        said(first, Verdict.NO)
        ready(case, owner)
        said(second, Verdict.YES, at=TOMORROW + HOUR)
        assert again(case).state == State.CLOSED

    def test_a_no_before_the_case_is_assessed_leaves_its_state(self, owner):
        case = make.case(owner=owner)
        question = FollowUp.objects.create(case=case, due_at=TOMORROW)
        said(question, Verdict.NO)
        assert again(case).state == State.RECEIVED

    def test_a_late_no_opens_what_was_closed_without_an_answer(self, question, case, owner):
        closed_unheard(question, owner)
        said(question, Verdict.NO, at=TOMORROW + 10 * DAY)
        found = again(case)
        assert (found.state, found.closed_at, found.failed_recoveries) == (
            State.INVESTIGATING,
            None,
            1,
        )
        assert found.next_due == Next.CALL_BACK_AT_ONCE

    def test_a_late_yes_is_heard_and_leaves_it_closed(self, question, case, owner):
        closed_unheard(question, owner)
        said(question, Verdict.YES, at=TOMORROW + 10 * DAY, by=owner)
        found = again(case)
        assert (found.state, found.verdict) == (State.CLOSED, Verdict.YES)
        assert entries()[-1] == "PutRightAnswered"

    def test_too_late_is_too_late(self, question, owner):
        closed_unheard(question, owner)
        with pytest.raises(CaseHasEnded):
            said(question, Verdict.NO, at=TOMORROW + 100 * DAY)

    def test_what_was_closed_on_the_customer_s_word_takes_no_other(self, case, owner):
        first, second = make.kept(case), make.kept(case)
        ready(case, owner)
        said(first, Verdict.YES)
        with pytest.raises(CaseHasEnded):
            said(second, Verdict.NO)

    def test_a_case_that_was_withdrawn_takes_no_answer(self, question, case):
        make.withdrawn(case)
        with pytest.raises(CaseHasEnded):
            said(question, Verdict.YES)

    def test_a_colleague_is_asked_for_their_right(self, question, case):
        with pytest.raises(NotYours):
            said(question, Verdict.YES, by=make.staff())
        with pytest.raises(NotAllowed):
            said(question, Verdict.YES, by=make.staff(role=Role.EMPLOYEE))
        mate = make.staff(role=Role.SENIOR)
        bar(case, mate)
        with pytest.raises(Barred):
            said(question, Verdict.YES, by=mate)

    def test_an_enquiry_that_was_answered_closes_on_its_yes(self, owner):
        question = make.kept(make.case(owner=owner, kind=CaseKind.ENQUIRY))
        said(question, Verdict.YES)
        assert Case.objects.get().state == State.CLOSED


def closed_unheard(question, owner) -> None:
    """Close the case of `question` after two attempts without an answer."""
    case = question.case
    tried(question, by=owner)
    tried(question, by=owner, at=TOMORROW + HOUR)
    thank(case, by=owner, at=TOMORROW)
    ready(case, owner)
    close_case(case, by=owner, at=TOMORROW + 2 * HOUR)
