"""What a letter says of rights that a law opens, and of what counts as settled by law."""

from dataclasses import replace
from datetime import timedelta

import pytest

from amends.cases.queries.opened_rights import opened_for
from amends.standards.actions import ship_profiles, write_profile
from amends.standards.models import ClockProfile
from amends.standards.queries import rules_of_profile
from amends.standards.rules.law import Effect, Right
from tests import make
from tests.cases.clocked import DAY, a_manager, an_agent_beside, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager():
    return a_manager()


@pytest.fixture
def milda(manager):
    return an_agent_beside(manager)


def test_nothing_is_said_while_the_term_runs(milda):
    ship_profiles(at=make.NOW - DAY)
    assert opened_for(written(milda), at=make.NOW + DAY) == ()


def test_a_right_is_told_with_its_last_day(milda):
    ship_profiles(at=make.NOW - DAY)
    told = opened_for(written(milda), at=make.NOW + 20 * DAY)
    assert told == ("You may turn to VVTAT until 27 March 2027.",)


@pytest.mark.parametrize(
    ("effect", "says"),
    [
        (Effect.DEEMED_ACCEPTED, "By law your complaint counts as accepted."),
        (Effect.DEEMED_AS_WISHED, "By law it counts as settled as you wished."),
    ],
)
def test_what_counts_as_settled_by_law_is_told(manager, milda, effect, says):
    ship_profiles(at=make.NOW - DAY)
    row = ClockProfile.objects.get(key="lt.consumer")
    strict = replace(rules_of_profile(row), effects=(effect,), right=Right("A court"))
    write_profile(strict, by=manager, at=make.NOW - timedelta(hours=1))
    told = opened_for(written(milda), at=make.NOW + 20 * DAY)
    assert told == (f"Our answer was due by 10 April 2026. {says}", "You may turn to A court.")
