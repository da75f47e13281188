"""Time goes on as it did, whatever somebody does to the clock on the wall."""

from datetime import UTC, datetime, timedelta

import pytest

from amends.jobs.steady import LASTS, LEAP, SteadyClock

NOON = datetime(2026, 3, 27, 12, tzinfo=UTC)
SECOND, DAY = timedelta(seconds=1), timedelta(days=1)


class Machine:
    """A machine whose two clocks are told what they show."""

    def __init__(self):
        self.wall, self.ran = NOON, 5 * DAY
        self.clock = SteadyClock(lambda: self.wall, lambda: self.ran)

    def goes_on(self, span, leap=timedelta(0)):
        self.wall += span + leap
        self.ran += span
        return self.clock.now()


@pytest.fixture
def machine():
    return Machine()


def test_time_is_what_the_wall_says_while_nobody_touches_it(machine):
    assert machine.clock.now() == NOON
    assert machine.goes_on(SECOND) == NOON + SECOND
    assert not machine.clock.has_leapt


def test_a_clock_that_is_set_right_by_seconds_is_followed(machine):
    assert machine.goes_on(SECOND, leap=LEAP) == NOON + SECOND + LEAP


@pytest.mark.parametrize("leap", [365 * DAY, -365 * DAY, 31 * SECOND])
def test_a_leap_is_not_believed_at_once(machine, leap):
    assert machine.goes_on(SECOND, leap=leap) == NOON + SECOND
    assert machine.clock.has_leapt
    assert machine.goes_on(SECOND) == NOON + 2 * SECOND


def test_a_leap_that_is_taken_back_leaves_no_trace(machine):
    machine.goes_on(SECOND, leap=DAY)
    assert machine.goes_on(SECOND, leap=-DAY) == NOON + 2 * SECOND
    assert not machine.clock.has_leapt


@pytest.mark.parametrize("leap", [DAY, -DAY])
def test_a_leap_that_lasts_is_believed(machine, leap):
    machine.goes_on(SECOND, leap=leap)
    assert machine.goes_on(LASTS - SECOND) == NOON + LASTS
    assert machine.goes_on(SECOND) == NOON + LASTS + SECOND + leap
    assert not machine.clock.has_leapt


def test_one_leap_after_another_begins_to_last_anew(machine):
    machine.goes_on(SECOND, leap=DAY)
    machine.goes_on(LASTS, leap=DAY)
    assert machine.clock.has_leapt
    assert machine.goes_on(SECOND) == NOON + LASTS + 2 * SECOND


def test_the_clocks_of_this_machine_can_be_asked():
    assert abs(SteadyClock().now() - datetime.now(UTC)) < SECOND
