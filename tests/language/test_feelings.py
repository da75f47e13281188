"""Feelings are found by the words of each language, and cut to those words."""

import tomllib
from pathlib import Path

import pytest

from amends.language.feelings import feelings
from amends.language.found import look
from amends.language.lexicon import TONGUES
from amends.language.reading import read

EXAMPLES = tomllib.loads(
    (Path(__file__).parent / "examples" / "feelings.toml").read_text(encoding="utf-8")
)


def told(text, tongue="en"):
    reading = read(text, {"language": tongue})
    return reading.said(reading.lanes.feelings)


@pytest.mark.requirement("S4-01")
@pytest.mark.parametrize("tongue", TONGUES)
def test_sentences_that_name_a_feeling_are_told_from_those_that_do_not(tongue):
    named = EXAMPLES["named"][tongue].strip().splitlines()
    found = [line for line in named if feelings(look(line, tongue, "reading"), "complaint")]
    assert len(found) >= 0.95 * len(named), set(named) - set(found)
    for line in EXAMPLES["none"][tongue].strip().splitlines():
        assert not feelings(look(line, tongue, "reading"), "complaint"), line


@pytest.mark.parametrize(
    ("tongue", "text", "felt"),
    [
        ("en", "We waited outside and I was in tears.", ["I was in tears"]),
        ("ru", "Я ушла домой и проплакала весь вечер.", ["проплакала весь вечер"]),
        ("pl", "Wróciłam do domu i popłakałam się.", ["popłakałam się"]),
        ("sq", "Dola nga zyra dhe më erdhi turp.", ["më erdhi turp"]),
        ("lt", "Grįžau namo ir apsiverkiau.", ["apsiverkiau"]),
    ],
)
def test_a_deed_before_the_feeling_is_left_out(tongue, text, felt):
    assert told(text, tongue) == felt


def test_a_refusal_after_the_feeling_is_left_out():
    assert told("I am furious and I will not pay this bill.") == ["I am furious"]


def test_a_short_feeling_takes_the_few_words_before_it_along():
    assert told("Мы, честно говоря, разочарованы.", "ru") == ["Мы, честно говоря, разочарованы"]


def test_a_few_words_between_two_feelings_and_at_the_end_belong_to_them():
    text = "I am angry, to be honest, truly furious, as a mother."
    assert told(text) == ["I am angry, to be honest, truly furious, as a mother"]


def test_what_the_feeling_is_about_belongs_to_it():
    assert told("I am ashamed, that my neighbours saw it all, and you did nothing.") == [
        "I am ashamed, that my neighbours saw it all"
    ]


def test_quoted_feelings_count_where_a_call_is_noted_and_nowhere_else():
    note = 'Mrs Bell phoned about the lift. She is "really fed up with the stairs".'
    assert told(note)
    assert told('The leaflet says "you will be furious". The lift broke on Monday.') == []
