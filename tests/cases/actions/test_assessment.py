from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from amends.cases.actions.assessment import (
    Assessment,
    Complaint,
    CustomerNeeded,
    Finding,
    FindingIncomplete,
    KindReasonNeeded,
    NotAGrade,
    NothingComplainedOf,
    SecondPairOfEyesNeeded,
    WishNeeded,
    add_issue,
    assess_case,
    change_kind,
    correct_issue,
    record_finding,
)
from amends.cases.actions.clarifying import (
    CustomerKnownAlready,
    DatesOutOfOrder,
    NeedInThePast,
    Needs,
    NothingWished,
    WhatWasTriedNeeded,
    mark_clarified,
    name_customer,
    note_dates,
    note_needs,
    note_unreachable,
    note_wish,
    set_need_by,
)
from amends.cases.actions.within import CaseHasEnded, NotYours
from amends.cases.models.case import Issue
from amends.cases.rules.kinds import CaseKind, How, Next, Outcome, Track
from amends.cases.rules.lifecycle import State
from amends.staff.actions.authorise import NotAllowed
from amends.staff.rules.authority import RemedyKind
from amends.staff.rules.permissions import Role
from tests import make
from tests.cases.actions.seen import again, last_entry

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
FOUND = Finding(
    what_happened="The pump stood still for two days.",
    should_have_happened="It is looked at within four hours.",
    validity=Outcome.UPHELD,
)


@pytest.fixture
def owner():
    return make.staff("Inga Ramanauskaitė")


@pytest.fixture
def case(owner):
    return make.case(owner=owner)


def assessed(case, by, **facts):
    return assess_case(case, assessment=Assessment(**facts), by=by, at=make.NOW)


class TestAssessCase:
    def test_on_the_light_track_nothing_need_be_assessed(self, case, owner):
        found = assessed(case, owner)
        assert (found.state, found.track, found.severity) == (State.ASSESSED, "light", None)
        assert last_entry() == (
            "CaseAssessed",
            owner.actor,
            {
                "case_id": case.pk,
                "state": "assessed",
                "track": "light",
                "owner_id": owner.pk,
            },
        )

    def test_what_is_assessed_is_written_down_and_proposes_the_track(self, case, owner):
        found = assessed(case, owner, severity=4, safety=False, complexity=2, impact=5)
        assert (found.severity, found.safety, found.complexity, found.impact) == (4, False, 2, 5)
        assert found.track == Track.FULL

    def test_the_full_track_is_one_click_away(self, case, owner):
        assert assessed(case, owner, track=Track.FULL).track == Track.FULL

    def test_money_beyond_the_owner_s_authority_proposes_the_full_track(self, case, owner):
        make.authority(Role.AGENT, RemedyKind.REFUND_PART, 60)
        assert assessed(case, owner, money_at_stake=Decimal(60)).track == Track.LIGHT
        assert assessed(case, owner, money_at_stake=Decimal(61)).track == Track.FULL

    def test_who_assesses_what_nobody_took_takes_it(self):
        by = make.staff()
        assert assessed(make.case(), by).owner == by

    def test_a_case_further_on_stays_where_it_is(self, case, owner):
        make.promise(case, accepted=True)
        assert assessed(case, owner, severity=2).state == State.FULFILLING

    @pytest.mark.requirement("S3-35")
    def test_the_wish_is_asked_for_first(self, owner):
        case = make.case(owner=owner, wish="")
        with pytest.raises(WishNeeded):
            assessed(case, owner)
        note_wish(case, wish="", not_said=True, by=owner, at=make.NOW)
        assert assessed(case, owner).state == State.ASSESSED

    def test_the_customer_is_known_or_was_looked_for(self, owner):
        case = make.case(make.contact(), owner=owner)
        with pytest.raises(CustomerNeeded):
            assessed(case, owner)
        note_unreachable(case, tried="Called back twice.", by=owner, at=make.NOW)
        assert assessed(case, owner).state == State.ASSESSED

    @pytest.mark.parametrize("facts", [{"severity": 0}, {"complexity": 6}, {"impact": -1}])
    def test_grades_go_from_one_to_five(self, case, owner, facts):
        with pytest.raises(NotAGrade):
            assessed(case, owner, **facts)

    def test_a_stranger_assesses_nothing(self, case):
        with pytest.raises(NotYours):
            assessed(case, make.staff())


class TestIssues:
    @pytest.mark.requirement("S0-02", "S2-02", "S3-48")
    def test_every_issue_gets_its_own_finding(self, case, owner):
        first = Issue.objects.get(case=case)
        second = add_issue(
            case, complaint=Complaint(statement=" Nobody called back. "), by=owner, at=make.NOW
        )
        assert second.statement == "Nobody called back."
        assert last_entry()[0] == "IssueAdded"
        record_finding(first, finding=FOUND, by=owner, at=make.NOW)
        assert again(case).outcome == Outcome.NOT_JUDGED
        not_upheld = replace(FOUND, validity=Outcome.NOT_UPHELD)
        found = record_finding(second, finding=not_upheld, by=owner, at=make.NOW)
        assert (found.validity, found.found_at) == ("not-upheld", make.NOW)
        assert again(case).outcome == Outcome.PARTLY_UPHELD
        assert last_entry() == (
            "FindingRecorded",
            owner.actor,
            {"case_id": case.pk, "issue_id": second.pk, "validity": "not-upheld"},
        )

    def test_an_issue_is_said_better(self, case, owner):
        issue = Issue.objects.get(case=case)
        better = Complaint(statement="No hot water", product="Heating", topic="outage")
        found = correct_issue(issue, complaint=better, by=owner, at=make.NOW)
        assert (found.statement, found.product, found.topic) == (
            "No hot water",
            "Heating",
            "outage",
        )
        assert last_entry()[0] == "IssueCorrected"

    def test_an_issue_says_something(self, case, owner):
        nothing = Complaint(statement=" ")
        with pytest.raises(NothingComplainedOf):
            add_issue(case, complaint=nothing, by=owner, at=make.NOW)
        with pytest.raises(NothingComplainedOf):
            correct_issue(Issue.objects.get(), complaint=nothing, by=owner, at=make.NOW)

    @pytest.mark.parametrize(
        "lacks",
        [
            {"what_happened": " "},
            {"should_have_happened": ""},
            {"validity": Outcome.NOT_JUDGED},
        ],
    )
    def test_no_outcome_without_what_it_rests_on(self, case, owner, lacks):
        with pytest.raises(FindingIncomplete):
            record_finding(
                Issue.objects.get(), finding=replace(FOUND, **lacks), by=owner, at=make.NOW
            )


class TestChangeKind:
    def changed(self, case, kind, by, **facts):
        said = {"reason": "They only ask for a date.", **facts}
        return change_kind(case, kind=kind, by=by, at=make.NOW, **said)

    def test_with_the_customer_s_agreement_a_complaint_becomes_an_enquiry(self, case, owner):
        found = self.changed(case, CaseKind.ENQUIRY, owner, agreed_how=How.TELEPHONE)
        assert found.kind == "enquiry"
        assert last_entry() == (
            "KindChanged",
            owner.actor,
            {
                "case_id": case.pk,
                "was": "complaint",
                "kind": "enquiry",
                "agreed_how": "telephone",
            },
        )

    def test_the_owner_alone_does_not_make_a_complaint_disappear(self, case, owner):
        with pytest.raises(SecondPairOfEyesNeeded):
            self.changed(case, CaseKind.ENQUIRY, owner)
        assert self.changed(case, CaseKind.ENQUIRY, case.team.duty_owner).kind == "enquiry"

    def test_a_colleague_of_the_team_is_no_senior(self, case):
        mate = make.staff()
        make.team(members=(mate,))
        with pytest.raises(SecondPairOfEyesNeeded):
            self.changed(case, CaseKind.ENQUIRY, mate)

    def test_a_senior_who_owns_it_is_no_second_pair_of_eyes(self):
        senior = make.staff(role=Role.SENIOR)
        case = make.case(owner=senior)
        with pytest.raises(SecondPairOfEyesNeeded):
            self.changed(case, CaseKind.ENQUIRY, senior)

    def test_who_works_alone_decides_alone(self):
        alone = make.staff(role=Role.MANAGER)
        case = make.case(owner=alone, team_=make.team("One", duty_owner=alone))
        assert self.changed(case, CaseKind.REQUEST, alone).kind == "request"

    @pytest.mark.requirement("S4-01")
    def test_anything_becomes_a_complaint_with_one_click(self, owner):
        case = make.case(owner=owner, kind=CaseKind.ENQUIRY)
        assert self.changed(case, CaseKind.COMPLAINT, owner).kind == "complaint"

    def test_it_says_why(self, case, owner):
        with pytest.raises(KindReasonNeeded):
            self.changed(case, CaseKind.ENQUIRY, owner, reason=" ", agreed_how=How.DESK)


class TestClarifying:
    @pytest.mark.requirement("S4-37", "S3-59")
    def test_need_wish_requirement_and_expectation_are_four_things(self, case, owner):
        needs = Needs(
            need="Warm water for a child",
            wish="To know who comes",
            requirement="By 16:30",
            expectation="A call back",
        )
        found = note_needs(case, needs=needs, by=owner, at=make.NOW)
        assert (found.need, found.wish, found.requirement, found.expectation) == (
            "Warm water for a child",
            "To know who comes",
            "By 16:30",
            "A call back",
        )
        assert last_entry() == ("NeedsNoted", owner.actor, {"case_id": case.pk})

    @pytest.mark.requirement("S1-14", "S3-35")
    def test_the_wish_is_in_their_words_or_was_not_said(self, case, owner):
        found = note_wish(case, wish=" A call. ", by=owner, at=make.NOW)
        assert (found.requested_remedy, found.remedy_not_said) == ("A call.", False)
        found = note_wish(case, wish="", not_said=True, by=owner, at=make.NOW)
        assert (found.requested_remedy, found.remedy_not_said) == ("", True)
        assert last_entry() == ("WishNoted", owner.actor, {"case_id": case.pk, "said": False})
        with pytest.raises(NothingWished):
            note_wish(case, wish=" ", by=owner, at=make.NOW)

    @pytest.mark.requirement("S1-17")
    def test_their_own_day_drives_the_work(self, case, owner):
        soon = make.NOW + timedelta(hours=1)
        found = set_need_by(case, need_by=soon, reason="The school.", by=owner, at=make.NOW)
        assert (found.next_due, found.next_due_at) == (Next.CUSTOMER_NEED, soon)
        assert (found.need_reason, last_entry()[2]["need_by"]) == (
            "The school.",
            soon.isoformat(),
        )
        found = set_need_by(case, need_by=None, reason="x", by=owner, at=make.NOW)
        assert (found.need_by, found.need_reason, found.next_due) == (None, "", Next.ANSWER)
        with pytest.raises(NeedInThePast):
            set_need_by(case, need_by=make.NOW, reason="", by=owner, at=make.NOW)

    def test_the_days_stand_in_their_order(self, case, owner):
        first, second = date(2026, 3, 1), date(2026, 3, 20)
        found = note_dates(case, happened_on=first, aware_on=second, by=owner, at=make.NOW)
        assert (found.happened_on, found.aware_on) == (first, second)
        assert last_entry()[0] == "DatesNoted"
        for happened_on, aware_on in ((second, first), (date(2026, 3, 28), None)):
            with pytest.raises(DatesOutOfOrder):
                note_dates(case, happened_on=happened_on, aware_on=aware_on, by=owner, at=make.NOW)

    @pytest.mark.requirement("S4-18")
    def test_details_are_clear_once(self, case, owner):
        mark_clarified(case, by=owner, at=make.NOW)
        assert mark_clarified(case, by=owner, at=make.NOW + DAY).clarified_at == make.NOW
        assert last_entry()[0] == "Clarified"

    @pytest.mark.requirement("S4-09")
    def test_the_customer_is_named_after_the_story(self, owner):
        case = make.case(make.contact(), owner=owner)
        note_unreachable(case, tried="Asked at the desk.", by=owner, at=make.NOW)
        assert last_entry()[0] == "CustomerNotFound"
        person = make.person()
        found = name_customer(case, person=person, by=owner, at=make.NOW)
        assert (found.person, found.unreachable) == (person, "")
        assert case.case_contacts.get().contact.person == person
        assert last_entry() == (
            "CustomerNamed",
            owner.actor,
            {"case_id": case.pk, "person_id": person.pk},
        )
        assert name_customer(case, person=person, by=owner, at=make.NOW).person == person

    def test_a_case_keeps_its_customer(self, case, owner):
        with pytest.raises(CustomerKnownAlready, match="Rūta"):
            name_customer(case, person=make.person("Other"), by=owner, at=make.NOW)

    def test_what_was_tried_is_said(self, case, owner):
        with pytest.raises(WhatWasTriedNeeded):
            note_unreachable(case, tried=" ", by=owner, at=make.NOW)


ACTS = [
    assessed,
    lambda case, by: add_issue(case, complaint=Complaint(statement="x"), by=by, at=make.NOW),
    lambda case, by: correct_issue(
        Issue.objects.get(), complaint=Complaint(statement="x"), by=by, at=make.NOW
    ),
    lambda case, by: record_finding(Issue.objects.get(), finding=FOUND, by=by, at=make.NOW),
    lambda case, by: change_kind(case, kind=CaseKind.COMPLAINT, reason="x", by=by, at=make.NOW),
    lambda case, by: note_needs(case, needs=Needs(), by=by, at=make.NOW),
    lambda case, by: note_wish(case, wish="x", by=by, at=make.NOW),
    lambda case, by: set_need_by(case, need_by=None, reason="", by=by, at=make.NOW),
    lambda case, by: note_dates(case, happened_on=None, aware_on=None, by=by, at=make.NOW),
    lambda case, by: mark_clarified(case, by=by, at=make.NOW),
    lambda case, by: name_customer(case, person=case.person, by=by, at=make.NOW),
    lambda case, by: note_unreachable(case, tried="x", by=by, at=make.NOW),
]


@pytest.mark.parametrize("act", ACTS)
def test_every_act_is_of_who_may_work_on_it_and_of_an_open_case(case, owner, act):
    with pytest.raises(NotYours):
        act(case, make.staff())
    with pytest.raises(NotAllowed):
        act(case, make.staff(role=Role.EMPLOYEE))
    make.withdrawn(case)
    with pytest.raises(CaseHasEnded):
        act(case, owner)
