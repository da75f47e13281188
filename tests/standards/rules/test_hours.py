from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.standards.rules.calendar import Opening, add_working_days, is_open
from amends.standards.rules.hours import (
    Hours,
    NotHours,
    calendar_of,
    half_of,
    kept,
    read_days,
    read_kept,
    read_openings,
    write_days,
    write_openings,
)

MORNING, AFTERNOON = Opening(time(9), time(12, 30)), Opening(time(13), time(17))
WEEK = (*[(MORNING, AFTERNOON)] * 4, (MORNING,), (), ())
VILNIUS = Hours("Europe/Vilnius", "LT", "", WEEK, ((date(2026, 12, 31), (MORNING,)),))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Vilnius"))


@pytest.mark.parametrize(
    ("text", "openings"),
    [
        ("9:00-12:30, 13:00-17:00", (MORNING, AFTERNOON)),
        (" 9-12.30;13 – 17 ", (MORNING, AFTERNOON)),
        ("", ()),
        ("22:00-6:00", (Opening(time(22), time(6)),)),
        ("0:00-24:00", (Opening(time(0), time(0)),)),
        ("8-12, 22-6", (Opening(time(8), time(12)), Opening(time(22), time(6)))),
    ],
)
def test_openings_are_read_as_people_write_them(text, openings):
    assert read_openings(text) == openings
    assert read_openings(write_openings(openings)) == openings


@pytest.mark.parametrize(
    "text",
    ["nine to five", "9", "25:00-26:00", "9:00-9:75", "9-12, 11-14", "22-6, 7-8", "9-9, 10-11"],
)
def test_what_is_no_opening_is_refused(text):
    with pytest.raises(NotHours):
        read_openings(text)


def test_days_of_their_own_are_read_one_a_line_and_kept_in_order():
    days = read_days("2026-12-31 9-12:30\n\n 2026-12-24 \n")
    assert days == ((date(2026, 12, 24), ()), (date(2026, 12, 31), (MORNING,)))
    assert write_days(days) == "2026-12-24\n2026-12-31 9:00-12:30"


@pytest.mark.parametrize("text", ["Christmas Eve", "2026-02-30 9-12", "2026-12-24 morning"])
def test_a_line_that_is_no_day_is_refused(text):
    with pytest.raises(NotHours):
        read_days(text)


def test_what_is_kept_is_read_again():
    assert read_kept(kept(VILNIUS)) == VILNIUS


def test_a_calendar_is_made_once_and_keeps_holidays_and_days_of_its_own():
    calendar = calendar_of(VILNIUS)
    assert calendar_of(read_kept(kept(VILNIUS))) is calendar
    assert not is_open(calendar, at("2026-03-11T10:00"))
    assert is_open(calendar, at("2026-12-31T10:00"))
    assert not is_open(calendar, at("2026-12-31T14:00"))


def test_where_no_holidays_are_kept_every_week_is_the_same():
    calendar = calendar_of(Hours("Europe/Vilnius", "", "", WEEK))
    assert is_open(calendar, at("2026-03-11T10:00"))


def test_a_week_has_seven_days():
    with pytest.raises(ValueError, match="seven"):
        Hours("Europe/Vilnius", "", "", WEEK[:5])


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2026-03-02T10:00", 1, "2026-03-03T10:00"),
        ("2026-03-02T09:00", 1, "2026-03-03T09:00"),  # the very moment of opening
        ("2026-03-05T15:00", 1, "2026-03-06T12:30"),  # on Friday we close before that hour
        ("2026-03-06T10:00", 1, "2026-03-09T10:00"),  # a weekend in between
        ("2026-03-06T20:00", 1, "2026-03-10T09:00"),  # begins on Monday
        ("2026-03-10T10:00", 1, "2026-03-12T10:00"),  # a holiday in between
        ("2026-03-02T10:00", 5, "2026-03-09T10:00"),
        ("2026-03-03T12:30", 1, "2026-03-04T13:00"),  # begins and ends as the lunch break is over
    ],
)
def test_whole_days_are_days_on_which_we_open(start, days, end):
    assert add_working_days(calendar_of(VILNIUS), at(start), days) == at(end)


def test_a_day_that_opens_later_ends_the_term_as_it_opens():
    late = Hours("Europe/Vilnius", "", "", ((MORNING,), (AFTERNOON,), (), (), (), (), ()))
    due = add_working_days(calendar_of(late), at("2026-03-02T10:00"), 1)
    assert due == at("2026-03-03T13:00")


@given(
    st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),
    st.integers(1, 40),
)
def test_more_days_end_later_and_each_while_we_are_open_or_close(start, days):
    calendar = calendar_of(VILNIUS)
    end = add_working_days(calendar, start, days)
    assert start < end < add_working_days(calendar, start, days + 1)
    assert is_open(calendar, end - timedelta.resolution) or is_open(calendar, end)


@pytest.mark.parametrize(
    ("day", "half"),
    [
        ("9:00-12:30, 13:00-17:00", "9:00-12:30"),
        ("9:00-17:00", "9:00-13:00"),
        ("22:00-6:00", "22:00-2:00"),
        ("0:00-24:00", "0:00-12:00"),
        ("20:00-4:00", "20:00-24:00"),
        ("", ""),
    ],
)
def test_half_a_day_ends_with_its_break_or_in_its_middle(day, half):
    assert write_openings(half_of(read_openings(day))) == half
