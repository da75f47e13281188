from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError

from amends.cases.actions.closing import (
    ClosedTooLongAgo,
    NotClosed,
    NotReadyToClose,
    ReasonNeeded,
    Why,
    apologise,
    close_case,
    count_cause,
    reopen_case,
    thank,
    withdraw_case,
)
from amends.cases.actions.ownership import offer_handover
from amends.cases.actions.protection import Standstill, set_hold
from amends.cases.actions.within import Barred, CaseHasEnded, NotTheOrder, NotYours
from amends.cases.models.case import Case, Issue
from amends.cases.models.causes import Cause
from amends.cases.models.colleagues import Handover
from amends.cases.models.promises import FollowUp, Promise
from amends.cases.models.protection import Hold
from amends.cases.rules.closing import Obstacle
from amends.cases.rules.kinds import Mechanism, Next, Outcome, Pillar, PromiseState, Verdict
from amends.cases.rules.lifecycle import State
from amends.staff.actions.authorise import NotAllowed
from amends.staff.rules.permissions import Role
from tests import make
from tests.cases.actions.seen import again, bar, entries, last_entry

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
DELAY = Why(pillar=Pillar.SYSTEM, mechanism=Mechanism.DELAY)


@pytest.fixture
def owner():
    return make.staff("Inga Ramanauskaitė")


@pytest.fixture
def case(owner):
    return make.case(owner=owner)


def closed(case, owner, at=make.NOW):
    """Return `case`, put right on the spot, thanked for, counted and closed."""
    make.done(case)
    thank(case, by=owner, at=at)
    count_cause(case, why=DELAY, by=owner, at=at)
    return close_case(case, by=owner, at=at)


class TestApologiseAndThank:
    @pytest.mark.requirement("S4-08", "S4-17")
    def test_an_apology_is_written_down_once(self, case, owner):
        apologise(case, by=owner, at=make.NOW)
        found = apologise(case, by=owner, at=make.NOW + DAY)
        assert found.apology_at == make.NOW
        assert last_entry() == ("Apologised", owner.actor, {"case_id": case.pk})

    @pytest.mark.requirement("S4-13")
    def test_thanks_are_written_down_once(self, case, owner):
        thank(case, by=owner, at=make.NOW)
        found = thank(case, by=owner, at=make.NOW + DAY)
        assert found.thanked_at == make.NOW
        assert last_entry()[0] == "Thanked"

    @pytest.mark.parametrize("act", [apologise, thank])
    def test_both_are_of_who_may_work_on_it(self, case, act):
        with pytest.raises(NotYours):
            act(case, by=make.staff(), at=make.NOW)
        with pytest.raises(NotAllowed):
            act(case, by=make.staff(role=Role.EMPLOYEE), at=make.NOW)


class TestCountCause:
    @pytest.mark.requirement("S0-06", "S4-14")
    def test_a_cause_is_counted_and_may_be_said_better(self, case, owner):
        count_cause(case, why=DELAY, by=owner, at=make.NOW)
        better = replace(DELAY, text="The pump log", prevention="Read it", indifference=True)
        cause = count_cause(case, why=better, by=owner, at=make.NOW + DAY)
        assert Cause.objects.get() == cause
        assert (cause.pillar, cause.text, cause.counted_by) == ("system", "The pump log", owner)
        assert last_entry() == (
            "CauseCounted",
            owner.actor,
            {"case_id": case.pk, "pillar": "system", "mechanism": "delay"},
        )

    def test_what_was_taken_back_is_counted_too(self, case, owner):
        make.withdrawn(case)
        count_cause(case, why=DELAY, by=owner, at=make.NOW)
        assert again(case).state == State.WITHDRAWN
        with pytest.raises(NotYours):
            count_cause(case, why=DELAY, by=make.staff(), at=make.NOW)


class TestTheSameCause:
    def thrice(self, owner, *, topic="", same_person=False):
        person = make.person()
        cases = []
        for n in range(3):
            told = make.contact(person=person if same_person else make.person(number=f"K{n}"))
            case = make.case(told, owner=owner)
            Issue.objects.filter(case=case).update(topic=topic)
            make.done(case)
            thank(case, by=owner, at=make.NOW)
            count_cause(case, why=DELAY, by=owner, at=make.NOW)
            cases.append(case)
        return cases[-1]

    @pytest.mark.parametrize("known", [{"topic": "meter reading"}, {"same_person": True}])
    def test_coming_a_third_time_asks_for_prevention(self, owner, known):
        case = self.thrice(owner, **known)
        with pytest.raises(NotReadyToClose) as refused:
            close_case(case, by=owner, at=make.NOW)
        assert refused.value.obstacles == (Obstacle.PREVENTION_NOT_DECIDED,)
        count_cause(
            case, why=replace(DELAY, none_needed_reason="Under way."), by=owner, at=make.NOW
        )
        assert close_case(case, by=owner, at=make.NOW).state == State.CLOSED

    def test_three_customers_without_a_topic_are_no_pattern(self, owner):
        case = self.thrice(owner)
        assert close_case(case, by=owner, at=make.NOW).state == State.CLOSED

    def test_without_a_customer_and_a_topic_nothing_is_alike(self, owner):
        case = make.case(make.contact(), owner=owner)
        count_cause(case, why=DELAY, by=owner, at=make.NOW)
        with pytest.raises(NotReadyToClose) as refused:
            close_case(case, by=owner, at=make.NOW)
        assert Obstacle.PREVENTION_NOT_DECIDED not in refused.value.obstacles


class TestCloseCase:
    def test_what_is_put_right_closes(self, case, owner):
        found = closed(case, owner)
        assert (found.state, found.closed_by, found.closed_at) == (State.CLOSED, owner, make.NOW)
        assert (found.next_due, found.next_due_at) == ("", None)
        assert last_entry() == (
            "CaseClosed",
            owner.actor,
            {"case_id": case.pk, "verdict": "yes", "state": "closed"},
        )

    def test_it_names_what_stands_in_the_way(self, case, owner):
        make.promise(case)
        with pytest.raises(NotReadyToClose, match=case.reference) as refused:
            close_case(case, by=owner, at=make.NOW)
        assert refused.value.obstacles == (
            Obstacle.PROMISES_OWED,
            Obstacle.NOTHING_DONE,
            Obstacle.NOT_ASKED,
            Obstacle.NOT_THANKED,
            Obstacle.CAUSE_NOT_COUNTED,
        )
        assert again(case).state == State.ASSESSED

    def test_a_hold_and_a_handover_stand_in_the_way(self, case, owner):
        make.done(case)
        thank(case, by=owner, at=make.NOW)
        count_cause(case, why=DELAY, by=owner, at=make.NOW)
        still = Standstill(what="Dunning", until=make.NOW + DAY, told_whom="Bills")
        set_hold(case, standstill=still, by=owner, at=make.NOW)
        offer_handover(case, to=make.staff(), summary="All done.", by=owner, at=make.NOW)
        with pytest.raises(NotReadyToClose) as refused:
            close_case(case, by=owner, at=make.NOW)
        assert refused.value.obstacles == (Obstacle.HANDOVER_WAITS, Obstacle.HOLD_IN_FORCE)

    def test_what_was_still_to_be_asked_is_dropped(self, case, owner):
        make.kept(case)
        closed(case, owner)
        assert not FollowUp.objects.filter(due_at__isnull=False).exists()

    def test_a_state_from_which_nothing_closes_is_said(self, case, owner):
        make.done(case)
        thank(case, by=owner, at=make.NOW)
        count_cause(case, why=DELAY, by=owner, at=make.NOW)
        Case.objects.filter(pk=case.pk).update(state=State.DECIDED)
        with pytest.raises(NotTheOrder):
            close_case(case, by=owner, at=make.NOW)

    def test_it_closes_once(self, case, owner):
        closed(case, owner)
        with pytest.raises(CaseHasEnded):
            close_case(case, by=owner, at=make.NOW)

    @pytest.mark.parametrize("role", [Role.EMPLOYEE, Role.AUDITOR])
    def test_a_role_that_may_not_close_does_not(self, case, role):
        with pytest.raises(NotAllowed):
            close_case(case, by=make.staff(role=role), at=make.NOW)

    def test_the_database_holds_what_the_rule_says(self, case):
        with pytest.raises(IntegrityError, match="case_open_has_a_next_action"):
            Case.objects.filter(pk=case.pk).update(next_due_at=None)

    def test_no_case_is_closed_without_a_verdict(self, case):
        with pytest.raises(IntegrityError, match="case_closed_with_a_verdict"):
            Case.objects.filter(pk=case.pk).update(
                state="closed", closed_at=make.NOW, next_due_at=None, next_due=""
            )


class TestReopenCase:
    def test_what_is_new_opens_it_again(self, case, owner):
        closed(case, owner)
        found = reopen_case(case, reason="It is cold again.", by=case.person, at=make.NOW + 5 * DAY)
        assert (found.state, found.closed_at, found.closed_by) == (
            State.INVESTIGATING,
            None,
            None,
        )
        assert (found.verdict, found.owner) == ("", owner)
        assert (found.next_due, found.next_due_at) == (Next.NEXT_STEP, make.NOW + 6 * DAY)
        assert last_entry() == (
            "CaseReopened",
            case.person.actor,
            {"case_id": case.pk, "state": "investigating", "owner_id": owner.pk},
        )

    def test_an_owner_who_has_left_owns_it_no_more(self, case, owner):
        closed(case, owner)
        owner.is_active = False
        owner.save()
        found = reopen_case(case, reason="Again.", by=case.person, at=make.NOW)
        assert (found.owner, found.owned_since) == (None, None)

    def test_what_was_withdrawn_is_judged_anew(self, case):
        make.withdrawn(case)
        found = reopen_case(case, reason="It came back.", by=case.person, at=make.NOW)
        assert found.outcome == Outcome.NOT_JUDGED

    def test_a_reason_is_given(self, case, owner):
        closed(case, owner)
        with pytest.raises(ReasonNeeded):
            reopen_case(case, reason=" ", by=owner, at=make.NOW)

    def test_what_is_open_is_not_reopened(self, case, owner):
        with pytest.raises(NotClosed):
            reopen_case(case, reason="Why", by=owner, at=make.NOW)

    def test_after_ninety_days_a_new_case_is_opened_instead(self, case, owner):
        closed(case, owner)
        with pytest.raises(ClosedTooLongAgo):
            reopen_case(case, reason="Why", by=owner, at=make.NOW + 91 * DAY)

    def test_a_colleague_is_asked_for_their_right(self, case, owner):
        closed(case, owner)
        with pytest.raises(NotAllowed):
            reopen_case(case, reason="Why", by=make.staff(role=Role.AUDITOR), at=make.NOW)
        about = make.staff()
        bar(case, about)
        with pytest.raises(Barred):
            reopen_case(case, reason="Why", by=about, at=make.NOW)
        other = make.staff()
        assert reopen_case(case, reason="Why", by=other, at=make.NOW).state == "investigating"


class TestWithdrawCase:
    def test_the_customer_s_own_word_ends_it_and_all_that_waited(self, case, owner):
        promise = make.promise(case)
        still = Standstill(what="Dunning", until=make.NOW + DAY, told_whom="Bills")
        set_hold(case, standstill=still, by=owner, at=make.NOW)
        offer_handover(case, to=make.staff(), summary="See the pump.", by=owner, at=make.NOW)
        found = withdraw_case(case, statement="Never mind.", by=case.person, at=make.NOW)
        assert (found.state, found.outcome, found.ended_reason) == (
            State.WITHDRAWN,
            Outcome.WITHDRAWN,
            "Never mind.",
        )
        assert again(promise).state is PromiseState.RELEASED
        assert not Promise.objects.owed().exists()
        assert Hold.objects.get().lifted_at == make.NOW
        assert Handover.objects.get().withdrawn_at == make.NOW
        assert entries()[-1] == "CaseWithdrawn"

    def test_what_broke_stays_broken(self, case):
        promise = make.promise(case)
        Promise.objects.filter(pk=promise.pk).update(broken_at=make.NOW)
        withdraw_case(case, statement="Never mind.", by=case.person, at=make.NOW)
        assert again(promise).state is PromiseState.BROKEN
        assert not again(promise).is_owed

    def test_it_is_the_customer_s_statement(self, case, owner):
        with pytest.raises(ReasonNeeded):
            withdraw_case(case, statement="", by=owner, at=make.NOW)

    def test_a_colleague_is_asked_for_their_right(self, case):
        with pytest.raises(NotYours):
            withdraw_case(case, statement="Never mind.", by=make.staff(), at=make.NOW)

    def test_it_ends_once(self, case):
        make.withdrawn(case)
        with pytest.raises(CaseHasEnded):
            make.withdrawn(case)
        assert again(case).verdict != Verdict.YES
