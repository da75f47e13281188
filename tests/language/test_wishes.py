"""Wishes of our own in each language: what is asked for is told by its words."""

import tomllib
from pathlib import Path

import pytest

from amends.language.found import look
from amends.language.lexicon import TONGUES
from amends.language.reading import read
from amends.language.remedy import NONE, REMEDIES, remedy

EXAMPLES = Path(__file__).parent / "examples"
WISHES = tomllib.loads((EXAMPLES / "wishes.toml").read_text(encoding="utf-8"))
WRONGED = tomllib.loads((EXAMPLES / "wronged.toml").read_text(encoding="utf-8"))


@pytest.mark.requirement("S3-35")
@pytest.mark.parametrize("tongue", TONGUES)
@pytest.mark.parametrize("wish", [name for name in REMEDIES if name != NONE])
def test_what_is_asked_for_is_told(tongue, wish):
    told = {
        remedy(look(text, tongue, "reading"), "complaint").name for text in WISHES[tongue][wish]
    }
    assert told == {wish}


@pytest.mark.requirement("S4-01")
@pytest.mark.parametrize("tongue", TONGUES)
def test_a_short_story_of_a_wrong_is_a_complaint_and_its_wish_is_told(tongue):
    told = [(read(one["text"], {"language": tongue}), one["wish"]) for one in WRONGED[tongue]]
    assert sum(reading.kind.name == "complaint" for reading, _wish in told) >= 0.9 * len(told)
    assert sum(reading.remedy.name == wish for reading, wish in told) >= 0.75 * len(told)


def test_thanks_ask_for_nothing():
    assert remedy(look("Please refund me.", "en", "reading"), "thanks").name == NONE
