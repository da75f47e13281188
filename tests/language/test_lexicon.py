import json
import subprocess
import sys

import pytest

from amends.language.forms import stem
from amends.language.lexicon import Lexicon
from amends.language.words import fold, take_apart


def found(tongue, entries, text):
    hits = Lexicon(tongue, {"one": entries}).find(take_apart(text)).get("one", [])
    return [text[hit.start : hit.end] for hit in hits]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("PROSZĘ", "prosze"), ("soooo", "so"), ("пpивeт", "привет"), ("hеllo", "hello"), ("ё", "е")],
)
def test_a_word_is_compared_as_people_type_it(typed, meant):
    assert fold(typed) == fold(meant)


@pytest.mark.parametrize(
    ("tongue", "entry", "text"),
    [
        ("ru", "=вернуть", "верните"),
        ("pl", "=skarga", "skargę"),
        ("lt", "=skundas", "skundą"),
        ("sq", "=ankesë", "ankesën"),
        ("en", "=repair", "repaired"),
        ("en", "# days|weeks", "14 days"),
        ("en", "not very? good", "not good"),
        ("en", "take .. back", "take the old one back"),
        ("en", "*ing _ door", "closing the door"),
    ],
)
def test_an_entry_finds_what_it_stands_for(tongue, entry, text):
    assert found(tongue, entry + ";;", text) == [text]


def test_an_entry_does_not_reach_into_the_next_sentence():
    assert found("en", "take .. back", "Take it. Come back.") == []


def test_a_language_without_stems_keeps_its_words():
    assert stem("ru", "верните") == "верните"


def test_the_command_answers_line_by_line_and_passes_over_empty_ones():
    ended = subprocess.run(
        [sys.executable, "-m", "amends.language", "read"],
        input='\n{"id": "1", "text": "Sveiki"}\n\n',
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(ended.stdout)["id"] == "1"
