from datetime import UTC, datetime, timedelta

import pytest

from amends.cases.rules.moving import MoveFacts, Obstacle, may_move_back, obstacle_to_moving

AT = datetime(2026, 3, 27, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("same_case", "began", "there", "obstacle"),
    [
        (False, False, False, None),
        (True, True, False, Obstacle.SAME_CASE),
        (False, True, True, Obstacle.BEGAN_WITH_IT),
        (False, False, True, Obstacle.THERE_ALREADY),
    ],
)
def test_a_contact_goes_unless_something_is_against_it(same_case, began, there, obstacle):
    facts = MoveFacts(same_case=same_case, began=began, there=there)
    assert obstacle_to_moving(facts) is obstacle


@pytest.mark.parametrize(("minutes", "may"), [(0, True), (10, True), (11, False)])
def test_it_goes_back_within_minutes(minutes, may):
    assert may_move_back(moved_at=AT, at=AT + timedelta(minutes=minutes)) is may
