"""What a customer reads and does where their case is off the straight way."""

from datetime import timedelta

import pytest
from django.utils import timezone

from amends.cases.actions.assessment import Assessment, assess_case
from amends.cases.actions.elsewhere import Receiver, forward_case, rule_out_of_scope
from amends.cases.actions.investigating import Awaited, Plan, plan_investigation, wait_for
from amends.cases.actions.merging import merge_case
from amends.cases.actions.outside import Body, Ruling, go_outside, record_outside_decision
from amends.cases.models.case import Case
from amends.cases.models.turns import InternalReview
from amends.cases.queries.links import token_of
from amends.cases.rules.kinds import How, Outcome
from amends.cases.rules.lifecycle import State
from amends.cases.rules.turns import Accepted
from amends.staff.models import Staff
from tests import make
from tests.portal.behind_the_link import url

pytestmark = pytest.mark.django_db
PLAN = Plan(questions="Why?", sources="The log.", persons="Jonas.", update_every_days=5)
BODY = Body(name="The consumer office", reference="7/26")


@pytest.fixture
def looked_into(case):
    now = timezone.now()
    assess_case(case, assessment=Assessment(), by=case.owner, at=now)
    return plan_investigation(case, plan=PLAN, by=case.owner, at=now)


def waits(case, state):
    until = timezone.now() + timedelta(days=2)
    awaited = Awaited(state=state, what="a picture", whom="Jonas Kairys", until=until)
    wait_for(case, awaited=awaited, by=case.owner, at=timezone.now())


def decided(case):
    Case.objects.filter(pk=case.pk).update(state=State.DECIDED)


@pytest.mark.requirement("S4-50")
def test_nothing_is_said_where_nothing_is_unusual(customer, case):
    assert "standing" not in customer.get(url(case)).text


def test_who_is_waited_for_reads_for_what(customer, looked_into):
    waits(looked_into, State.WAITING_CUSTOMER)
    text = customer.get(url(looked_into)).text
    assert "We wait for this from you" in text
    assert "a picture. Add it below." in text


def test_that_somebody_else_is_waited_for_is_said_without_a_name(customer, looked_into):
    waits(looked_into, State.WAITING_INSIDE)
    text = customer.get(url(looked_into)).text
    assert "We wait for an answer from somebody else" in text
    assert "Jonas Kairys" not in text


def test_a_decision_is_looked_at_by_another_person(customer, case):
    decided(case)
    assert "Ask another person to look" in customer.get(url(case)).text
    response = customer.post(url(case, "another-look"), {"words": "Nobody asked my neighbour."})
    assert response.status_code == 302
    text = customer.get(url(case)).text
    reviewer = InternalReview.objects.get().reviewer
    assert f"{reviewer.name}, who did not decide it, looks at all of it" in text


def test_where_there_is_no_second_person_it_is_said(customer, case):
    decided(case)
    Staff.objects.exclude(pk=case.owner_id).update(is_active=False)
    customer.post(url(case, "another-look"), {"words": "Please."})
    assert "there is no second person" in customer.get(url(case)).text


class TestOutside:
    TOLD = {"name": BODY.name, "reference": "7/26", "words": "I asked them."}

    def test_a_customer_says_that_they_turned_to_a_body(self, customer, case):
        response = customer.post(url(case, "outside"), self.TOLD)
        assert response.url.endswith("done=outside")
        assert "It is with The consumer office now (7/26)." in customer.get(url(case)).text

    def test_a_second_time_is_refused_in_words(self, customer, case):
        customer.post(url(case, "outside"), self.TOLD)
        assert customer.post(url(case, "outside"), self.TOLD).status_code == 422

    def test_without_a_reference_nothing_moves(self, customer, case):
        customer.post(url(case, "outside"), {**self.TOLD, "reference": ""})
        assert Case.objects.get(pk=case.pk).state == State.RECEIVED

    def test_what_was_decided_there_is_said_with_its_day(self, customer, case):
        now = timezone.now()
        go_outside(case, body=BODY, by=case.owner, at=now)
        ruling = Ruling(
            outcome=Outcome.UPHELD,
            binding=True,
            accepted=Accepted.BOTH,
            reasons="The meter.",
            award="Pay back 120 euros.",
            comply_by=now + timedelta(days=9),
        )
        record_outside_decision(case, ruling=ruling, by=case.owner, at=now)
        text = customer.get(url(case)).text
        assert "The consumer office has decided." in text
        assert "Pay back 120 euros." in text


class TestTheEnd:
    def test_what_was_passed_on_says_who_has_it(self, customer, case):
        assess_case(case, assessment=Assessment(), by=case.owner, at=timezone.now())
        forward_case(
            case,
            receiver=Receiver(name="The city", accepted_by="Mr Petraitis"),
            reason="The street is theirs.",
            told_how=How.TELEPHONE,
            by=case.owner,
            at=timezone.now(),
        )
        text = customer.get(url(case)).text
        assert "The city has it now; Mr Petraitis took it there. The street is theirs." in text
        assert "with thanks" not in text

    def test_what_is_not_ours_says_whom_to_turn_to(self, customer, case):
        rule_out_of_scope(
            case,
            reason="It is power.",
            signpost="The power company, 1802.",
            told_how=How.TELEPHONE,
            by=case.owner,
            at=timezone.now(),
        )
        assert "You can turn to: The power company, 1802." in customer.get(url(case)).text

    @pytest.mark.parametrize("same", [True, False])
    def test_what_was_joined_leads_on_only_its_own_customer(self, customer, case, same):
        person = case.person if same else None
        gone = make.case(make.contact("I wrote you.", person=person), owner=case.owner)
        merge_case(gone, into=case, reason="One story.", by=case.owner, at=timezone.now())
        text = customer.get(url(gone)).text
        assert case.reference in text
        assert (token_of(case) in text) is same

    def test_what_comes_back_after_too_long_leads_to_the_case_that_follows(self, customer, case):
        make.withdrawn(case)
        response = customer.post(url(case, "again"), {"words": "Cold again."})
        new = Case.objects.latest("pk")
        assert new.pk != case.pk
        assert token_of(new) in response.url
