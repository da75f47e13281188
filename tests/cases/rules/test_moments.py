from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.cases.rules.moments import handy_moments, moment_before

VILNIUS = ZoneInfo("Europe/Vilnius")


def offered(text: str) -> list[str]:
    now = datetime.fromisoformat(text).replace(tzinfo=VILNIUS)
    return [f"{at:%a %d %H:%M}" for at in handy_moments(now)]


@pytest.mark.parametrize(
    ("now", "moments"),
    [
        ("2026-11-24 09:12", ["Tue 24 16:00", "Wed 25 12:00", "Fri 27 16:00"]),
        ("2026-11-24 15:00", ["Tue 24 16:00", "Wed 25 12:00", "Fri 27 16:00"]),
        ("2026-11-24 15:01", ["Wed 25 12:00", "Fri 27 16:00"]),
        ("2026-11-26 15:30", ["Fri 27 12:00", "Fri 27 16:00"]),
        ("2026-11-27 09:00", ["Fri 27 16:00", "Mon 30 12:00", "Fri 04 16:00"]),
        ("2026-11-28 09:00", ["Mon 30 12:00", "Fri 04 16:00"]),
        ("2026-11-29 23:59", ["Mon 30 12:00", "Fri 04 16:00"]),
    ],
)
def test_the_handy_moments_are_on_days_on_which_people_work(now, moments):
    assert offered(now) == moments


@pytest.mark.parametrize(
    ("until", "promised"),
    [
        ("2026-12-01 23:59", "Tue 01 16:00"),
        ("2026-12-01 11:30", "Tue 01 11:30"),
        ("2026-11-30 08:59", "Fri 27 16:00"),
        ("2026-11-29 23:59", "Fri 27 16:00"),
        ("2026-11-24 10:12", "Tue 24 10:12"),
        ("2026-11-24 10:11", None),
        ("2026-11-23 23:59", None),
        ("0001-01-01 00:00", None),
    ],
)
def test_their_own_day_is_promised_for_the_last_working_moment_before_it(until, promised):
    now, asked = (
        datetime.fromisoformat(text).replace(tzinfo=VILNIUS) for text in ("2026-11-24 09:12", until)
    )
    at = moment_before(asked, now)
    assert (at and f"{at:%a %d %H:%M}") == promised


@given(st.datetimes(datetime(2025, 1, 1), datetime(2028, 1, 1)))
def test_every_handy_moment_is_still_to_come_within_eight_days(moment):
    now = moment.replace(tzinfo=VILNIUS)
    assert all(now < at < now + timedelta(days=8) for at in handy_moments(now))
