from datetime import UTC, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.cases.rules.lists import (
    Place,
    Source,
    Spot,
    read_place,
    read_spot,
    spot_written,
    written,
)

instants = st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=2))]))
keys = st.integers(1, 2**59)


@given(instants, keys)
def test_a_place_is_read_as_it_was_written(at, pk):
    assert read_place(written(Place(at, pk))) == Place(at, pk)


@given(instants, st.sampled_from(Source), keys)
def test_a_spot_is_read_as_it_was_written(at, source, pk):
    assert read_spot(spot_written(Spot(at, source, pk))) == Spot(at, source, pk)


@given(st.text())
def test_whatever_stands_in_an_address_is_a_place_or_none(text):
    place, spot = read_place(text), read_spot(text)
    assert place is None or place.at.tzinfo
    assert spot is None or spot.source in Source


@pytest.mark.parametrize(
    "text",
    [
        "",
        "~",
        "2026-03-27T15:00:00+00:00",
        "2026-03-27T15:00:00~1",
        "2026-03-27T15:00:00+00:00~-1",
        "2026-03-27T15:00:00+00:00~९",
        "2026-03-27T15:00:00+00:00~9999999999999999999",
        "yesterday~1",
    ],
)
def test_what_is_no_place_is_none(text):
    assert read_place(text) is None
    assert read_spot(f"1~{text}") is None


def test_a_source_that_is_none_makes_no_spot():
    assert read_spot("4~2026-03-27T15:00:00+00:00~1") is None
