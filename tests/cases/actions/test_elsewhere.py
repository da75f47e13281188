import pytest
from django.db import IntegrityError

from amends.cases.actions.assessment import Assessment, assess_case
from amends.cases.actions.closing import reopen_case
from amends.cases.actions.elsewhere import (
    Receiver,
    ReceiverNeeded,
    SignpostNeeded,
    WhyElsewhereNeeded,
    forward_case,
    rule_out_of_scope,
)
from amends.cases.actions.within import NotTheOrder, NotYours, StillOwed
from amends.cases.models.case import Case
from amends.cases.models.turns import Forwarding
from amends.cases.rules.kinds import How, Outcome
from amends.cases.rules.lifecycle import State
from amends.contacts.actions.mail import NoAddress
from amends.contacts.models import OutgoingMail
from tests import make
from tests.cases.actions.seen import again, last_entry

pytestmark = pytest.mark.django_db
CITY = Receiver(name="The city's roads office", accepted_by="Mr Petraitis")


@pytest.fixture
def owner():
    return make.staff("Inga Ramanauskaitė")


@pytest.fixture
def case(owner):
    person = make.person(email="ruta@home.example", language="en")
    return make.case(make.contact(person=person), owner=owner)


@pytest.fixture
def assessed(case, owner):
    return assess_case(case, assessment=Assessment(), by=owner, at=make.NOW)


def forward(case, by, **changed):
    said = {"receiver": CITY, "reason": "The street is the city's.", "told_how": How.EMAIL}
    return forward_case(case, **{**said, **changed}, by=by, at=make.NOW)


def rule_out(case, by, **changed):
    said = {
        "reason": "We supply water and not power.",
        "signpost": "The power company, 1802.",
        "told_how": How.EMAIL,
    }
    return rule_out_of_scope(case, **{**said, **changed}, by=by, at=make.NOW)


class TestForwardCase:
    @pytest.mark.requirement("S4-11")
    def test_ends_it_here_once_somebody_took_it_and_the_customer_knows(self, assessed, owner):
        case = forward(assessed, owner)
        assert (case.state, case.closed_by, case.closed_at) == ("forwarded", owner, make.NOW)
        assert Forwarding.objects.get().accepted_by == "Mr Petraitis"
        text = OutgoingMail.objects.get().text
        assert "passed your matter on to The city's roads office" in text
        assert "The street is the city's." in text
        assert last_entry()[0] == "CaseForwarded"

    def test_who_was_told_already_gets_no_mail(self, assessed, owner):
        forward(assessed, owner, told_how=How.TELEPHONE)
        assert not OutgoingMail.objects.exists()

    def test_who_has_no_mail_is_told_otherwise(self, owner):
        case = make.case(make.contact(person=make.person()), owner=owner)
        assess_case(case, assessment=Assessment(), by=owner, at=make.NOW)
        with pytest.raises(NoAddress):
            forward(case, owner)
        assert again(case).is_open

    @pytest.mark.parametrize(
        ("changed", "refusal"),
        [
            ({"reason": " "}, WhyElsewhereNeeded),
            ({"receiver": Receiver(name="The city", accepted_by="")}, ReceiverNeeded),
            ({"receiver": Receiver(name="", accepted_by="Mr P.")}, ReceiverNeeded),
        ],
    )
    def test_nothing_is_forwarded_into_the_blue(self, assessed, owner, changed, refusal):
        with pytest.raises(refusal):
            forward(assessed, owner, **changed)

    def test_what_we_promised_is_ours_to_do(self, assessed, owner):
        make.promise(assessed)
        with pytest.raises(StillOwed):
            forward(assessed, owner)

    def test_what_nobody_assessed_is_not_forwarded(self, case, owner):
        with pytest.raises(NotTheOrder):
            forward(case, owner)

    def test_a_colleague_who_has_no_part_in_it_does_not(self, assessed):
        with pytest.raises(NotYours):
            forward(assessed, make.staff())


class TestRuleOutOfScope:
    def test_says_why_and_whom_to_turn_to(self, case, owner):
        case = rule_out(case, owner)
        assert (case.state, case.outcome) == (State.OUT_OF_SCOPE, Outcome.OUT_OF_SCOPE)
        text = OutgoingMail.objects.get().text
        assert "We supply water and not power." in text
        assert "The power company, 1802." in text
        assert last_entry()[2] == {
            "case_id": case.pk,
            "told_how": "email",
            "state": "out-of-scope",
            "ground": "not-ours",
            "ruling_id": case.rulings.get().pk,
        }

    @pytest.mark.parametrize(
        ("changed", "refusal"),
        [({"reason": ""}, WhyElsewhereNeeded), ({"signpost": " "}, SignpostNeeded)],
    )
    def test_nobody_is_sent_away_without(self, case, owner, changed, refusal):
        with pytest.raises(refusal):
            rule_out(case, owner, **changed)

    def test_what_we_promised_is_ours_to_do(self, case, owner):
        make.promise(case)
        with pytest.raises(StillOwed):
            rule_out(case, owner)

    def test_something_new_opens_it_again(self, case, owner):
        rule_out(case, owner, told_how=How.DESK)
        case = reopen_case(case, reason="It is our pipe.", by=owner, at=make.NOW)
        assert (case.state, case.signpost) == (State.INVESTIGATING, "")

    @pytest.mark.parametrize("name", ["reason", "signpost"])
    def test_the_database_knows_no_case_sent_away_without(self, case, owner, name):
        rule_out(case, owner)
        held = {"reason": "ended_reason", "signpost": "signpost"}
        with pytest.raises(IntegrityError, match=r"case_(sent_away|out_of_scope)"):
            Case.objects.filter(pk=case.pk).update(**{held[name]: ""})
