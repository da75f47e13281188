from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.cases.rules.answering import heard_by
from amends.cases.rules.due import TO_AGREE, after
from amends.standards.rules.hours import Hours, calendar_of, read_openings

VILNIUS = ZoneInfo("Europe/Vilnius")
OFFICE = calendar_of(
    Hours("Europe/Vilnius", "LT", "", (*[read_openings("9-17")] * 4, read_openings("9-12"), (), ()))
)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=VILNIUS)


@pytest.mark.parametrize(
    ("received", "heard"),
    [
        ("2026-03-24 14:46", "2026-03-25 14:46"),
        ("2026-03-24 09:00", "2026-03-25 09:00"),
        ("2026-03-24 18:00", "2026-03-25 18:00"),
        ("2026-03-24 04:14", "2026-03-25 09:00"),
        ("2026-03-24 22:30", "2026-03-26 09:00"),
        ("2026-03-27 14:46", "2026-03-30 09:00"),
        ("2026-03-26 22:30", "2026-03-30 09:00"),
        ("2026-03-28 12:00", "2026-03-30 09:00"),
        ("2026-03-29 12:00", "2026-03-30 12:00"),
    ],
)
def test_nobody_is_told_that_they_hear_from_us_at_night_or_on_a_weekend(received, heard):
    assert heard_by(at(received), None) == at(heard)


@given(st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(VILNIUS)))
def test_it_is_never_earlier_than_what_we_hold_ourselves_to(received):
    assert heard_by(received, None) >= received + TO_AGREE


@pytest.mark.parametrize(
    ("received", "heard"),
    [
        ("2026-03-24 14:46", "2026-03-25 14:46"),
        ("2026-03-24 17:30", "2026-03-26 09:00"),
        ("2026-03-26 14:46", "2026-03-27 12:00"),  # on Friday we close at noon
        ("2026-03-10 10:00", "2026-03-12 10:00"),  # a holiday in between
    ],
)
def test_where_we_said_when_we_are_open_it_is_the_same_hour_of_the_next_such_day(received, heard):
    assert heard_by(at(received), OFFICE) == at(heard)


@given(st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(VILNIUS)))
def test_it_is_what_we_hold_ourselves_to_where_we_said_when_we_are_open(received):
    assert heard_by(received, OFFICE) == after(OFFICE, received, TO_AGREE)
