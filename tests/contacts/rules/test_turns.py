from datetime import UTC, datetime, timedelta

import pytest

from amends.contacts.rules.turns import ahead_of, still_waits, turn_at

NOW = datetime(2026, 11, 20, 14, 2, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.mark.requirement("S3-56")
def test_who_came_first_goes_first():
    others = [NOW - 3 * MINUTE, NOW - MINUTE, NOW + MINUTE]
    assert ahead_of(NOW, others) == 2
    assert ahead_of(NOW - 3 * MINUTE, others) == 0


def test_nobody_waits_half_a_day():
    assert still_waits(NOW - 240 * MINUTE, NOW)
    assert not still_waits(NOW - 241 * MINUTE, NOW)


@pytest.mark.requirement("S3-57")
@pytest.mark.parametrize(
    ("now", "ahead", "told"),
    [
        (NOW, 1, "14:15"),
        (NOW, 2, "14:25"),
        (NOW + 3 * MINUTE, 1, "14:15"),
        (NOW + timedelta(minutes=3, seconds=1), 1, "14:20"),
    ],
)
def test_a_turn_is_told_by_the_next_five_minutes(now, ahead, told):
    assert f"{turn_at(now, ahead=ahead):%H:%M}" == told
