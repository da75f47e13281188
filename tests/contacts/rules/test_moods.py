import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.contacts.rules.kinds import Effect, Mood
from amends.contacts.rules.moods import Phase, effect_of, first_and_last, phase_of, phases_through

MOODS = st.sampled_from(Mood)


@pytest.mark.parametrize(
    ("now", "peak", "phase"),
    [
        (Mood.CALM, Mood.CALM, Phase.CALM),
        (Mood.UNEASY, Mood.UNEASY, Phase.CALM),
        (Mood.ANNOYED, Mood.ANNOYED, Phase.LISTENING),
        (Mood.ANGRY, Mood.ANGRY, Phase.OUTBURST),
        (Mood.FURIOUS, Mood.FURIOUS, Phase.OUTBURST),
        (Mood.ANGRY, Mood.FURIOUS, Phase.SLOWING),
        (Mood.ANNOYED, Mood.FURIOUS, Phase.LISTENING),
        (Mood.UNEASY, Mood.ANGRY, Phase.COOLING),
        (Mood.CALM, Mood.ANGRY, Phase.SOLVING),
        (Mood.CALM, Mood.ANNOYED, Phase.CALM),
    ],
)
def test_anger_is_gone_through_in_phases(now, peak, phase):
    assert phase_of(now, peak=peak) is phase


@pytest.mark.requirement("S3-60")
def test_anger_that_rises_again_is_a_new_outburst():
    again = phase_of(Mood.ANGRY, peak=Mood.FURIOUS, before=Mood.UNEASY)
    assert again is Phase.OUTBURST
    assert phase_of(Mood.ANGRY, peak=Mood.FURIOUS, before=Mood.FURIOUS) is Phase.SLOWING


@pytest.mark.requirement("S3-32")
def test_the_first_mood_is_the_start_and_the_last_the_end():
    assert first_and_last([Mood.FURIOUS, Mood.ANGRY, Mood.CALM]) == (Mood.FURIOUS, Mood.CALM)


def test_one_mood_alone_does_not_tell_how_it_ended():
    assert first_and_last([Mood.FURIOUS]) == (Mood.FURIOUS, None)


def test_no_mood_tells_nothing():
    assert first_and_last([]) == (None, None)


@pytest.mark.requirement("S1-07", "S1-09")
@pytest.mark.parametrize(
    ("mood", "effect"),
    [
        (None, Effect.UNKNOWN),
        (Mood.CALM, Effect.GOOD),
        (Mood.UNEASY, Effect.GOOD),
        (Mood.ANNOYED, Effect.NEUTRAL),
        (Mood.ANGRY, Effect.BAD),
        (Mood.FURIOUS, Effect.BAD),
    ],
)
def test_who_leaves_angry_was_left_on_a_bad_note(mood, effect):
    assert effect_of(mood) is effect


@given(MOODS, MOODS)
def test_the_phase_is_told_for_every_mood(now, peak):
    assert phase_of(now, peak=max(now, peak)) in Phase


def test_the_phases_one_went_through_are_told_once_each():
    path = [Mood.FURIOUS, Mood.ANGRY, Mood.FURIOUS, Mood.ANGRY, Mood.CALM]
    assert phases_through(path) == [Phase.OUTBURST, Phase.SLOWING, Phase.SOLVING]
    assert phases_through([]) == []
