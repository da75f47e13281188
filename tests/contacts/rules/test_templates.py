import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.contacts.rules.templates import (
    Piece,
    Variable,
    filled,
    is_said_in,
    pieces_of,
    unfilled_in,
    unknown_in,
)


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("We do {promise} {promise_by}.", ()),
        ("{ promise } and {PROMISE}", ()),
        ("{promis} and {kaina} and {promis}", ("promis", "kaina")),
        ("a {} and {1} and {two words} and { ", ()),
    ],
)
def test_a_name_in_braces_is_known_or_named(text, unknown):
    assert unknown_in(text) == unknown


def test_what_is_known_comes_in_and_what_is_missing_stays_to_be_seen():
    said = {Variable.PROMISE: "we come", Variable.PROMISE_BY: " "}
    text = "So {promise} {promise_by}, {stranger}."
    assert pieces_of(text, said) == (
        Piece("So we come"),
        Piece(" "),
        Piece("{promise_by}", Variable.PROMISE_BY),
        Piece(", {stranger}."),
    )
    assert filled(text, said) == "So we come {promise_by}, {stranger}."


def test_what_is_not_filled_in_is_told_once():
    assert unfilled_in("{name}, {Name}: {gist} {x}") == (Variable.NAME, Variable.GIST)


@given(st.text())
def test_a_text_with_all_its_words_has_nothing_left_to_fill_in(text):
    said = dict.fromkeys(Variable, "words")
    assert unfilled_in(filled(text, said)) == ()


ANSWER = "Dear {name},\n\nwe look at it on the spot. Then we tell you what we found.\n\n{author}"


@pytest.mark.parametrize(
    ("reply", "is_said"),
    [
        ("Dear Ms Ray,\n\nWe look at it\non the spot. Then we tell you what we found.\n\nMe", True),
        ("Sorry for that. Then we tell you what we found. More follows.", True),
        ("We look at it, and then we tell you.", False),
        ("", False),
    ],
)
def test_a_reply_that_says_half_of_an_answer_was_written_with_it(reply, is_said):
    assert is_said_in(ANSWER, reply) is is_said


@pytest.mark.parametrize("answer", ["", "Dear {name},", "{promise} {promise_by}"])
def test_an_answer_with_too_few_words_of_its_own_is_said_in_none(answer):
    assert not is_said_in(answer, "Dear Ms Ray, it is warm by noon.")
