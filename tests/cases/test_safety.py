"""A customer insults or threatens: a senior speaks with them, and it counts for nobody."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from amends.cases.actions.help import NobodyToAsk, answer_help
from amends.cases.actions.ownership import assign_case
from amends.cases.actions.parties import name_party
from amends.cases.actions.safety import (
    NotYourCall,
    bring_call_to_case,
    call_senior,
    call_senior_from_sheet,
    end_by_rule,
)
from amends.cases.actions.within import CannotLookAfterIt
from amends.cases.models.colleagues import Handover
from amends.cases.models.safety import SeniorCall
from amends.cases.queries.colleagues import takers_for
from amends.cases.queries.safety import call_in, call_of_sheet, calls_on, is_spared
from amends.cases.rules.kinds import Part
from amends.cases.rules.safety import spared_until, speaks_at
from amends.contacts.rules.kinds import Effect
from amends.journal.models import Entry
from amends.staff.rules.permissions import Role
from tests import make

VILNIUS = ZoneInfo("Europe/Vilnius")


def test_a_senior_speaks_within_half_an_hour_at_five_full_minutes():
    assert speaks_at(datetime(2026, 3, 2, 10, 1, 7, tzinfo=UTC)).minute == 35
    assert speaks_at(datetime(2026, 3, 2, 10, 0, tzinfo=UTC)).minute == 30


def test_a_colleague_is_spared_until_the_day_is_over_where_they_are():
    late = datetime(2026, 3, 2, 23, 50, tzinfo=VILNIUS)
    assert spared_until(late) == datetime(2026, 3, 3, tzinfo=VILNIUS)


@pytest.fixture
def agent(db):
    return make.staff("Milda Jankauskaitė")


@pytest.fixture
def grace(agent):
    senior = make.staff("Grace Okafor", role=Role.SENIOR)
    make.team(members=(agent, senior), duty_owner=senior)
    return senior


@pytest.fixture
def case(agent, grace):
    now = timezone.now()
    team = agent.teams.get()
    told = make.contact(
        "You idiots.",
        person=make.person(),
        by=agent,
        started_at=now - timedelta(minutes=4),
        ended_at=now,
        mood_end=4,
        effect=Effect.BAD,
    )
    return make.case(told, owner=agent, team_=team)


@pytest.mark.requirement("S4-33", "S2-15")
def test_one_call_names_a_senior_and_a_time_spares_the_colleague_and_blames_nobody(
    case, agent, grace
):
    now = timezone.now()
    call = call_senior(case, by=agent, at=now)
    assert call.request.asked_of == grace
    assert now < call.speaks_at <= now + timedelta(minutes=35)
    assert f"{timezone.localtime(call.speaks_at):%H:%M}" in call.request.text
    assert Handover.objects.get(case=case).taker == grace
    assert case.case_contacts.get().contact.effect == Effect.UNKNOWN
    assert Entry.objects.filter(kind="SeniorCalled").count() == 1
    assert call_senior(case, by=agent, at=now) == call
    assert calls_on(case) == [call]
    assert str(call) == f"#{call.pk}"
    assert is_spared(case, agent, at=now)
    assert not is_spared(case, agent, at=now + timedelta(days=1, seconds=1))
    assert not is_spared(case, grace, at=now)


@pytest.mark.requirement("S4-33")
def test_a_spared_colleague_is_not_given_any_case_of_this_customer(case, agent, grace):
    now = timezone.now()
    other = make.case(make.contact("And again.", person=case.person), owner=grace)
    call_senior(case, by=agent, at=now)
    assert agent not in takers_for(other)
    with pytest.raises(CannotLookAfterIt):
        assign_case(other, to=agent, by=grace, at=now)


def test_what_is_offered_already_is_not_offered_twice(case, agent, grace):
    second = make.case(make.contact("And again.", person=case.person), owner=agent)
    call_senior(case, by=agent, at=timezone.now())
    assert set(Handover.objects.values_list("case", flat=True)) == {case.pk, second.pk}


def test_of_an_unknown_customer_only_this_case_is_spared(agent, grace):
    case = make.case(make.contact("You idiots."), owner=agent)
    call_senior(case, by=agent, at=timezone.now())
    assert is_spared(case, agent, at=timezone.now())
    assert agent not in takers_for(case)


@pytest.mark.requirement("S2-15", "S4-33")
def test_a_contact_may_be_ended_by_rule_by_whom_it_hurts(case, agent, grace):
    now = timezone.now()
    call = call_senior(case, by=agent, at=now)
    with pytest.raises(NotYourCall):
        end_by_rule(call, by=grace, at=now)
    first = end_by_rule(call, by=agent, at=now)
    assert end_by_rule(call, by=agent, at=now + timedelta(minutes=1)).ended_at == first.ended_at
    assert Entry.objects.filter(kind="ContactEndedByRule").count() == 1
    assert call_in(case, call.pk).ended_at == now
    answer_help(call.request, answer="I spoke with them.", by=grace, at=now)


def test_a_call_from_a_sheet_comes_to_the_case_it_becomes(agent, grace):
    now, sheet = timezone.now(), "a" * 32
    call = call_senior_from_sheet(sheet, person=None, by=agent, at=now)
    assert call_senior_from_sheet(sheet, person=None, by=agent, at=now) == call
    assert call_of_sheet(agent, sheet) == call
    end_by_rule(call, by=agent, at=now)
    assert not Entry.objects.filter(kind="ContactEndedByRule").exists()
    case = make.case(make.contact("You idiots.", person=make.person(), by=agent), owner=agent)
    brought = bring_call_to_case(case, sheet=sheet, by=agent, at=now)
    assert brought
    assert SeniorCall.objects.get().case == case
    assert SeniorCall.objects.get().request.case == case
    told = Entry.objects.filter(subject=f"case:{case.pk}").values_list("kind", flat=True)
    assert {"SeniorCalled", "ContactEndedByRule"} <= set(told)
    assert bring_call_to_case(case, sheet=sheet, by=agent, at=now) is None


def test_a_call_that_goes_on_comes_to_the_case_without_an_end(agent, grace):
    now, sheet = timezone.now(), "b" * 32
    call_senior_from_sheet(sheet, person=None, by=agent, at=now)
    case = make.case(make.contact("Cold.", by=agent), owner=agent)
    brought = bring_call_to_case(case, sheet=sheet, by=agent, at=now)
    assert brought
    assert brought.ended_at is None


def test_a_senior_is_not_offered_a_case_that_complains_about_them(case, agent, grace):
    now = timezone.now()
    theirs = make.case(make.contact("Grace.", person=case.person, by=agent), owner=agent)
    name_party(theirs, part=Part.COMPLAINED_ABOUT, who=grace, by=agent, at=now)
    call_senior(case, by=agent, at=now)
    assert [each.case for each in Handover.objects.filter(taker=grace)] == [case]


@pytest.mark.django_db
def test_whoever_works_alone_can_call_nobody():
    alone = make.staff()
    with pytest.raises(NobodyToAsk):
        call_senior_from_sheet("a" * 32, person=None, by=alone, at=timezone.now())
