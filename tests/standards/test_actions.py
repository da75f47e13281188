from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from amends.journal.models import Entry
from amends.staff.actions.authorise import NotAllowed
from amends.staff.rules.permissions import Role
from amends.standards.actions import (
    NeverOpen,
    NoHoursYet,
    leave_hours_to_the_house,
    set_day,
    set_working_hours,
)
from amends.standards.models import WorkingHours
from amends.standards.queries import (
    calendar_for,
    hours_of,
    hours_that_hold,
    hours_to_recount,
    is_recounting,
    teams_with_hours,
)
from amends.standards.rules.hours import Hours, calendar_of, kept, read_openings
from tests import make

pytestmark = pytest.mark.django_db

CHRISTMAS_EVE = date(2026, 12, 24)
OFFICE = Hours("Europe/Vilnius", "LT", "", (*[read_openings("9-17")] * 5, (), ()))
NIGHT = Hours("Europe/Vilnius", "", "", (read_openings("22-6"),) * 7)


@pytest.fixture
def manager():
    return make.staff(role=Role.MANAGER)


def test_the_house_says_when_it_is_open(manager):
    set_working_hours(OFFICE, team=None, by=manager, at=make.NOW)
    assert hours_of(None) == OFFICE
    entry = Entry.objects.get(kind="WorkingHoursSet")
    assert (entry.facts, entry.at) == ({"team_id": None}, make.NOW)


def test_saying_it_again_changes_the_one_row(manager):
    set_working_hours(OFFICE, team=None, by=manager, at=make.NOW)
    later = make.NOW + timedelta(days=1)
    set_working_hours(NIGHT, team=None, by=manager, at=later)
    row = WorkingHours.objects.get()
    assert (hours_of(None), row.changed_at, str(row)) == (NIGHT, later, "hours of the house")


def test_a_team_may_have_hours_of_its_own_and_give_them_up(manager):
    team = make.team()
    set_working_hours(OFFICE, team=None, by=manager, at=make.NOW)
    row = set_working_hours(NIGHT, team=team, by=manager, at=make.NOW)
    assert str(row) == f"hours of team {team.pk}"
    assert teams_with_hours() == {team.pk}
    assert hours_that_hold(team.pk).values_list("hours", flat=True)[0] == kept(NIGHT)

    leave_hours_to_the_house(team, by=manager, at=make.NOW)
    assert teams_with_hours() == set()
    assert hours_of(team) is None
    assert hours_that_hold(team.pk).values_list("hours", flat=True)[0] == kept(OFFICE)
    assert Entry.objects.get(kind="WorkingHoursLeftToTheHouse").facts == {"team_id": team.pk}


def test_a_team_works_by_the_calendar_of_the_house_unless_it_has_its_own(manager):
    team = make.team()
    assert calendar_for(team.pk) is None
    set_working_hours(OFFICE, team=None, by=manager, at=make.NOW)
    assert calendar_for(team.pk) is calendar_of(OFFICE)
    set_working_hours(NIGHT, team=team, by=manager, at=make.NOW)
    assert calendar_for(team.pk) is calendar_of(NIGHT)


def test_who_has_no_hours_gives_none_up(manager):
    leave_hours_to_the_house(make.team(), by=manager, at=make.NOW)
    assert not Entry.objects.filter(kind="WorkingHoursLeftToTheHouse").exists()


def test_a_change_is_known_to_be_counted_anew(manager):
    assert not is_recounting()
    row = set_working_hours(OFFICE, team=None, by=manager, at=make.NOW)
    assert is_recounting()
    assert list(hours_to_recount()) == [row]


def test_hours_without_an_opening_are_refused(manager):
    never = Hours("Europe/Vilnius", "LT", "", ((),) * 7)
    with pytest.raises(NeverOpen):
        set_working_hours(never, team=None, by=manager, at=make.NOW)
    assert not WorkingHours.objects.exists()


def test_only_who_leads_teams_says_when_they_are_open():
    agent = make.staff(role=Role.AGENT)
    with pytest.raises(NotAllowed):
        set_working_hours(OFFICE, team=None, by=agent, at=make.NOW)
    with pytest.raises(NotAllowed):
        leave_hours_to_the_house(make.team(), by=agent, at=make.NOW)


def test_the_house_has_one_row_and_never_an_empty_one():
    WorkingHours.objects.create(hours=kept(OFFICE), changed_at=make.NOW)
    for hours in (kept(OFFICE), None):
        with pytest.raises(IntegrityError), transaction.atomic():
            WorkingHours.objects.create(hours=hours, changed_at=make.NOW)


def test_one_date_has_hours_of_its_own_and_loses_them_again(manager):
    by = manager
    with pytest.raises(NoHoursYet):
        set_day(CHRISTMAS_EVE, openings=(), team=None, by=by, at=make.NOW)
    set_working_hours(OFFICE, team=None, by=by, at=make.NOW)
    set_day(CHRISTMAS_EVE, openings=(), team=None, by=by, at=make.NOW)
    assert hours_of(None) == replace(OFFICE, days=((CHRISTMAS_EVE, ()),))
    set_day(CHRISTMAS_EVE, openings=None, team=None, by=by, at=make.NOW)
    assert hours_of(None) == OFFICE


def test_a_date_is_changed_by_who_leads_teams_only():
    with pytest.raises(NotAllowed):
        set_day(CHRISTMAS_EVE, openings=(), team=None, by=make.staff(), at=make.NOW)
