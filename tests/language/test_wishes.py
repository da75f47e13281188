"""Wishes of our own in each language: what is asked for is told by its words."""

import tomllib
from pathlib import Path

import pytest

from amends.language.found import look
from amends.language.lexicon import TONGUES
from amends.language.remedy import NONE, REMEDIES, remedy

WISHES = tomllib.loads(
    (Path(__file__).parent / "examples" / "wishes.toml").read_text(encoding="utf-8")
)


@pytest.mark.requirement("S3-35")
@pytest.mark.parametrize("tongue", TONGUES)
@pytest.mark.parametrize("wish", [name for name in REMEDIES if name != NONE])
def test_what_is_asked_for_is_told(tongue, wish):
    told = {
        remedy(look(text, tongue, "reading"), "complaint").name for text in WISHES[tongue][wish]
    }
    assert told == {wish}


def test_thanks_ask_for_nothing():
    assert remedy(look("Please refund me.", "en", "reading"), "thanks").name == NONE
