from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection

from amends.cases.actions.closing import Why, close_case, count_cause, thank
from amends.cases.actions.follow_up import Answer, answer_put_right
from amends.cases.actions.outside import (
    Body,
    BodyNeeded,
    ComplianceEvidenceNeeded,
    ComplyByNeeded,
    NothingToComplyWith,
    NotOutside,
    Ruling,
    RulingIncomplete,
    ask_outside_again,
    comply,
    go_outside,
    record_outside_decision,
)
from amends.cases.actions.within import NotTheOrder, NotYours
from amends.cases.models.case import Case
from amends.cases.models.promises import FollowUp
from amends.cases.models.turns import OutsideProceeding
from amends.cases.rules.due import TO_ASK_OUTSIDE
from amends.cases.rules.kinds import How, Mechanism, Next, Outcome, Pillar, Verdict
from amends.cases.rules.lifecycle import State
from amends.cases.rules.turns import Accepted
from tests import make
from tests.cases.actions.seen import again, last_entry

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
BODY = Body(name="The consumer office", reference="7/2026")
PAY = Ruling(
    outcome=Outcome.UPHELD,
    binding=True,
    accepted=Accepted.CUSTOMER,
    reasons="The meter was read wrongly.",
    award="Pay back 120 euros.",
    comply_by=make.NOW + 20 * DAY,
)
NOTHING = Ruling(
    outcome=Outcome.NOT_UPHELD,
    binding=False,
    accepted=Accepted.NOBODY,
    reasons="The meter was read rightly.",
)


@pytest.fixture
def owner():
    return make.staff("Inga Ramanauskaitė")


@pytest.fixture
def case(owner):
    return make.case(owner=owner)


@pytest.fixture
def closed(case, owner):
    make.done(case)
    thank(case, by=owner, at=make.NOW)
    why = Why(pillar=Pillar.SYSTEM, mechanism=Mechanism.DELAY)
    count_cause(case, why=why, by=owner, at=make.NOW)
    return close_case(case, by=owner, at=make.NOW)


@pytest.fixture
def outside(case, owner):
    go_outside(case, body=BODY, by=owner, at=make.NOW)
    return again(case)


class TestGoOutside:
    def test_a_body_opens_when_it_likes(self, case, owner):
        proceeding = go_outside(case, body=BODY, by=owner, at=make.NOW)
        case = again(case)
        assert (case.state, case.state_until) == (State.EXTERNAL, make.NOW + TO_ASK_OUTSIDE)
        assert (case.next_due, case.next_due_at) == (Next.OUTSIDE, case.state_until)
        assert not proceeding.was_closed
        assert last_entry()[0] == "WentOutside"

    def test_also_after_we_closed_it(self, closed, owner):
        proceeding = go_outside(closed, body=BODY, by=closed.person, at=make.NOW + 100 * DAY)
        case = again(closed)
        assert (case.state, case.closed_at, case.verdict) == (State.EXTERNAL, None, Verdict.YES)
        assert proceeding.was_closed
        assert case.owner == owner

    def test_an_owner_who_left_owns_it_no_more(self, closed, owner):
        owner.is_active = False
        owner.save()
        go_outside(closed, body=BODY, by=closed.person, at=make.NOW)
        assert again(closed).owner is None

    @pytest.mark.parametrize("body", [Body(name=" ", reference="7"), Body(name="A", reference="")])
    def test_which_body_and_under_what_reference_is_said(self, case, owner, body):
        with pytest.raises(BodyNeeded):
            go_outside(case, body=body, by=owner, at=make.NOW)

    def test_two_do_not_look_at_once(self, outside, owner):
        with pytest.raises(NotTheOrder):
            go_outside(outside, body=BODY, by=owner, at=make.NOW)

    def test_a_colleague_who_has_no_part_in_it_does_not(self, case):
        with pytest.raises(NotYours):
            go_outside(case, body=BODY, by=make.staff(), at=make.NOW)

    def test_nothing_of_it_is_deleted_meanwhile(self, outside):
        with connection.cursor() as cursor, pytest.raises(IntegrityError, match="outside body"):
            cursor.execute("DELETE FROM cases_case WHERE id = %s", [outside.pk])

    def test_a_no_leaves_it_there(self, case, owner):
        question = make.kept(case)
        go_outside(case, body=BODY, by=owner, at=make.NOW + DAY)
        answer = Answer(verdict=Verdict.NO, how=How.LINK)
        answer_put_right(question, answer=answer, by=case.person, at=make.NOW + 2 * DAY)
        assert again(case).state == State.EXTERNAL

    def test_how_it_stands_is_asked_again(self, outside, owner):
        case = ask_outside_again(outside, by=owner, at=make.NOW + 9 * DAY)
        assert case.state_until == make.NOW + 9 * DAY + TO_ASK_OUTSIDE
        with pytest.raises(NotOutside):
            ask_outside_again(make.case(owner=owner), by=owner, at=make.NOW)


class TestRecordOutsideDecision:
    def test_what_binds_us_is_due_by_its_day(self, outside, owner):
        proceeding = record_outside_decision(outside, ruling=PAY, by=owner, at=make.NOW)
        case = again(outside)
        assert (case.state, case.outcome) == (State.DECIDED, Outcome.UPHELD)
        assert case.comply_by == proceeding.comply_by == PAY.comply_by
        assert last_entry()[2]["comply_by"] == (make.NOW + 20 * DAY).isoformat()

    def test_what_nobody_accepted_and_binds_nobody_is_not_due(self, outside, owner):
        ruling = replace(PAY, binding=False, accepted=Accepted.NOBODY)
        record_outside_decision(outside, ruling=ruling, by=owner, at=make.NOW)
        assert (again(outside).comply_by, again(outside).state) == (None, State.FULFILLING)
        assert OutsideProceeding.objects.get().award == PAY.award

    @pytest.mark.parametrize(
        ("changed", "refusal"),
        [
            ({"reasons": " "}, RulingIncomplete),
            ({"outcome": Outcome.NOT_JUDGED}, RulingIncomplete),
            ({"comply_by": None}, ComplyByNeeded),
            ({"comply_by": make.NOW}, ComplyByNeeded),
        ],
    )
    def test_it_is_written_down_in_full(self, outside, owner, changed, refusal):
        with pytest.raises(refusal):
            record_outside_decision(outside, ruling=replace(PAY, **changed), by=owner, at=make.NOW)

    def test_what_was_closed_and_asks_nothing_more_is_closed_again(self, closed, owner):
        go_outside(closed, body=BODY, by=owner, at=make.NOW)
        record_outside_decision(closed, ruling=NOTHING, by=owner, at=make.NOW + DAY)
        case = again(closed)
        assert (case.state, case.closed_at) == (State.CLOSED, make.NOW + DAY)
        assert case.next_due == ""

    def test_what_was_closed_with_something_owed_since_is_not(self, closed, owner):
        go_outside(closed, body=BODY, by=owner, at=make.NOW)
        make.promise(again(closed))
        record_outside_decision(closed, ruling=NOTHING, by=owner, at=make.NOW)
        assert again(closed).state == State.FULFILLING

    def test_nothing_is_decided_where_nobody_looks(self, case, owner):
        with pytest.raises(NotOutside):
            record_outside_decision(case, ruling=PAY, by=owner, at=make.NOW)

    def test_the_database_knows_no_half_decision(self, outside):
        with pytest.raises(IntegrityError, match="outside_decided_in_full"):
            OutsideProceeding.objects.update(decided_at=make.NOW)


class TestComply:
    @pytest.fixture
    def ruled(self, outside, owner):
        record_outside_decision(outside, ruling=PAY, by=owner, at=make.NOW)
        return again(outside)

    def test_what_was_decided_is_done_and_asked_after(self, ruled, owner):
        case = comply(ruled, evidence="120 euros paid.", by=owner, at=make.NOW + DAY)
        assert (case.state, case.comply_by) == (State.FOLLOW_UP, None)
        assert case.done_what == "120 euros paid."
        assert OutsideProceeding.objects.get().complied_at == make.NOW + DAY
        assert FollowUp.objects.get(case=case).due_at
        with pytest.raises(NothingToComplyWith):
            comply(ruled, evidence="Again.", by=owner, at=make.NOW + DAY)

    def test_what_is_being_done_already_goes_on_from_there(self, ruled, owner):
        Case.objects.filter(pk=ruled.pk).update(state=State.FULFILLING)
        case = comply(again(ruled), evidence="Paid.", by=owner, at=make.NOW + DAY)
        assert case.state == State.FOLLOW_UP

    def test_it_is_done_with_evidence(self, ruled, owner):
        with pytest.raises(ComplianceEvidenceNeeded):
            comply(ruled, evidence="", by=owner, at=make.NOW)

    def test_a_question_that_waits_is_not_asked_twice(self, case, owner):
        make.kept(case)
        go_outside(case, body=BODY, by=owner, at=make.NOW + DAY)
        ruling = replace(PAY, comply_by=make.NOW + 9 * DAY)
        record_outside_decision(case, ruling=ruling, by=owner, at=make.NOW + DAY)
        comply(case, evidence="Paid.", by=owner, at=make.NOW + 2 * DAY)
        assert FollowUp.objects.filter(case=case).count() == 1

    def test_until_then_it_is_what_is_next(self, ruled):
        assert (ruled.next_due, ruled.next_due_at) == (Next.COMPLY, PAY.comply_by)

    def test_nothing_of_it_is_deleted_before(self, ruled):
        with connection.cursor() as cursor, pytest.raises(IntegrityError, match="outside body"):
            cursor.execute("DELETE FROM cases_case WHERE id = %s", [ruled.pk])
