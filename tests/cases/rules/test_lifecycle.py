from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.cases.rules.lifecycle import (
    ENDED,
    LIGHT_TRACK,
    MAY_FOLLOW,
    OPEN,
    State,
    is_open,
    may_follow,
    steps_to,
)

states = st.sampled_from(sorted(State))


@pytest.mark.parametrize(
    ("now", "then"),
    [
        (State.RECEIVED, State.ACKNOWLEDGED),
        (State.ACKNOWLEDGED, State.ASSESSED),
        (State.ASSESSED, State.EARLY_RESOLUTION),
        (State.EARLY_RESOLUTION, State.CLOSED),
        (State.FOLLOW_UP, State.CLOSED),
        (State.FOLLOW_UP, State.INVESTIGATING),
        (State.CLOSED, State.INVESTIGATING),
        (State.CLOSED, State.INTERNAL_REVIEW),
        (State.DECIDED, State.EXTERNAL),
    ],
)
def test_what_the_model_allows_may_follow(now, then):
    assert may_follow(now, then)


@pytest.mark.parametrize(
    ("now", "then"),
    [
        (State.RECEIVED, State.CLOSED),
        (State.RECEIVED, State.ASSESSED),
        (State.FULFILLING, State.CLOSED),
        (State.INVESTIGATING, State.DECIDED),
        (State.CLOSED, State.FOLLOW_UP),
        (State.MERGED, State.INVESTIGATING),
        (State.RECEIVED, State.RECEIVED),
    ],
)
def test_what_the_model_does_not_allow_may_not(now, then):
    assert not may_follow(now, then)


def test_every_state_is_in_the_table_and_open_or_ended():
    assert set(MAY_FOLLOW) == set(State) == OPEN | ENDED
    assert all(is_open(state) != (state in ENDED) for state in State)


@given(states)
def test_a_customer_may_withdraw_from_every_open_state_but_an_outside_one(state):
    expected = is_open(state) and state is not State.EXTERNAL
    assert may_follow(state, State.WITHDRAWN) == expected


@given(states, states)
def test_every_step_of_the_light_track_may_follow_the_one_before(now, then):
    steps = steps_to(now, then)
    assert all(may_follow(one, other) for one, other in pairwise((now, *steps)))
    assert not steps or steps[-1] is then


@pytest.mark.parametrize(
    ("now", "then", "steps"),
    [
        (State.RECEIVED, State.ASSESSED, (State.ACKNOWLEDGED, State.ASSESSED)),
        (State.FOLLOW_UP, State.FULFILLING, ()),
        (State.INVESTIGATING, State.FULFILLING, (State.EARLY_RESOLUTION, State.FULFILLING)),
        (State.INVESTIGATING, State.ASSESSED, ()),
        (
            State.WAITING_CUSTOMER,
            State.EARLY_RESOLUTION,
            (State.INVESTIGATING, State.EARLY_RESOLUTION),
        ),
        (State.WAITING_CUSTOMER, State.ACKNOWLEDGED, ()),
        (State.DECIDED, State.FULFILLING, ()),
        (State.RECEIVED, State.CLOSED, ()),
    ],
)
def test_steps_are_those_in_between(now, then, steps):
    assert steps_to(now, then) == steps


def test_the_light_track_begins_at_receipt_and_ends_at_the_question():
    assert LIGHT_TRACK[0] is State.RECEIVED
    assert steps_to(State.RECEIVED, State.FOLLOW_UP) == LIGHT_TRACK[1:]
