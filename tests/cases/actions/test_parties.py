from datetime import timedelta

import pytest

from amends.cases.actions.help import ask_for_help
from amends.cases.actions.ownership import offer_handover
from amends.cases.actions.parties import (
    Identity,
    LooksAfterIt,
    NotComplainedAbout,
    NothingSaidYet,
    check_identity,
    hear_party,
    inform_party,
    name_party,
)
from amends.cases.actions.within import Barred, NotYours
from amends.cases.models.case import Case, PartyOfCase
from amends.cases.models.colleagues import Handover, HelpRequest
from amends.cases.models.protection import IdentityCheck
from amends.cases.queries.colleagues import helper_for, substitute_for, takers_for
from amends.cases.rules.kinds import CheckLevel, Part
from amends.staff.models import Team
from amends.staff.rules.permissions import Role
from tests import make
from tests.cases.actions.seen import again, bar, last_entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return make.staff("Inga Ramanauskaitė")


@pytest.fixture
def case(owner):
    return make.case(owner=owner)


@pytest.fixture
def senior(case):
    return case.team.duty_owner


def complained_about(case, who, by):
    return name_party(case, part=Part.COMPLAINED_ABOUT, who=who, by=by, at=make.NOW)


class TestNameParty:
    def test_a_customer_in_the_case_is_written_down_once(self, case, owner):
        witness = make.person("Jonas Petraitis", number="K2")
        party = name_party(case, part=Part.WITNESS, who=witness, by=owner, at=make.NOW)
        again_ = name_party(case, part=Part.WITNESS, who=witness, by=owner, at=make.NOW)
        assert (party, party.person, party.staff) == (again_, witness, None)
        assert last_entry() == (
            "PartyNamed",
            owner.actor,
            {
                "case_id": case.pk,
                "party_id": party.pk,
                "part": "witness",
                "owner_id": owner.pk,
            },
        )

    def test_who_is_complained_about_neither_sees_nor_touches_the_case(self, case, owner):
        about = make.staff(role=Role.MANAGER)
        complained_about(case, about, owner)
        assert case not in Case.objects.visible_to(about)
        with pytest.raises(Barred):
            complained_about(case, make.staff(), about)

    def test_an_internal_customer_is_a_colleague_like_any_other(self, case, owner):
        about = make.staff()
        person = make.person("Jonas Kairys", number="K2")
        type(person).objects.filter(pk=person.pk).update(staff=about)
        party = complained_about(case, again(person), owner)
        assert (party.staff, party.person) == (about, None)
        assert case not in Case.objects.visible_to(about)

    def test_what_the_owner_looks_after_passes_to_the_duty_owner(self, case, owner, senior):
        promise = make.promise(case)
        offer_handover(case, to=make.staff(), summary="See the pump.", by=owner, at=make.NOW)
        complained_about(case, owner, senior)
        found = again(case)
        assert (found.owner, found.owned_since) == (senior, make.NOW)
        assert again(promise).owner == senior
        assert Handover.objects.get().withdrawn_at == make.NOW
        assert last_entry()[2]["owner_id"] == senior.pk

    def test_where_the_duty_owner_is_meant_another_senior_takes_it(self, owner):
        case = make.case()
        other = make.staff(role=Role.SENIOR)
        complained_about(case, case.team.duty_owner, owner)
        assert again(case).owner == other

    def test_who_owns_nothing_keeps_nothing(self, case, owner, senior):
        helper = make.staff(role=Role.SENIOR)
        ask_for_help(case, text="What may I give?", of=helper, by=owner, at=make.NOW)
        complained_about(case, helper, owner)
        assert again(case).owner == owner
        assert HelpRequest.objects.get().asked_of == owner

    def test_where_nobody_else_is_there_it_is_said(self, owner):
        alone = make.staff(role=Role.SENIOR)
        case = make.case(owner=alone, team_=make.team("One", duty_owner=alone))
        owner.is_active = False
        owner.save()
        with pytest.raises(LooksAfterIt):
            complained_about(case, alone, alone)
        assert not PartyOfCase.objects.exists()


class TestHearing:
    def test_who_is_complained_about_is_informed_and_heard(self, case, owner):
        party = complained_about(case, make.staff(), owner)
        inform_party(party, by=owner, at=make.NOW)
        assert last_entry() == (
            "PartyInformed",
            owner.actor,
            {"case_id": case.pk, "party_id": party.pk},
        )
        later = make.NOW + timedelta(hours=1)
        found = hear_party(party, view=" I was late. ", by=owner, at=later)
        assert (found.informed_at, found.heard_at, found.their_view) == (
            make.NOW,
            later,
            "I was late.",
        )
        assert last_entry()[0] == "PartyHeard"

    def test_who_is_heard_is_informed_by_it(self, case, owner):
        party = complained_about(case, make.staff(), owner)
        assert hear_party(party, view="So.", by=owner, at=make.NOW).informed_at == make.NOW
        assert inform_party(party, by=owner, at=make.NOW).informed_at == make.NOW

    def test_they_said_something(self, case, owner):
        party = complained_about(case, make.staff(), owner)
        with pytest.raises(NothingSaidYet):
            hear_party(party, view=" ", by=owner, at=make.NOW)

    def test_a_witness_is_not_complained_about(self, case, owner):
        party = name_party(case, part=Part.WITNESS, who=make.staff(), by=owner, at=make.NOW)
        with pytest.raises(NotComplainedAbout):
            inform_party(party, by=owner, at=make.NOW)
        with pytest.raises(NotComplainedAbout):
            hear_party(party, view="So.", by=owner, at=make.NOW)


class TestCheckIdentity:
    def test_how_we_made_sure_is_written_down(self, case, owner):
        how = Identity(CheckLevel.KNOWN_DETAILS, "number of the contract")
        check = check_identity(case, person=case.person, identity=how, by=owner, at=make.NOW)
        assert IdentityCheck.objects.get() == check
        assert (check.level, check.method, check.by) == (
            "known-details",
            "number of the contract",
            owner,
        )
        assert last_entry() == (
            "IdentityChecked",
            owner.actor,
            {"case_id": case.pk, "check_id": check.pk, "level": "known-details"},
        )

    def test_a_stranger_to_the_case_checks_nobody(self, case):
        how = Identity(CheckLevel.SAID, "asked")
        with pytest.raises(NotYours):
            check_identity(case, person=case.person, identity=how, by=make.staff(), at=make.NOW)


class TestColleaguesToTurnTo:
    def test_who_can_take_a_case_are_all_who_work_on_cases_but_its_owner(self, case, owner):
        about = make.staff()
        bar(case, about)
        make.staff(role=Role.EMPLOYEE)
        left = make.staff()
        left.is_active = False
        left.save()
        mate = make.staff("Aistė")
        assert list(takers_for(case)) == [mate, case.team.duty_owner]

    def test_a_case_of_nobody_can_be_taken_by_everybody(self):
        case = make.case()
        assert set(takers_for(case)) == {case.team.duty_owner}

    @pytest.mark.requirement("S4-06", "S0-22")
    def test_there_is_always_somebody_to_ask(self, case, owner):
        duty = case.team.duty_owner
        make.team(members=(owner,))
        assert helper_for(owner, case=case) == duty
        assert helper_for(owner) == duty
        assert helper_for(duty, case=case) == owner
        manager = make.staff(role=Role.MANAGER)
        assert helper_for(duty, case=case) == manager
        ours = make.staff(role=Role.SENIOR)
        make.team(members=(ours,))
        assert helper_for(duty, case=case) == ours

    def test_who_works_alone_has_nobody_to_ask(self):
        assert helper_for(make.staff()) is None

    def test_who_has_no_team_asks_a_senior_of_the_house(self):
        senior = make.staff(role=Role.SENIOR)
        assert helper_for(make.staff()) == senior
        assert not Team.objects.exists()

    def test_nobody_is_asked_about_a_case_about_them(self, case, owner):
        bar(case, case.team.duty_owner)
        assert helper_for(owner, case=case) is None
        assert substitute_for(case) is None
