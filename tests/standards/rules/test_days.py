from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.standards.rules.days import (
    EndsOnDayOff,
    Length,
    Unit,
    WorkingDays,
    day_of,
    end_of_day,
    last_day,
)
from amends.standards.rules.public_holidays import public_holidays

POLAND = WorkingDays(public_holidays("PL"))
DAY = timedelta(days=1)
days = st.dates(date(2020, 1, 1), date(2040, 1, 1))
counts = st.integers(1, 90)
zones = st.sampled_from(["Europe/Warsaw", "Africa/Cairo", "America/St_Johns", "Pacific/Apia"]).map(
    ZoneInfo
)


@given(days, counts, st.sampled_from([Unit.DAYS, Unit.WEEKS]))
def test_the_day_of_the_event_is_not_counted(begins_on, count, unit):
    each = 7 if unit is Unit.WEEKS else 1
    assert last_day(begins_on, Length(count, unit), POLAND) == begins_on + count * each * DAY


@given(days, counts)
def test_working_days_are_counted_one_by_one(begins_on, count):
    last = last_day(begins_on, Length(count, Unit.WORKING_DAYS), POLAND)
    counted = [begins_on + n * DAY for n in range(1, (last - begins_on).days + 1)]
    assert sum(POLAND.include(day) for day in counted) == count
    assert POLAND.include(last)


@given(days, counts)
def test_a_term_that_ends_on_a_day_off_ends_on_the_next_working_day(begins_on, count):
    plain = last_day(begins_on, Length(count, Unit.DAYS), POLAND)
    rolled = last_day(begins_on, Length(count, Unit.DAYS), POLAND, EndsOnDayOff.NEXT_WORKING_DAY)
    assert POLAND.include(rolled)
    assert not any(POLAND.include(plain + n * DAY) for n in range((rolled - plain).days))


@pytest.mark.parametrize(
    ("begins_on", "months", "last"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 11, 15), 3, date(2027, 2, 15)),
        (date(2026, 12, 1), 12, date(2027, 12, 1)),
    ],
)
def test_a_month_ends_on_the_same_day_or_the_last_there_is(begins_on, months, last):
    assert last_day(begins_on, Length(months, Unit.MONTHS), POLAND) == last


@given(days, zones)
def test_a_day_ends_as_the_next_one_begins(day, zone):
    end = end_of_day(day, zone)
    assert end.tzinfo is UTC
    assert day_of(end, zone) == day
    assert day_of(end + timedelta.resolution, zone) > day


@pytest.mark.parametrize(
    ("zone", "day", "end"),
    [
        ("Africa/Cairo", date(2026, 4, 23), "2026-04-23T22:00Z"),  # midnight is skipped
        ("Africa/Cairo", date(2026, 10, 29), "2026-10-29T22:00Z"),  # midnight comes an hour late
        ("America/St_Johns", date(2010, 11, 6), "2010-11-07T03:30Z"),  # and here a minute twice
        ("Europe/Warsaw", date(2026, 7, 1), "2026-07-01T22:00Z"),
    ],
)
def test_the_end_of_a_day_is_right_where_the_clock_changes_at_midnight(zone, day, end):
    midnight = datetime.fromisoformat(end)
    assert end_of_day(day, ZoneInfo(zone)) == midnight - timedelta.resolution


def test_a_week_needs_a_working_day():
    with pytest.raises(ValueError, match="no end"):
        WorkingDays(weekend=frozenset(range(7)))
