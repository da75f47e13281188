"""Opening words and what is perceived of us, for every channel and in every language."""

import pytest

from amends.contacts.rules.kinds import Channel
from amends.language.channels import Sense, beginning
from amends.language.lexicon import TONGUES

SENSES = {
    "telephone": {Sense.HEARD},
    "desk": {Sense.SEEN, Sense.HEARD},
    "letter": {Sense.SEEN},
    "email": {Sense.SEEN},
    "web": {Sense.SEEN},
    "chat": {Sense.SEEN},
}


@pytest.mark.parametrize("tongue", TONGUES)
@pytest.mark.parametrize("channel", Channel)
class TestEveryChannelInEveryLanguage:
    @pytest.mark.requirement("S3-24")
    def test_has_opening_words_with_a_name(self, channel, tongue):
        opening = beginning(channel, tongue, name="Milda", house="Water of Vilnius").opening
        assert "Milda" in opening
        assert "{" not in opening
        assert ("Water of Vilnius" in opening) is (channel is Channel.TELEPHONE)

    @pytest.mark.requirement("S3-21")
    def test_lists_what_is_perceived_by_the_senses_that_it_carries_and_no_other(
        self, channel, tongue
    ):
        told = dict(beginning(channel, tongue, name="Milda", house="Water").perceived)
        assert set(told) == SENSES[channel]
        assert all(item.endswith(".") for items in told.values() for item in items)
        assert all(told.values())


def test_no_language_repeats_another():
    said = [beginning("desk", tongue, name="A", house="B").opening for tongue in TONGUES]
    assert len(set(said)) == len(TONGUES)
