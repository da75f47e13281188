from datetime import datetime

import pytest

from amends.cases.rules.keeping import record_kept_until


@pytest.mark.parametrize(
    ("ended", "years", "until"),
    [
        ("2026-03-18", 3, "2029-03-18"),
        ("2028-02-29", 3, "2031-03-01"),
        ("2028-02-29", 4, "2032-02-29"),
    ],
)
def test_a_record_is_kept_to_the_same_day_some_years_later(ended, years, until):
    ended_at, until_at = (datetime.fromisoformat(f"{day}T10:00+00:00") for day in (ended, until))
    assert record_kept_until(ended_at, years) == until_at
