"""Profiles of the law, standards of ours and their warnings, as they are kept."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from amends.journal.events import find
from amends.journal.models import Entry
from amends.staff.actions.authorise import NotAllowed
from amends.staff.events import OrganisationSetUp
from amends.staff.rules.permissions import Role
from amends.standards.actions import (
    NoSuchStop,
    Notice,
    SourceAndDate,
    StandardIncomplete,
    Target,
    WarningIncomplete,
    give_up_standard,
    leave_hours_to_the_house,
    set_warning,
    set_working_hours,
    ship_profiles,
    stop_warning,
    write_profile,
    write_standard,
)
from amends.standards.models import ClockProfile, HoursBefore, Standard
from amends.standards.queries import (
    hours_over_time,
    profiles_that_hold,
    profiles_to_recount,
    rules_of_profile,
    rules_of_standard,
    rules_of_warning,
    standards_at,
    standards_that_hold,
    warnings_that_hold,
    working_days_of,
)
from amends.standards.rules.days import Length, Unit, WorkingDays
from amends.standards.rules.history import WaitingFor
from amends.standards.rules.hours import Hours, read_openings
from amends.standards.rules.shipped import SHIPPED
from amends.standards.rules.targets import Measure
from amends.standards.rules.warnings import How, Warned, Whom, Whose
from amends.standards.tasks import ship_the_profiles
from tests import make

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
LATER = make.NOW + HOUR
OFFICE = Hours("Europe/London", "GB", "ENG", (*[read_openings("9-17")] * 5, (), ()))


@pytest.fixture
def manager():
    return make.staff(role=Role.MANAGER, administers=True)


@pytest.fixture
def agent():
    return make.staff()


class TestProfiles:
    def test_that_are_shipped_are_read_back_as_they_were(self):
        assert ship_profiles(at=make.NOW) == len(SHIPPED)
        found = {(each.key, each.duty): rules_of_profile(each) for each in profiles_that_hold()}
        assert found == {(each.key, each.duty): each for each in SHIPPED}
        assert ship_profiles(at=LATER) == 0
        assert Entry.objects.get(kind="ClockProfilesShipped").facts == {"added": len(SHIPPED)}

    def test_are_shipped_when_the_house_is_set_up_and_with_every_newer_amends(self):
        ship_the_profiles.func(0)
        assert not ClockProfile.objects.exists()
        make.organisation()
        ship_the_profiles.func(0)
        assert ClockProfile.objects.count() == len(SHIPPED)
        ClockProfile.objects.all().delete()
        name = "amends.standards.reactions.ship_the_profiles"
        event, react = find("OrganisationSetUp", name)
        assert event is OrganisationSetUp
        react(OrganisationSetUp(owner_id=1, country="LT", trade="shop"))
        assert ClockProfile.objects.count() == len(SHIPPED)

    @pytest.mark.parametrize("key", ["pl.consumer", "ru.consumer", "al.telecom"])
    def test_that_rest_on_memory_do_not_run_until_somebody_vouches_for_them(self, key, manager):
        ship_profiles(at=make.NOW)
        row = ClockProfile.objects.get(key=key)
        assert not row.may_run
        checked = replace(rules_of_profile(row), verified_on=date(2026, 3, 1))
        again = write_profile(checked, by=manager, at=LATER)
        assert again.may_run
        row.refresh_from_db()
        assert (again.version, row.superseded_at) == (2, LATER)
        assert str(again) == f"{key} answer, version 2"
        assert list(profiles_to_recount().filter(key=key)) == [again]
        facts = Entry.objects.get(kind="ClockProfileWritten").facts
        assert (facts["version"], facts["runs"], facts["moves_later"]) == (2, True, False)

    def test_of_the_house_s_own_may_be_added(self, manager):
        own = replace(SHIPPED[1], key="house", length=Length(3, Unit.WEEKS), custom=False)
        assert write_profile(own, by=manager, at=LATER, reason="Our contract.").version == 1
        assert Entry.objects.get(kind="ClockProfileWritten").facts["moves_later"]

    def test_say_what_stops_them_and_where_they_are_written(self, manager):
        with pytest.raises(NoSuchStop):
            write_profile(replace(SHIPPED[0], stops_on=frozenset()), by=manager, at=LATER)
        with pytest.raises(SourceAndDate):
            write_profile(replace(SHIPPED[0], source=" "), by=manager, at=LATER)

    def test_are_written_by_administrators_alone(self, agent):
        with pytest.raises(NotAllowed):
            write_profile(SHIPPED[0], by=agent, at=LATER)


def target(**facts):
    return Target(
        **{"name": "First answer", "measure": Measure.FIRST_ANSWER, "limit": HOUR, **facts}
    )


class TestStandards:
    def test_are_versions_and_each_is_read_back_as_it_was(self, manager):
        team = make.team()
        facts = {
            "kinds": ("complaint",), "teams": (team.pk,), "channels": ("email",),
            "severities": (4, 5), "groups": ("customer",), "pauses_on": (WaitingFor.CUSTOMER,),
            "around_the_clock": True, "owner": manager, "aim_percent": 90,
        }  # fmt: skip
        first = write_standard("first", target=target(**facts), by=manager, at=make.NOW)
        second = write_standard("first", target=target(limit=2 * HOUR), by=manager, at=LATER)
        assert str(second) == "first, version 2"
        assert standards_at(make.NOW) == [first]
        assert standards_at(LATER) == [second]
        assert list(standards_that_hold()) == [second]
        rules = rules_of_standard(first)
        assert (rules.span, rules.key, rules.around_the_clock) == (HOUR, str(first.pk), True)
        assert rules.teams == {str(team.pk)}
        assert rules.pauses_on == {WaitingFor.CUSTOMER}
        assert Entry.objects.filter(kind="StandardWritten").count() == 2

    def test_may_be_given_up(self, manager):
        row = write_standard("first", target=target(), by=manager, at=make.NOW)
        give_up_standard("first", by=manager, at=LATER)
        give_up_standard("first", by=manager, at=LATER)
        assert not standards_that_hold().exists()
        assert standards_at(make.NOW) == [row]
        assert Entry.objects.filter(kind="StandardGivenUp").count() == 1

    def test_have_a_name_and_give_some_time(self, manager):
        for key, said in (("", {}), ("a", {"name": " "}), ("a", {"limit": timedelta(seconds=9)})):
            with pytest.raises(StandardIncomplete):
                write_standard(key, target=target(**said), by=manager, at=LATER)
        assert not Standard.objects.exists()

    def test_are_set_by_who_leads_teams(self, agent):
        with pytest.raises(NotAllowed):
            write_standard("first", target=target(), by=agent, at=LATER)
        with pytest.raises(NotAllowed):
            give_up_standard("first", by=agent, at=LATER)


class TestWarnings:
    def test_are_set_and_stopped(self, manager):
        notice = Notice(about=Whose.STANDARD, before=HOUR, standard="first", how=How.EMAIL)
        row = set_warning(notice, by=manager, at=make.NOW)
        assert str(row) == "60 min before"
        rules = Warned(pk=row.pk, about=Whose.STANDARD, before=HOUR, standard="first")
        assert [rules_of_warning(each) for each in warnings_that_hold()] == [rules]
        stop_warning(row, by=manager, at=LATER)
        stop_warning(row, by=manager, at=LATER)
        assert not warnings_that_hold().exists()
        kinds = Entry.objects.filter(kind__startswith="Warning").values_list("kind", flat=True)
        assert sorted(kinds) == ["WarningSet", "WarningStopped"]

    def test_say_how_long_before_and_whom(self, manager):
        for facts in ({"before": timedelta(0)}, {"to": Whom.COLLEAGUE}, {"staff": manager}):
            notice = Notice(**{"about": Whose.LAW, "before": HOUR, **facts})
            with pytest.raises(WarningIncomplete):
                set_warning(notice, by=manager, at=LATER)

    def test_are_set_by_who_leads_teams(self, agent, manager):
        notice = Notice(about=Whose.LAW, before=HOUR)
        with pytest.raises(NotAllowed):
            set_warning(notice, by=agent, at=LATER)
        row = set_warning(notice, by=manager, at=LATER)
        with pytest.raises(NotAllowed):
            stop_warning(row, by=agent, at=LATER)


def test_hours_that_changed_are_remembered_until_when_they_held(manager):
    team = make.team()
    set_working_hours(OFFICE, team=team, by=manager, at=make.NOW)
    leave_hours_to_the_house(team, by=manager, at=LATER)
    first, second = HoursBefore.objects.order_by("until")
    assert (first.hours, first.until, second.until) == (None, make.NOW, LATER)
    assert hours_over_time(make.NOW) == [second]
    assert str(second).startswith("hours until 2026-03-27")


def test_the_working_days_of_a_country_are_those_of_the_house_s_region_in_it(manager):
    set_working_hours(OFFICE, team=None, by=manager, at=make.NOW)
    easter_monday = date(2026, 4, 6)
    assert not working_days_of("GB").include(easter_monday)
    assert not working_days_of("LT").include(easter_monday)
    assert working_days_of("XX") == WorkingDays()
