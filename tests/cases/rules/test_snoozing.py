from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.cases.rules.snoozing import kept_until, moments_to_snooze, snoozes_until_at_most
from tests import make

NOW = make.NOW
HOUR = timedelta(hours=1)
HOURS = st.integers(-100, 100).map(lambda number: NOW + number * HOUR)


@pytest.mark.parametrize(
    ("due_at", "last"), [(None, None), (NOW - HOUR, None), (NOW, None), (NOW + HOUR, NOW + HOUR)]
)
def test_what_is_due_already_stays_in_sight(due_at, last):
    assert snoozes_until_at_most(due_at, NOW) == last


def test_the_handy_moments_come_first_and_the_last_that_is_possible_ends_them():
    handy = [NOW + 2 * HOUR, NOW + HOUR, NOW - HOUR, NOW + 9 * HOUR]
    assert moments_to_snooze(handy, NOW + 5 * HOUR, NOW) == [
        NOW + HOUR,
        NOW + 2 * HOUR,
        NOW + 5 * HOUR,
    ]
    assert moments_to_snooze(handy, None, NOW) == []


@given(due_at=st.none() | HOURS, handy=st.lists(HOURS))
def test_nothing_is_offered_past_what_is_due(due_at, handy):
    offered = moments_to_snooze(handy, snoozes_until_at_most(due_at, NOW), NOW)
    assert all(due_at and NOW < each <= due_at for each in offered)


@pytest.mark.parametrize(
    ("until", "due_at", "kept"),
    [
        (None, NOW, None),
        (NOW, None, None),
        (NOW, NOW + HOUR, NOW),
        (NOW + HOUR, NOW, NOW),
    ],
)
def test_what_is_due_earlier_ends_a_snooze_earlier(until, due_at, kept):
    assert kept_until(until, due_at) == kept
