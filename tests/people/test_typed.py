import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.people.rules.typed import Typed, told_apart


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("", Typed("", "", "")),
        ("Jonas Kazlauskas", Typed("Jonas Kazlauskas", "", "")),
        ("Jonas Kazlauskas +370 612 34567", Typed("Jonas Kazlauskas", "+370 612 34567", "")),
        ("8 (612) 34-567, Jonas", Typed("Jonas", "8 (612) 34-567", "")),
        ("Jonas <jonas@example.lt>", Typed("Jonas", "", "jonas@example.lt")),
        (
            "Анна +7 912 345-67-89 anna@example.ru",
            Typed("Анна", "+7 912 345-67-89", "anna@example.ru"),
        ),
        ("flat 12 Gėlių", Typed("flat 12 Gėlių", "", "")),
    ],
)
def test_a_line_is_told_apart(text, typed):
    assert told_apart(text) == typed


@given(st.text())
def test_any_line_is_told_apart(text):
    told = told_apart(text)
    assert told.name == " ".join(told.name.split())
