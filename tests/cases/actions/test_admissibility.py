from datetime import date

import pytest
from django.db import IntegrityError, transaction

from amends.cases.actions import ruling as steps
from amends.cases.actions.admissibility import (
    NothingAgainstIt,
    NothingRuled,
    SoAlready,
    admit_in_spite,
    take_back_ruling,
)
from amends.cases.actions.assessment import Assessment, assess_case
from amends.cases.actions.closing import reopen_case
from amends.cases.actions.elsewhere import rule_inadmissible
from amends.cases.actions.from_portal import ask_for_another_look, come_back
from amends.cases.actions.investigating import Plan, plan_investigation
from amends.cases.actions.reviewing import Second, ask_for_review, finish_review
from amends.cases.actions.ruling import Grounds
from amends.cases.actions.within import CaseHasEnded, NotAdmissible, NotTheOrder, locked, move
from amends.cases.models.admissibility import Ruling
from amends.cases.queries.file import file_of
from amends.cases.queries.ways import ruling_of
from amends.cases.rules.admissibility import Ground, Ruled
from amends.cases.rules.kinds import How, Outcome
from amends.cases.rules.lifecycle import State
from amends.cases.rules.turns import Reviewed
from amends.contacts.models import OutgoingMail
from amends.staff.rules.permissions import Role
from tests import make
from tests.cases.actions.seen import again, last_entry

pytestmark = pytest.mark.django_db
LONG_AGO = date(2019, 5, 4)
PLAN = Plan(questions="Why?", sources="The log", persons="The driver", update_every_days=7)


@pytest.fixture
def owner():
    return make.staff("Inga", role=Role.SENIOR)


@pytest.fixture
def other(owner):
    return make.staff("Tomas", role=Role.SENIOR)


@pytest.fixture
def case(owner, other):
    make.organisation()
    person = make.person(email="ruta@home.example", language="en")
    team = make.team(members=(owner, other), duty_owner=owner)
    return make.case(make.contact(person=person), owner=owner, team_=team)


def late(**facts):
    told = {"reasons": "It was in 2019.", "ground": Ground.LATE, "happened_on": LONG_AGO}
    return Grounds(**{**told, **facts})


def rule(case, by, grounds=None, **changed):
    said = {"signpost": "The court of the city.", "told_how": How.EMAIL, **changed}
    return rule_inadmissible(case, grounds=grounds or late(), **said, by=by, at=make.NOW)


def admit(case, by, grounds=None):
    return admit_in_spite(case, grounds=grounds or late(), by=by, at=make.NOW)


def standing(case):
    found = ruling_of(case)
    assert found
    return found


class TestInadmissible:
    def test_ends_the_case_with_ground_days_reasons_and_who_decided(self, case, owner):
        ended = rule(case, owner, late(complained_on=date(2026, 3, 1)))
        ruling = standing(ended)
        assert (ended.state, ended.outcome) == (State.OUT_OF_SCOPE, Outcome.OUT_OF_SCOPE)
        assert (ruling.ruled, ruling.ground, ruling.by) == (Ruled.INADMISSIBLE, "late", owner)
        assert (ruling.happened_on, ruling.complained_on) == (LONG_AGO, date(2026, 3, 1))
        assert again(case).happened_on == LONG_AGO
        assert str(ruling) == "inadmissible: late"
        kind, _by, facts = last_entry()
        assert (kind, facts["ground"]) == ("RuledOutOfScope", "late")

    @pytest.mark.parametrize(
        ("ground", "said"),
        [
            (Ground.LATE, "Too much time has passed"),
            (Ground.OTHER_FORUM, "Somebody else decides it already"),
            (Ground.NO_STANDING, "Only whom it concerns"),
            (Ground.NOT_OURS, "It is not ours to decide"),
        ],
    )
    def test_the_customer_reads_why_whom_to_turn_to_and_that_another_may_look(
        self, case, owner, ground, said
    ):
        rule(case, owner, late(ground=ground))
        text = OutgoingMail.objects.latest("pk").text
        for part in (said, "It was in 2019.", "The court of the city.", "another person looks"):
            assert part in text

    def test_what_was_decided_before_names_that_case(self, case, owner):
        before = make.case(make.contact(person=case.person), owner=owner)
        rule(case, owner, late(ground=Ground.REPEATED, earlier=before))
        assert standing(case).earlier == before
        assert before.reference in OutgoingMail.objects.latest("pk").text

    def test_a_repeated_matter_needs_the_earlier_case_of_the_same_customer(self, case, owner):
        for wrong in (None, case):
            with pytest.raises(steps.EarlierNeeded):
                rule(case, owner, late(ground=Ground.REPEATED, earlier=wrong))
        stranger = make.case(make.contact(person=make.person("Jonas")), owner=owner)
        with pytest.raises(steps.NotTheSameCustomer):
            rule(case, owner, late(ground=Ground.REPEATED, earlier=stranger))

    def test_late_is_counted_from_a_day_and_days_follow_each_other(self, case, owner):
        with pytest.raises(steps.DaysNeeded):
            rule(case, owner, late(happened_on=None))
        with pytest.raises(steps.DaysOutOfOrder):
            rule(case, owner, late(aware_on=date(2018, 1, 1)))
        with pytest.raises(IntegrityError, match="late_after_a_day"), transaction.atomic():
            Ruling.objects.create(
                case=case, ruled="inadmissible", ground="late", reasons="So.", by=owner, at=make.NOW
            )
        assert again(case).is_open

    def test_it_cannot_be_investigated_on_whatever_door_is_tried(self, case, owner):
        rule(case, owner)
        with pytest.raises(CaseHasEnded):
            plan_investigation(case, plan=PLAN, by=owner, at=make.NOW)
        with transaction.atomic(), pytest.raises(NotAdmissible):
            move(locked(case), State.INVESTIGATING, at=make.NOW)

    def test_opened_again_with_a_reason_it_is_taken_back(self, case, owner):
        rule(case, owner)
        reopen_case(case, reason="The pipe is ours.", by=owner, at=make.NOW)
        assert ruling_of(case) is None
        assert Ruling.objects.get().taken_back_why == "The pipe is ours."

    def test_it_stands_in_the_file_of_the_case(self, case, owner):
        rule(case, owner)
        told = file_of(case).ruling
        assert told
        assert (told.ground, told.by, told.happened_on) == ("late", "Inga", LONG_AGO)


class TestInSpite:
    def test_it_is_looked_at_with_the_reason(self, case, owner):
        admit(case, owner)
        assert again(case).is_open
        assert standing(case).ruled == Ruled.IN_SPITE
        assert last_entry()[0] == "AdmittedInSpite"
        assess_case(case, assessment=Assessment(), by=owner, at=make.NOW)
        plan_investigation(case, plan=PLAN, by=owner, at=make.NOW)
        assert again(case).state == State.INVESTIGATING

    def test_once_with_words_and_against_something(self, case, owner):
        with pytest.raises(steps.ReasonsNeeded):
            admit(case, owner, late(reasons=" "))
        with pytest.raises(NothingAgainstIt):
            admit(case, owner, late(ground=Ground.NOT_OURS))
        admit(case, owner)
        with pytest.raises(SoAlready):
            admit(case, owner)

    def test_it_is_taken_back_with_a_reason(self, case, owner):
        with pytest.raises(NothingRuled):
            take_back_ruling(case, reason="Why", by=owner, at=make.NOW)
        admit(case, owner)
        with pytest.raises(steps.ReasonsNeeded):
            take_back_ruling(case, reason=" ", by=owner, at=make.NOW)
        take_back_ruling(case, reason="It was in time.", by=owner, at=make.NOW)
        assert ruling_of(case) is None
        assert last_entry()[0] == "RulingTakenBack"

    def test_it_may_yet_be_ruled_inadmissible(self, case, owner):
        admit(case, owner)
        rule(case, owner)
        assert standing(case).ruled == Ruled.INADMISSIBLE
        assert Ruling.objects.count() == 2


class TestReview:
    def test_somebody_else_looks_and_it_may_stand(self, case, owner, other):
        rule(case, owner)
        review = ask_for_review(case, reason="I was ill.", by=case.person, at=make.NOW)
        assert (review.reviewer, review.decider) == (other, owner)
        with pytest.raises(NotTheOrder):
            rule(again(case), owner)
        second = Second(result=Reviewed.STANDS, reasons="Seven years are too long.")
        finish_review(review, second=second, by=other, at=make.NOW)
        ended = again(case)
        assert (ended.state, ended.closed_by) == (State.OUT_OF_SCOPE, owner)
        assert ruling_of(ended)

    def test_or_is_looked_at_after_all(self, case, owner, other):
        rule(case, owner)
        review = ask_for_review(case, reason="I was ill.", by=case.person, at=make.NOW)
        second = Second(result=Reviewed.CHANGES, reasons="They could not know.")
        finish_review(review, second=second, by=other, at=make.NOW)
        opened = again(case)
        assert (opened.state, opened.outcome) == (State.INVESTIGATING, Outcome.NOT_JUDGED)
        assert (opened.signpost, ruling_of(opened)) == ("", None)

    def test_the_customer_asks_by_the_page_and_cannot_open_it_past_the_reviewer(self, case, owner):
        rule(case, owner)
        come_back(case, words="I was ill.", by=case.person, at=make.NOW)
        assert again(case).state == State.INTERNAL_REVIEW

    def test_what_is_not_ours_opens_when_something_new_is(self, case, owner):
        rule(case, owner, late(ground=Ground.NOT_OURS))
        come_back(case, words="It is your pipe.", by=case.person, at=make.NOW)
        assert again(case).state == State.INVESTIGATING

    def test_another_look_is_asked_for_as_at_any_decision(self, case, owner):
        rule(case, owner)
        ask_for_another_look(case, words="I was ill.", by=case.person, at=make.NOW)
        assert again(case).state == State.INTERNAL_REVIEW
