from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.cases.rules.moments import handy_moments

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


@given(st.datetimes(datetime(2025, 1, 1), datetime(2028, 1, 1)))
def test_every_handy_moment_is_still_to_come_within_eight_days(moment):
    now = moment.replace(tzinfo=VILNIUS)
    assert all(now < at < now + timedelta(days=8) for at in handy_moments(now))
