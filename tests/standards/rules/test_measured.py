from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.standards.rules.measured import Counted, interval, months_until, total


def test_without_data_there_is_neither_a_share_nor_an_interval():
    assert Counted().share is None
    assert interval(Counted()) is None


# From Wilson's formula, as statistics packages print it.
@pytest.mark.parametrize(
    ("kept", "of", "low", "high"),
    [
        (9, 10, 0.5958, 0.9821),
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (50, 100, 0.4038, 0.5962),
    ],
)
def test_the_interval_is_wilson_s(kept, of, low, high):
    found = interval(Counted(kept, of - kept))
    assert found == pytest.approx((low, high), abs=1e-4)


@given(st.integers(0, 500), st.integers(0, 500))
def test_the_interval_holds_the_share_and_stays_a_share(kept, missed):
    counted = Counted(kept, missed)
    found = interval(counted)
    if found and counted.share is not None:
        low, high = found
        assert 0 <= low <= counted.share + 1e-9
        assert counted.share - 1e-9 <= high <= 1


def test_more_cases_make_it_surer():
    few, many = interval(Counted(9, 1)), interval(Counted(90, 10))
    assert few
    assert many
    assert many[1] - many[0] < few[1] - few[0]


def test_months_go_back_over_the_year():
    assert months_until(date(2026, 2, 11), 4) == [
        date(2025, 11, 1),
        date(2025, 12, 1),
        date(2026, 1, 1),
        date(2026, 2, 1),
    ]


def test_months_are_counted_together():
    assert total([Counted(1, 2), Counted(3, 0)]) == Counted(4, 2)
    assert total([]) == Counted()
