from datetime import timedelta

import pytest

from amends.cases.models.case import PartyOfCase
from amends.cases.queries.inbox import Counts, counts_for, inbox_for
from amends.cases.rules.kinds import Part
from amends.cases.rules.lists import PAGE, Which
from amends.staff.rules.permissions import Role
from tests import make

pytestmark = pytest.mark.django_db


def references(page) -> list[str]:
    return [row.reference for row in page.rows]


def received(minutes_ago: int, **facts):
    at = make.NOW - timedelta(minutes=minutes_ago)
    told = make.contact(person=make.person(), started_at=at, ended_at=at)
    return make.case(told, **facts)


def test_what_is_due_first_stands_first():
    mine = make.staff()
    later, sooner = received(1, owner=mine), received(2, owner=mine)
    received(3)
    assert references(inbox_for(mine)) == [sooner.reference, later.reference]


def test_a_row_says_what_the_list_shows():
    mine = make.staff("Jonas Kairys")
    case = make.case(owner=mine)
    (row,) = inbox_for(mine).rows
    assert (row.customer, row.owner, row.gist) == ("Rūta Petrauskienė", "Jonas Kairys", case.gist)
    assert (row.kind, row.state, row.next_due) == ("complaint", "received", "answer")
    assert row.next_due_at == case.next_due_at


def test_a_list_goes_on_where_the_page_before_ended():
    mine = make.staff()
    cases = [received(n, owner=mine) for n in range(PAGE + 2, 0, -1)]
    first = inbox_for(mine)
    rest = inbox_for(mine, after=first.after)
    assert references(first) + references(rest) == [case.reference for case in cases]
    assert (len(first.rows), rest.after) == (PAGE, "")


def test_rows_due_at_one_moment_are_told_apart_by_their_key():
    mine = make.staff()
    cases = [received(5, owner=mine) for _ in range(PAGE + 1)]
    first = inbox_for(mine)
    assert references(inbox_for(mine, after=first.after)) == [cases[-1].reference]


def test_what_ended_last_and_what_came_in_last_stand_first():
    mine = make.staff()
    cases = [received(n, owner=mine) for n in range(PAGE + 1, 0, -1)]
    everything = inbox_for(mine, which=Which.ALL)
    assert references(everything)[0] == cases[-1].reference
    after = inbox_for(mine, which=Which.ALL, after=everything.after)
    assert references(after) == [cases[0].reference]
    assert inbox_for(mine, which=Which.ENDED).rows == ()


def test_the_teams_of_somebody_are_one_list():
    mine = make.staff()
    heating, water = make.team("Heating", members=(mine,)), make.team("Water", members=(mine,))
    later, sooner = received(1, team_=water), received(2, team_=heating)
    received(3, team_=make.team("Roads"))
    found = inbox_for(mine, which=Which.TEAM)
    assert references(found) == [sooner.reference, later.reference]


def test_somebody_without_a_team_has_no_team_list():
    received(1)
    assert inbox_for(make.staff(), which=Which.TEAM).rows == ()


def test_what_nobody_took_is_shown_to_the_team_and_to_those_without_one():
    mine = make.staff()
    ours = received(1, team_=make.team("Heating", members=(mine,)))
    received(2, team_=ours.team, owner=make.staff())
    other = received(3, team_=make.team("Roads"))
    assert references(inbox_for(mine, which=Which.NOT_TAKEN)) == [ours.reference]
    everything = inbox_for(make.staff(role=Role.MANAGER), which=Which.NOT_TAKEN)
    assert references(everything) == [other.reference, ours.reference]


@pytest.mark.parametrize("which", Which)
def test_nobody_sees_a_case_about_them(which):
    about = make.staff()
    case = make.case(owner=about, team_=make.team("Heating", members=(about,)))
    PartyOfCase.objects.create(case=case, part=Part.COMPLAINED_ABOUT, staff=about, since=make.NOW)
    assert inbox_for(about, which=which).rows == ()


@pytest.mark.parametrize("which", Which)
def test_who_may_see_no_cases_sees_none(which):
    make.case()
    assert inbox_for(make.staff(role=Role.EMPLOYEE), which=which).rows == ()


@pytest.mark.parametrize("after", ["", "nonsense", "2026-03-27~1", "2026-03-27T00:00:00+00:00~x"])
def test_a_page_that_is_none_begins_anew(after):
    case = make.case()
    assert references(inbox_for(make.staff(), which=Which.ALL, after=after)) == [case.reference]


@pytest.mark.parametrize("which", Which)
def test_a_list_takes_few_statements(which, django_assert_max_num_queries):
    mine = make.staff()
    make.team(members=(mine,))
    make.case(owner=mine)
    with django_assert_max_num_queries(2):
        inbox_for(mine, which=which)


def test_the_rail_counts_in_one_statement(django_assert_num_queries):
    mine = make.staff()
    make.promise(make.case(owner=mine))
    make.case(owner=mine)
    make.promise()
    with django_assert_num_queries(1):
        counts = counts_for(mine)
    assert counts == Counts(mine=2, promises=1)
