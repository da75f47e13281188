"""The calendar against one look at the clock every minute, where clocks are at their worst."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise, takewhile
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amends.standards.rules.calendar import (
    Calendar,
    Opening,
    add_working_time,
    is_open,
    next_opening,
    openings_after,
    subtract_working_time,
    working_time,
)
from amends.standards.rules.offsets import STRIDE, stretches
from tests.standards.rules.oracle import MINUTE, count_minutes, minutes, shows_open

# Every way in which a clock has been changed, each with a day on which it was.
CHANGES = {
    "Europe/Berlin": ((2026, 3, 29), (2026, 10, 25)),
    "America/New_York": ((2026, 3, 8), (2026, 11, 1)),
    "Australia/Lord_Howe": ((2026, 4, 5), (2026, 10, 4)),  # half an hour
    "Antarctica/Troll": ((2026, 3, 29), (2026, 10, 25)),  # two hours
    "Africa/Cairo": ((2026, 4, 24), (2026, 10, 30)),  # at midnight
    "America/Sao_Paulo": ((2018, 2, 18), (2018, 11, 4)),  # at midnight, and never again
    "America/St_Johns": ((2010, 3, 14), (2010, 11, 7)),  # at one past midnight
    "Africa/Casablanca": ((2026, 2, 15), (2026, 3, 22)),  # for a month of fasting
    "Europe/Dublin": ((2026, 3, 29), (2026, 10, 25)),  # winter time is the exception
    "Asia/Pyongyang": ((2015, 8, 15), (2018, 5, 5)),  # the zone itself moved, by half an hour
    "Asia/Kathmandu": ((1986, 1, 1),),  # by a quarter
    "Pacific/Apia": ((2011, 12, 30),),  # left out a day
    "Pacific/Kwajalein": ((1993, 8, 21),),  # left out a day
    "Pacific/Enderbury": ((1994, 12, 31), (1995, 1, 1)),  # left out a day
    "America/Juneau": ((2026, 3, 8), (2026, 11, 1)),
    "Asia/Gaza": ((2026, 3, 28), (2026, 10, 31)),
    "UTC": ((2028, 2, 29), (2027, 12, 31)),
}
PLACES = [(zone, date(*day)) for zone, days in CHANGES.items() for day in days]
DAY = timedelta(days=1)

quarters = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 45, 1]))
openings = st.builds(Opening, quarters, quarters)
several = st.lists(openings, max_size=3).map(tuple)


@st.composite
def calendars_around(draw, place) -> Calendar:
    zone, day = place
    near = st.integers(-2, 2).map(lambda days: day + days * DAY)
    week = draw(st.dictionaries(st.integers(0, 6), several, min_size=4))
    week[draw(st.integers(0, 6))] = (draw(openings),)
    return Calendar(
        zone=ZoneInfo(zone),
        week=week,
        holidays=draw(st.frozensets(near, max_size=1)),
        days=draw(st.dictionaries(near, several, max_size=1)),
        breaks=draw(st.dictionaries(near, several, max_size=2)),
    )


@st.composite
def windows_around(draw, place) -> tuple[datetime, datetime]:
    _zone, day = place
    midnight = datetime.combine(day, time(0), tzinfo=UTC)
    start = midnight + draw(st.integers(-36 * 60, 24 * 60)) * MINUTE
    return start, start + draw(st.integers(0, 48 * 60)) * MINUTE


@st.composite
def situations(draw) -> tuple[Calendar, datetime, datetime]:
    place = draw(st.sampled_from(PLACES))
    return draw(calendars_around(place)), *draw(windows_around(place))


@given(situations())
@settings(deadline=None, max_examples=60)
def test_the_time_between_is_what_counting_gives(situation):
    calendar, start, end = situation
    assert working_time(calendar, start, end) == count_minutes(calendar, start, end) * MINUTE


@given(situations())
@settings(deadline=None, max_examples=60)
def test_adding_and_subtracting_stop_at_the_minute_that_counting_gives(situation):
    calendar, start, end = situation
    open_minutes = [at for at in minutes(start, end) if shows_open(calendar, at)]
    span = len(open_minutes) * MINUTE
    if open_minutes:
        assert add_working_time(calendar, start, span) == open_minutes[-1] + MINUTE
        assert subtract_working_time(calendar, end, span) == open_minutes[0]
        assert next_opening(calendar, start) == open_minutes[0]


@given(situations())
@settings(deadline=None, max_examples=60)
def test_openings_are_the_minutes_that_are_open(situation):
    calendar, start, end = situation
    found = takewhile(lambda opening: opening[0] < end, openings_after(calendar, start))
    spelt_out = [at for opens, closes in found for at in minutes(opens, min(closes, end))]
    assert spelt_out == [at for at in minutes(start, end) if shows_open(calendar, at)]


@given(situations())
@settings(deadline=None, max_examples=60)
def test_open_is_when_the_wall_says_so(situation):
    calendar, start, end = situation
    for at in (start, end, start + (end - start) // 2):
        assert is_open(calendar, at) is shows_open(calendar, at)


@pytest.mark.parametrize("zone", sorted(CHANGES))
def test_the_stretches_of_a_zone_cover_its_time_without_a_gap(zone):
    begins, ends = datetime(1980, 5, 5, tzinfo=UTC), datetime(2030, 5, 5, tzinfo=UTC)
    found = stretches(ZoneInfo(zone), begins, ends)
    assert (found[0].begins, found[-1].ends) == (begins, ends)
    assert all(one.ends == other.begins for one, other in pairwise(found))
    for each in found:
        for at in (each.begins, each.ends - timedelta(seconds=1)):
            assert at.astimezone(ZoneInfo(zone)).utcoffset() == each.offset


def test_no_zone_changes_its_clock_twice_within_a_stride():
    """Asked every half hour of the two years in which most zones changed, and of one to come."""
    asked = [
        datetime(year, 1, 1, tzinfo=UTC) + half_hours * timedelta(minutes=30)
        for year in (1945, 2000, 2026)
        for half_hours in range(0, 366 * 48, 7)
    ]
    step = 7 * timedelta(minutes=30)
    for zone in map(ZoneInfo, sorted(available_timezones())[::12]):
        offsets = [at.astimezone(zone).utcoffset() for at in asked]
        changed = [
            at for at, was, now in zip(asked[1:], offsets, offsets[1:], strict=False) if was != now
        ]
        assert all(after - before > STRIDE + step for before, after in pairwise(changed)), zone.key
