"""Beside each remark stands a better wording: kind, in the customer's language, and of use."""

import pytest

from amends.language.cards import manner_card
from amends.language.drafts import Context
from amends.language.lexicon import TONGUES
from amends.language.remarks import Remark, remarks
from tests.language.test_sentences import SENTENCES

CODES = [code for code in SENTENCES["en"] if code != "good"]


def remark_on(text: str, code: str, tongue: str) -> Remark:
    complaint = code in {"indifferent", "anger_denied", "defensive"}
    context = Context(language=tongue, is_complaint=complaint)
    return next(each for each in remarks(text, context) if each.code == code)


def codes_of(text: str, tongue: str) -> set[str]:
    return {each.code for each in remarks(text, Context(language=tongue))}


@pytest.mark.requirement("S3-23")
@pytest.mark.parametrize("tongue", TONGUES)
@pytest.mark.parametrize("code", CODES)
def test_the_better_wording_is_not_remarked_on_for_the_same(tongue, code):
    better = {remark_on(text, code, tongue).better for text in SENTENCES[tongue][code]}
    assert all(better)
    assert not any(code in codes_of(text, tongue) for text in better)


@pytest.mark.requirement("S2-11")
@pytest.mark.parametrize("tongue", TONGUES)
def test_blame_of_the_customer_is_told_with_the_way_out_of_it(tongue):
    for text in SENTENCES[tongue]["blames_customer"]:
        remark = remark_on(text, "blames_customer", tongue)
        assert remark.words
        assert remark.why


@pytest.mark.requirement("S3-44")
@pytest.mark.parametrize("tongue", TONGUES)
def test_there_is_a_kind_way_to_end_a_talk(tongue):
    card = manner_card("talker", tongue)
    unkind = {"indifferent", "dismissive", "brush_off", "ironic", "rude", "shouting"}
    assert card.say
    assert not codes_of(card.say, tongue) & unkind
