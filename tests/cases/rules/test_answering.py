from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.cases.rules.answering import heard_by
from amends.cases.rules.due import TO_AGREE

VILNIUS = ZoneInfo("Europe/Vilnius")


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
    assert heard_by(at(received)) == at(heard)


@given(st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(VILNIUS)))
def test_it_is_never_earlier_than_what_we_hold_ourselves_to(received):
    assert heard_by(received) >= received + TO_AGREE
