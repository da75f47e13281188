"""Sentences of replies in each language: each deserves its one remark, and the good ones none."""

import tomllib
from pathlib import Path

import pytest

from amends.language.drafts import Context
from amends.language.lexicon import TONGUES
from amends.language.remarks import remarks

SENTENCES = tomllib.loads(
    (Path(__file__).parent / "examples" / "sentences.toml").read_text(encoding="utf-8")
)


def codes(text, tongue, **context):
    found = remarks(text, Context(language=tongue, **context))
    return {remark.code for remark in found if not remark.code.startswith("missing_")}


@pytest.mark.requirement("S4-28", "S3-33")
@pytest.mark.parametrize("tongue", TONGUES)
@pytest.mark.parametrize("code", [code for code in SENTENCES["en"] if code != "good"])
def test_a_sentence_gets_the_remark_it_deserves(tongue, code):
    complaint = code in {"indifferent", "anger_denied", "defensive"}
    for text in SENTENCES[tongue][code]:
        assert code in codes(text, tongue, is_complaint=complaint), text


@pytest.mark.parametrize("tongue", TONGUES)
def test_a_good_sentence_gets_none(tongue):
    for text in SENTENCES[tongue]["good"]:
        assert codes(text, tongue, is_complaint=False) == set(), text
