from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.cases.rules.fields import FieldType
from amends.cases.rules.shipped import LOOKS, Shipped
from amends.cases.rules.views import (
    MATCHES,
    MOST_COLUMNS,
    MOST_FILTERS,
    By,
    Filter,
    Look,
    Match,
    Order,
    about,
    day_in,
    field_in,
    field_name,
    filter_of,
    is_offered,
    is_whole,
    matches_of,
    number_in,
    read_look,
    written,
)

OWNER = Filter("owner", Match.IS, ("me",))


@pytest.mark.parametrize("shipped", Shipped)
def test_what_everybody_has_is_made_of_the_set(shipped):
    assert is_offered(LOOKS[shipped], fields=[])


@pytest.mark.parametrize("by", By)
def test_each_thing_can_be_looked_at_in_some_way(by):
    for match in MATCHES[by]:
        assert filter_of(f"{by.value}:{match.value}", ["x"]) == Filter(by, match, ("x",))


@pytest.mark.parametrize("kind", FieldType)
def test_each_field_can_be_looked_for_when_it_is_missing(kind):
    assert Match.MISSING in matches_of(kind)
    assert len(matches_of(kind)) > 2


@pytest.mark.parametrize("key", ["", "owner", "owner:like", "sql:is", "due:contains", "field-x:is"])
def test_nothing_else_is_a_filter(key):
    assert filter_of(key) is None


def test_a_field_of_our_own_is_named_by_its_key():
    assert field_in(field_name(12)) == 12
    assert filter_of("field-12:there") == Filter("field-12", Match.THERE)
    assert Filter("field-12", Match.THERE).field == 12
    for name in ("owner", "field-", "field-1x", "field-" + "9" * 30, "field-٣"):
        assert field_in(name) is None


@pytest.mark.parametrize(
    ("asked", "whole"),
    [
        (OWNER, True),
        (replace(OWNER, values=()), False),
        (replace(OWNER, values=("x" * 200,)), False),
        (replace(OWNER, values=tuple(str(n) for n in range(51))), False),
        (Filter("due", Match.OVER), True),
        (Filter("due", Match.OVER, ("1",)), False),
        (Filter("due", Match.WITHIN, ("0",)), True),
        (Filter("due", Match.WITHIN, ("9999",)), False),
        (Filter("due", Match.WITHIN, ("-1",)), False),
        (Filter("due", Match.WITHIN, ("٣",)), False),
        (Filter("due", Match.FROM, ("2026-03-27",)), True),
        (Filter("due", Match.FROM, ("soon",)), False),
        (Filter("text", Match.CONTAINS, ("cold",)), True),
        (Filter("text", Match.CONTAINS, (" ",)), False),
        (Filter("text", Match.CONTAINS, ("a\x00b",)), False),
        (Filter("field-1", Match.AT_LEAST, ("1 000,50",)), True),
        (Filter("field-1", Match.AT_LEAST, ("much",)), False),
    ],
)
def test_a_filter_says_what_it_needs_to_say(asked, whole):
    assert is_whole(asked) is whole


def test_days_and_numbers_are_read_as_people_write_them():
    assert number_in("49,50") == Decimal("49.50")
    for wrong in ("NaN", "Infinity", "1e99", "9" * 30, "x"):
        assert number_in(wrong) is None
    assert day_in("1200-01-01") is None


@given(st.text())
def test_nothing_that_is_typed_upsets_the_reading(text):
    day_in(text)
    number_in(text)
    filter_of(text, [text])
    is_whole(Filter("due", Match.WITHIN, (text,)))


def test_a_look_is_read_as_it_was_written():
    look = Look((OWNER, Filter("due", Match.OVER)), ("due", "field-3"), Order.NEWEST_FIRST)
    kept: dict[str, Any] = written(look)
    assert read_look(kept["filters"], kept["columns"], kept["order"]) == look


def test_what_is_not_known_any_more_is_left_out():
    kept: list[dict[str, Any]] = [
        {"by": "colour", "match": "is", "values": ["red"]},
        {"by": "owner", "match": "is", "values": None},
    ]
    assert read_look(kept, ["due"], "backwards") == Look((), ("due",), Order.DUE_FIRST)


@pytest.mark.parametrize(
    "look",
    [
        Look((OWNER,) * (MOST_FILTERS + 1)),
        Look((), ()),
        Look((), ("due", "due")),
        Look((), tuple(f"field-{n}" for n in range(MOST_COLUMNS + 1))),
        Look((), ("mood",)),
        Look((), ("password",)),
        Look((), ("field-9",)),
        Look((Filter("field-9", Match.THERE),)),
        Look((replace(OWNER, values=()),)),
    ],
)
def test_nothing_outside_the_set_is_offered(look):
    assert not is_offered(look, fields=range(5))


def test_an_estimate_is_said_in_two_digits():
    assert [about(n) for n in (7, 99, 1234, 33_333)] == [7, 99, 1200, 33_000]
