"""Open cases learn of hours that changed, all of them, and without waiting for each other."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from amends.cases.actions.recounting import CASES_AT_ONCE
from amends.cases.actions.within import locked
from amends.cases.models.case import Case
from amends.jobs.sweeper import sweep
from amends.staff.rules.permissions import Role
from amends.standards.actions import leave_hours_to_the_house, set_working_hours
from amends.standards.models import WorkingHours
from amends.standards.rules.hours import Hours, read_openings
from tests import make

pytestmark = pytest.mark.django_db
OFFICE = Hours("Europe/Vilnius", "LT", "", (*[read_openings("9-17")] * 5, (), ()))
NIGHT = Hours("Europe/Vilnius", "", "", (read_openings("22-6"),) * 7)
# Friday 17:00 in Vilnius: the house has just closed, and the call came a quarter of an hour before.
FRIDAY = make.NOW
RECEIVED = FRIDAY - timedelta(minutes=14)
MONDAY_NOON = datetime(2026, 3, 30, 9, 46, tzinfo=UTC)
FRIDAY_NIGHT_2AM = datetime(2026, 3, 28, 0, tzinfo=UTC)


@pytest.fixture
def manager():
    return make.staff(role=Role.MANAGER)


def due(case: Case) -> datetime | None:
    case.refresh_from_db()
    return case.next_due_at


def test_an_answer_is_due_within_four_hours_that_we_are_open(manager):
    set_working_hours(OFFICE, team=None, by=manager, at=FRIDAY)
    assert make.case().next_due_at == MONDAY_NOON


def test_while_nobody_said_when_we_are_open_time_just_passes():
    assert make.case().next_due_at == RECEIVED + timedelta(hours=4)


def test_cases_that_are_open_are_counted_anew_when_the_hours_change(manager):
    case = make.case()
    set_working_hours(OFFICE, team=None, by=manager, at=FRIDAY)
    assert due(case) == RECEIVED + timedelta(hours=4)
    sweep(FRIDAY)
    assert due(case) == MONDAY_NOON
    assert WorkingHours.objects.get().recounted_at == FRIDAY


def test_a_team_with_hours_of_its_own_is_counted_by_them(manager):
    case = make.case()
    set_working_hours(OFFICE, team=None, by=manager, at=FRIDAY)
    set_working_hours(NIGHT, team=case.team, by=manager, at=FRIDAY)
    sweep(FRIDAY)
    assert due(case) == FRIDAY_NIGHT_2AM
    leave_hours_to_the_house(case.team, by=manager, at=FRIDAY)
    sweep(FRIDAY)
    assert due(case) == MONDAY_NOON


def test_more_cases_than_one_turn_takes_are_counted_in_several(manager, monkeypatch):
    monkeypatch.setattr("amends.cases.actions.recounting.CASES_AT_ONCE", 2)
    cases = [make.case() for _ in range(5)]
    set_working_hours(OFFICE, team=None, by=manager, at=FRIDAY)
    counted = []
    for _ in range(3):
        sweep(FRIDAY)
        counted.append(sum(due(case) == MONDAY_NOON for case in cases))
    assert counted == [2, 4, 5]
    assert WorkingHours.objects.get().recount_after is None
    assert CASES_AT_ONCE > 2


@pytest.mark.django_db(transaction=True)
def test_a_case_that_somebody_holds_is_come_back_to(manager):
    cases = [make.case() for _ in range(3)]
    set_working_hours(OFFICE, team=None, by=manager, at=FRIDAY)

    def look():
        try:
            sweep(FRIDAY)
        finally:
            connection.close()

    with transaction.atomic(), ThreadPoolExecutor(1) as other:
        locked(cases[1])
        other.submit(look).result(timeout=20)
    assert [due(case) == MONDAY_NOON for case in cases] == [True, False, True]
    assert WorkingHours.objects.get().recount_after == cases[1].pk - 1

    sweep(FRIDAY)
    assert due(cases[1]) == MONDAY_NOON
    assert WorkingHours.objects.get().recount_after is None
