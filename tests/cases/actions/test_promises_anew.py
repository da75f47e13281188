from datetime import timedelta
from decimal import Decimal

import pytest

from amends.cases.actions.giving import BeyondAuthority
from amends.cases.actions.promises import (
    NothingToApologiseFor,
    PromiseNotOpen,
    apologise_for_broken,
    counter_promise,
    keep_promise,
    mark_promise_broken,
    renegotiate_promise,
)
from amends.cases.models.promises import FollowUp
from amends.cases.rules.kinds import How, Next, PromiseState
from amends.cases.rules.lifecycle import State
from amends.staff.rules.authority import RemedyKind
from tests import make
from tests.cases.actions.seen import again, last_entry

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


class TestRenegotiatePromise:
    def test_a_new_promise_stands_in_the_place_of_the_old(self, promise):
        new = renegotiate_promise(
            promise, offer=make.offer(due_at=THURSDAY), by=promise.owner, at=make.NOW
        )
        old = again(promise)
        assert (old.state, old.replaced_by) == (PromiseState.RENEGOTIATED, new)
        assert (new.state, new.due_at) == (PromiseState.OFFERED, THURSDAY)
        assert question_of(promise).dropped_at == make.NOW
        assert question_of(new).due_at == THURSDAY + 2 * HOUR
        assert again(promise.case).next_due_at == THURSDAY
        assert last_entry()[2] == {
            "case_id": promise.case_id,
            "promise_id": promise.pk,
            "new_promise_id": new.pk,
            "due_at": THURSDAY.isoformat(),
            "agreed": False,
            "state": "assessed",
        }

    @pytest.mark.requirement("S4-50")
    def test_the_day_that_the_customer_wished_for_has_their_yes(self, promise):
        counter_promise(
            promise, wished=THURSDAY, words="", by=promise.case.person, at=make.NOW, how=How.DESK
        )
        new = renegotiate_promise(
            promise, offer=make.offer(due_at=THURSDAY), by=promise.owner, at=make.NOW + HOUR
        )
        assert (new.state, new.yes_how, new.yes_at) == (
            PromiseState.AGREED,
            How.DESK,
            make.NOW + HOUR,
        )
        assert again(promise.case).state == State.FULFILLING
        assert last_entry()[2]["agreed"] is True

    @pytest.mark.parametrize(
        "facts", [{"due_at": THURSDAY + HOUR}, {"due_at": THURSDAY, "what": "Something else"}]
    )
    def test_anything_else_is_asked_again(self, promise, facts):
        counter_promise(promise, wished=THURSDAY, words="", by=promise.case.person, at=make.NOW)
        new = renegotiate_promise(promise, offer=make.offer(**facts), by=promise.owner, at=make.NOW)
        assert new.state is PromiseState.OFFERED

    def test_what_broke_is_promised_anew_and_stays_broken(self, promise):
        broken(promise)
        new = renegotiate_promise(
            promise, offer=make.offer(due_at=THURSDAY), by=promise.owner, at=TOMORROW + 2 * HOUR
        )
        old = again(promise)
        assert (old.state, old.is_owed, new.is_owed) == (PromiseState.BROKEN, False, True)
        assert again(promise.case).next_due == Next.KEEP

    def test_what_is_settled_is_not_renegotiated(self, promise):
        offer = make.offer(due_at=THURSDAY)
        renegotiate_promise(promise, offer=offer, by=promise.owner, at=make.NOW)
        with pytest.raises(PromiseNotOpen):
            renegotiate_promise(promise, offer=offer, by=promise.owner, at=make.NOW)

    def test_the_new_one_is_within_authority_too(self, promise):
        offer = make.offer(remedy=RemedyKind.CREDIT, amount=Decimal(1), due_at=THURSDAY)
        with pytest.raises(BeyondAuthority):
            renegotiate_promise(promise, offer=offer, by=promise.owner, at=make.NOW)


class TestABrokenPromise:
    def test_is_marked_once_and_comes_first(self, promise):
        late = TOMORROW + HOUR
        assert mark_promise_broken(promise, at=late)
        assert not mark_promise_broken(promise, at=late + HOUR)
        case = again(promise.case)
        assert again(promise).broken_at == late
        assert (case.next_due, case.next_due_at) == (Next.SAY_SORRY_FIRST, late)
        assert question_of(promise).dropped_at == late
        assert last_entry() == (
            "PromiseBroken",
            "clock",
            {"case_id": case.pk, "promise_id": promise.pk},
        )

    def test_before_its_moment_nothing_breaks(self, promise):
        assert not mark_promise_broken(promise, at=TOMORROW - HOUR)

    def test_what_was_settled_meanwhile_does_not_break(self, promise):
        keep_promise(promise, evidence="Done.", by=promise.owner, at=make.NOW)
        assert not mark_promise_broken(promise, at=TOMORROW + HOUR)

    def test_is_apologised_for_first_and_then_waits_for_a_new_one(self, promise):
        broken(promise)
        sorry = TOMORROW + 2 * HOUR
        found = apologise_for_broken(promise, by=promise.owner, at=sorry)
        case = again(promise.case)
        assert (found.apologised_at, case.apology_at) == (sorry, sorry)
        assert (case.next_due, case.next_due_at) == (Next.PROMISE, sorry + 4 * HOUR)
        assert last_entry()[0] == "BrokenPromiseApologised"

    def test_the_first_apology_counts(self, promise):
        broken(promise)
        first = TOMORROW + 2 * HOUR
        apologise_for_broken(promise, by=promise.owner, at=first)
        found = apologise_for_broken(promise, by=promise.owner, at=first + HOUR)
        assert found.apologised_at == first

    def test_what_did_not_break_needs_no_apology(self, promise):
        with pytest.raises(NothingToApologiseFor):
            apologise_for_broken(promise, by=promise.owner, at=make.NOW)
