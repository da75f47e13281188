from datetime import timedelta
from decimal import Decimal

import pytest

from amends.cases.actions.giving import AmountNeeded, AmountWithoutRemedy, BeyondAuthority
from amends.cases.actions.promises import (
    NoEvidence,
    PromiseDueInThePast,
    PromiseNotOpen,
    PromiseSaysNothing,
    accept_promise,
    counter_promise,
    keep_promise,
    make_promise,
    mark_promise_broken,
)
from amends.cases.actions.within import Barred, CannotLookAfterIt, CaseHasEnded, NotYours
from amends.cases.models.promises import FollowUp, Promise
from amends.cases.queries.clocks import clocks_told, told_of
from amends.cases.queries.facts import due_facts
from amends.cases.rules.kinds import Basis, How, Next, PromiseState
from amends.cases.rules.lifecycle import State
from amends.people.models import Person
from amends.staff.actions.authorise import NotAllowed
from amends.staff.rules.authority import Beyond, RemedyKind
from amends.staff.rules.permissions import Role
from amends.standards.rules.warnings import Whose
from tests import make
from tests.cases.actions.seen import again, bar, last_entry

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
TOMORROW = make.NOW + timedelta(days=1)
THURSDAY = make.NOW + timedelta(days=3)


@pytest.fixture
def owner():
    return make.staff("Inga Ramanauskaitė")


@pytest.fixture
def case(owner):
    return make.case(owner=owner)


@pytest.fixture
def promise(case):
    return make.promise(case)


def question_of(promise):
    return FollowUp.objects.filter(promise=promise).get()


def broken(promise, after=HOUR):
    assert mark_promise_broken(promise, at=promise.due_at + after)
    return again(promise)


class TestMakePromise:
    @pytest.mark.requirement("S4-10", "S3-33")
    def test_answers_and_assesses_the_case_and_plans_to_ask(self, case, owner):
        promise = make_promise(case, offer=make.offer(), by=owner, at=make.NOW)
        case = again(case)
        assert (promise.owner, promise.made_by, promise.state) == (
            owner,
            owner,
            PromiseState.OFFERED,
        )
        assert (case.state, case.acknowledged_at) == (State.ASSESSED, make.NOW)
        assert (case.next_due, case.next_due_at) == (Next.KEEP, TOMORROW)
        assert question_of(promise).due_at == TOMORROW + 2 * HOUR
        assert last_entry() == (
            "PromiseMade",
            owner.actor,
            {
                "case_id": case.pk,
                "promise_id": promise.pk,
                "due_at": TOMORROW.isoformat(),
                "state": "assessed",
                "owner_id": owner.pk,
            },
        )

    def test_who_promises_on_a_case_of_nobody_takes_it(self):
        case, by = make.case(), make.staff()
        make_promise(case, offer=make.offer(), by=by, at=make.NOW)
        assert (again(case).owner, again(case).owned_since) == (by, make.NOW)

    def test_a_case_that_was_to_be_asked_after_goes_back_to_work(self):
        case, by = make.kept().case, make.staff(role=Role.SENIOR)
        make_promise(case, offer=make.offer(), by=by, at=make.NOW)
        assert again(case).state == State.FULFILLING

    def test_another_colleague_can_keep_it(self, case, owner):
        other = make.staff()
        promise = make_promise(case, offer=make.offer(owner=other), by=owner, at=make.NOW)
        assert promise.owner == other
        kept = keep_promise(promise, evidence="Done.", by=other, at=make.NOW)
        assert kept.kept_at == make.NOW

    def test_nobody_keeps_a_promise_on_a_case_about_them(self, case, owner):
        other = make.staff("Jonas Kairys")
        bar(case, other)
        with pytest.raises(CannotLookAfterIt, match="Jonas Kairys"):
            make_promise(case, offer=make.offer(owner=other), by=owner, at=make.NOW)

    @pytest.mark.parametrize("what", ["", "   ", "\n"])
    def test_it_says_something(self, case, owner, what):
        with pytest.raises(PromiseSaysNothing):
            make_promise(case, offer=make.offer(what), by=owner, at=make.NOW)

    @pytest.mark.parametrize("early", [timedelta(0), HOUR])
    def test_it_is_due_in_the_future(self, case, owner, early):
        with pytest.raises(PromiseDueInThePast):
            make_promise(case, offer=make.offer(due_at=make.NOW - early), by=owner, at=make.NOW)

    def test_a_refusal_leaves_nothing_behind(self, case, owner):
        with pytest.raises(PromiseSaysNothing):
            make_promise(case, offer=make.offer(""), by=owner, at=make.NOW)
        assert not Promise.objects.exists()
        assert again(case).state == State.RECEIVED

    def test_an_ended_case_is_promised_nothing(self, case, owner):
        make.withdrawn(case)
        with pytest.raises(CaseHasEnded, match=case.reference):
            make_promise(case, offer=make.offer(), by=owner, at=make.NOW)

    def test_who_it_is_about_promises_nothing(self, case):
        mate = make.staff()
        bar(case, mate)
        with pytest.raises(Barred):
            make_promise(case, offer=make.offer(), by=mate, at=make.NOW)

    def test_a_colleague_s_case_in_another_team_is_theirs(self, case):
        with pytest.raises(NotYours, match="Inga Ramanauskaitė"):
            make_promise(case, offer=make.offer(), by=make.staff(), at=make.NOW)
        mate = make.staff()
        make.team(members=(mate,))
        assert make_promise(case, offer=make.offer(), by=mate, at=make.NOW).owner == mate

    @pytest.mark.parametrize("role", [Role.EMPLOYEE, Role.AUDITOR, Role.ADMINISTRATOR])
    def test_a_role_that_may_not_promise_does_not(self, case, role):
        with pytest.raises(NotAllowed):
            make_promise(case, offer=make.offer(), by=make.staff(role=role), at=make.NOW)


class TestAuthority:
    @pytest.mark.requirement("S3-33", "S4-05")
    def test_what_is_within_authority_is_promised_in_our_currency(self, case, owner):
        make.authority(Role.AGENT, RemedyKind.REFUND_PART, 60)
        offer = make.offer(remedy=RemedyKind.REFUND_PART, amount=Decimal(60), basis=Basis.GOODWILL)
        promise = make_promise(case, offer=offer, by=owner, at=make.NOW)
        assert (promise.amount, promise.currency, promise.basis) == (
            Decimal(60),
            "EUR",
            "goodwill",
        )

    @pytest.mark.parametrize(
        ("remedy", "amount", "why"),
        [
            (RemedyKind.REFUND_PART, Decimal("60.01"), Beyond.AMOUNT),
            (RemedyKind.COMPENSATION, Decimal(1), Beyond.KIND),
            (RemedyKind.CONTRACT_CANCELLED, None, Beyond.KIND),
        ],
    )
    def test_what_is_beyond_is_refused_and_says_why(self, case, owner, remedy, amount, why):
        make.authority(Role.AGENT, RemedyKind.REFUND_PART, 60)
        offer = make.offer(remedy=remedy, amount=amount)
        with pytest.raises(BeyondAuthority) as refused:
            make_promise(case, offer=offer, by=owner, at=make.NOW)
        assert refused.value.why is why

    def test_a_limit_is_not_passed_by_leaving_the_amount_out(self, case, owner):
        make.authority(Role.AGENT, RemedyKind.REFUND_FULL, 60)
        with pytest.raises(AmountNeeded):
            make_promise(
                case, offer=make.offer(remedy=RemedyKind.REFUND_FULL), by=owner, at=make.NOW
            )

    def test_without_a_limit_no_amount_is_needed(self, case, owner):
        make.authority(Role.AGENT, RemedyKind.REFUND_FULL)
        offer = make.offer(remedy=RemedyKind.REFUND_FULL)
        assert make_promise(case, offer=offer, by=owner, at=make.NOW).amount is None

    @pytest.mark.parametrize(
        ("remedy", "amount"),
        [(RemedyKind.NONE, Decimal(5000)), (RemedyKind.REFUND_PART, Decimal(-1))],
    )
    def test_money_is_given_as_something_and_never_taken(self, case, owner, remedy, amount):
        make.authority(Role.AGENT, RemedyKind.REFUND_PART)
        with pytest.raises(AmountWithoutRemedy):
            make_promise(
                case, offer=make.offer(remedy=remedy, amount=amount), by=owner, at=make.NOW
            )


class TestAcceptPromise:
    def test_the_customer_s_yes_takes_the_case_on(self, promise):
        customer = promise.case.person
        accepted = accept_promise(promise, how=How.LINK, by=customer, at=make.NOW)
        assert (accepted.yes_at, accepted.yes_how) == (make.NOW, How.LINK)
        assert accepted.state is PromiseState.AGREED
        assert again(promise.case).state == State.FULFILLING
        assert last_entry() == (
            "PromiseAccepted",
            customer.actor,
            {
                "case_id": promise.case_id,
                "promise_id": promise.pk,
                "how": "link",
                "state": "fulfilling",
            },
        )

    def test_a_second_yes_changes_nothing(self, promise):
        customer = promise.case.person
        accept_promise(promise, how=How.LINK, by=customer, at=make.NOW)
        before = last_entry()
        second = accept_promise(promise, how=How.DESK, by=customer, at=make.NOW + HOUR)
        assert (second.yes_at, second.yes_how) == (make.NOW, How.LINK)
        assert last_entry() == before

    def test_what_broke_is_not_said_yes_to(self, promise):
        broken(promise)
        with pytest.raises(PromiseNotOpen):
            accept_promise(promise, how=How.LINK, by=promise.case.person, at=TOMORROW + 2 * HOUR)

    def test_a_colleague_is_asked_for_their_right_and_a_customer_is_not(self, promise):
        with pytest.raises(NotYours):
            accept_promise(promise, how=How.TELEPHONE, by=make.staff(), at=make.NOW)
        with pytest.raises(NotAllowed):
            accept_promise(
                promise, how=How.TELEPHONE, by=make.staff(role=Role.EMPLOYEE), at=make.NOW
            )

    def test_an_ended_case_takes_no_yes(self, promise):
        make.withdrawn(promise.case)
        with pytest.raises(CaseHasEnded):
            accept_promise(promise, how=How.LINK, by=promise.case.person, at=make.NOW)


class TestCounterPromise:
    def countered(self, promise, wished=THURSDAY, **facts):
        said = {"words": "I am away.", "by": promise.case.person, "at": make.NOW, **facts}
        return counter_promise(promise, wished=wished, **said)

    def test_another_day_is_written_down_and_waits_for_us(self, promise):
        found = self.countered(promise)
        case = again(promise.case)
        assert (found.counter_for, found.counter_words) == (THURSDAY, "I am away.")
        assert found.state is PromiseState.COUNTERED
        assert (case.next_due, case.next_due_at) == (Next.ANSWER_COUNTER, make.NOW + 4 * HOUR)
        assert last_entry()[0] == "PromiseCountered"
        assert last_entry()[2]["counter_for"] == THURSDAY.isoformat()

    def test_the_promised_day_stands_until_we_agree_to_another(self, promise):
        self.countered(promise)
        case = again(promise.case)
        assert due_facts(case).promised == (promise.due_at,)
        told = told_of(case, clocks_told(case))
        assert [each.due_at for each in told if each.whose is Whose.PROMISE] == [promise.due_at]

    def test_a_later_day_is_waited_for(self, promise):
        self.countered(promise)
        assert not mark_promise_broken(promise, at=TOMORROW + HOUR)
        assert question_of(promise).due_at == THURSDAY + 2 * HOUR
        assert mark_promise_broken(promise, at=THURSDAY)

    def test_an_earlier_day_leaves_the_promise_as_it_is(self, promise):
        self.countered(promise, wished=make.NOW + HOUR)
        assert question_of(promise).due_at == TOMORROW + 2 * HOUR
        assert mark_promise_broken(promise, at=TOMORROW)

    def test_it_takes_back_a_yes_and_may_be_followed_by_one(self, case):
        promise = make.promise(case, accepted=True)
        assert self.countered(promise).state is PromiseState.COUNTERED
        found = accept_promise(promise, how=How.LINK, by=Person.objects.get(), at=make.NOW)
        assert found.state is PromiseState.AGREED
        assert mark_promise_broken(promise, at=TOMORROW)

    def test_the_day_is_still_to_come(self, promise):
        with pytest.raises(PromiseDueInThePast):
            self.countered(promise, wished=make.NOW)

    def test_what_is_kept_is_not_countered(self, promise):
        keep_promise(promise, evidence="Done.", by=promise.owner, at=make.NOW)
        with pytest.raises(PromiseNotOpen):
            self.countered(promise)

    def test_a_colleague_is_asked_for_their_right(self, promise):
        with pytest.raises(NotYours):
            self.countered(promise, by=make.staff(), how=How.TELEPHONE)


class TestKeepPromise:
    @pytest.mark.requirement("S4-11", "S4-12")
    def test_what_is_kept_is_asked_after_on_the_promised_day(self, promise):
        kept = keep_promise(
            promise, evidence="It is warm.", by=promise.owner, at=make.NOW + 3 * HOUR
        )
        case = again(promise.case)
        assert (kept.state, kept.kept_evidence) == (PromiseState.KEPT, "It is warm.")
        assert (case.state, case.done_what) == (State.FOLLOW_UP, "It is warm.")
        assert (case.next_due, case.next_due_at) == (Next.ASK, TOMORROW + 2 * HOUR)
        assert last_entry() == (
            "PromiseKept",
            promise.owner.actor,
            {"case_id": case.pk, "promise_id": promise.pk, "state": "follow-up"},
        )

    def test_while_something_is_owed_the_case_stays_in_work(self, case):
        first, second = make.promise(case, accepted=True), make.promise(case)
        keep_promise(first, evidence="Half of it.", by=first.owner, at=make.NOW)
        assert again(case).state == State.FULFILLING
        keep_promise(second, evidence="The rest.", by=first.owner, at=make.NOW)
        assert again(case).state == State.FOLLOW_UP

    def test_what_broke_is_made_good_late_and_stays_broken(self, promise):
        broken(promise)
        late = TOMORROW + 5 * HOUR
        found = keep_promise(promise, evidence="It is warm.", by=promise.owner, at=late)
        question = question_of(promise)
        assert (found.state, found.done_late_at, found.kept_at) == (
            PromiseState.BROKEN,
            late,
            None,
        )
        assert (question.due_at, question.dropped_at) == (late + 2 * HOUR, None)
        assert again(promise.case).state == State.FOLLOW_UP

    def test_where_the_question_was_answered_already_it_is_asked_anew(self, promise):
        FollowUp.objects.filter(promise=promise).update(
            due_at=None, answered_at=make.NOW, verdict="no", answered_how="link"
        )
        keep_promise(promise, evidence="It is warm.", by=promise.owner, at=make.NOW)
        anew = FollowUp.objects.get(case=promise.case, promise=None)
        assert anew.due_at == TOMORROW + 2 * HOUR

    def test_the_answer_of_before_does_not_count_for_what_was_done_since(self, promise):
        case = promise.case
        type(case).objects.filter(pk=case.pk).update(verdict="yes")
        keep_promise(promise, evidence="It is warm.", by=promise.owner, at=make.NOW)
        assert again(case).verdict == ""

    @pytest.mark.parametrize("evidence", ["", "  "])
    def test_it_says_what_was_done(self, promise, evidence):
        with pytest.raises(NoEvidence):
            keep_promise(promise, evidence=evidence, by=promise.owner, at=make.NOW)

    def test_it_is_kept_once(self, promise):
        keep_promise(promise, evidence="Done.", by=promise.owner, at=make.NOW)
        with pytest.raises(PromiseNotOpen):
            keep_promise(promise, evidence="Done.", by=promise.owner, at=make.NOW)
