"""Standards in whole working days, against a walk from day to day and from minute to minute."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from amends.standards.rules.calendar import Calendar, Opening, closings_after
from amends.standards.rules.history import Entry, What
from amends.standards.rules.hours import always_open
from amends.standards.rules.reckoning import Ways, reckon
from amends.standards.rules.targets import Measure, Standard
from tests.standards.rules.oracle import MINUTE, shows_open

WARSAW = ZoneInfo("Europe/Warsaw")
DAY = timedelta(days=1)
START = datetime(2026, 3, 20, tzinfo=UTC)
OFFICE = Calendar(
    WARSAW,
    dict.fromkeys(range(5), (Opening(time(8), time(12)), Opening(time(13), time(17)))),
    days={date(2026, 4, 2): (), date(2026, 4, 4): (Opening(time(9), time(11)),)},
    breaks={date(2026, 4, 1): (Opening(time(16), time(17)),)},
)
CAIRO = ZoneInfo("Africa/Cairo")


def closes(calendar: Calendar, day: date) -> datetime | None:
    """Return when a day that closes before midnight does, by a look at every minute of it."""
    midnight = datetime.combine(day, time(0), tzinfo=calendar.zone).astimezone(UTC)
    of_day = [midnight + count * MINUTE for count in range(25 * 60)]
    open_then = [
        at
        for at in of_day
        if at.astimezone(calendar.zone).date() == day and shows_open(calendar, at)
    ]
    return open_then[-1] + MINUTE if open_then else None


def due(calendar: Calendar, days: int, at: datetime, *, around_the_clock: bool = False) -> datetime:
    standard = Standard(
        key="days", measure=Measure.RESOLUTION, days=days, around_the_clock=around_the_clock
    )
    received = Entry(at=at, what=What.RECEIVED)
    told = reckon(Ways([standard], {"": calendar}, {"": ""}), [received], at)
    found = told.clocks[Measure.RESOLUTION].due_at
    assert found
    return found


@settings(max_examples=30)
@given(st.integers(0, 20 * 24 * 60), st.integers(1, 4))
def test_so_many_working_days_end_as_the_last_of_them_closes(minute, days):
    at = START + minute * MINUTE
    day, ends = at.astimezone(WARSAW).date(), at
    for _ in range(days):
        day += DAY
        while (found := closes(OFFICE, day)) is None:
            day += DAY
        ends = found
    assert due(OFFICE, days, at) == ends


def test_around_the_clock_they_are_days_of_the_calendar_and_end_at_midnight():
    friday = datetime(2026, 3, 27, 9, tzinfo=WARSAW)
    ends = due(OFFICE, 2, friday, around_the_clock=True)
    assert ends == datetime(2026, 3, 30, tzinfo=WARSAW)


def test_a_midnight_that_is_skipped_ends_the_day_where_it_skips():
    thursday = datetime(2026, 4, 22, 12, tzinfo=CAIRO)
    ends = due(always_open("Africa/Cairo"), 1, thursday)
    assert ends == datetime(2026, 4, 24, 1, tzinfo=CAIRO)


def test_a_shift_past_midnight_is_the_day_it_opened_on():
    night = Calendar(
        WARSAW,
        dict.fromkeys(range(5), (Opening(time(22), time(6)),)),
        breaks={date(2026, 3, 24): (Opening(time(1), time(2)),)},
    )
    at = datetime(2026, 3, 24, 3, tzinfo=WARSAW)
    found = list(islice(closings_after(night, at), 2))
    assert [day for day, _ends in found] == [date(2026, 3, 23), date(2026, 3, 24)]
    assert found[0][1] == datetime(2026, 3, 24, 6, tzinfo=WARSAW)
