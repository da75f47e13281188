from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.language.cards import manner_card, phase_card, question
from amends.language.lexicon import TONGUES
from amends.language.manners import MANNERS
from amends.language.phases import Phase, Turn, anger_left, may_speak_of_solutions, phases
from amends.language.phrases import coach
from amends.language.remarks import GRAVITY

# Ring after ring of one dialogue: how angry the customer is at each turn.
A_CALL = [0.5, 2.5, 3.5, 3.5, 3.0, 1.8, 0.8, 0.5]


@pytest.mark.requirement("S3-60")
def test_a_dialogue_visits_the_phases_in_order():
    visited = list(dict.fromkeys(phases(map(Turn, A_CALL))))
    assert visited == list(Phase)


@pytest.mark.requirement("S3-60")
def test_a_provocation_sends_it_back():
    turns = [*map(Turn, A_CALL[:6]), Turn(1.8, provoked=True)]
    assert phases(turns)[-2:] == [Phase.COPING, Phase.OUTBURST]


def test_anger_that_rises_again_sends_it_back():
    assert phases(map(Turn, [*A_CALL, 2.2]))[-1] is Phase.OUTBURST


def test_a_calm_customer_stays_rational():
    assert set(phases(map(Turn, [0, 1.5, 0.5, 1.9]))) == {Phase.RATIONAL}


def test_what_is_solved_stays_solved():
    assert phases(map(Turn, [*A_CALL, 0.4, 0.4]))[-1] is Phase.SOLVING


def test_solutions_are_spoken_of_from_coping_on():
    assert [phase.value for phase in Phase if not may_speak_of_solutions(phase)] == [
        "outburst",
        "slowing",
    ]


@given(st.lists(st.builds(Turn, st.floats(0, 4), st.booleans())))
def test_the_curve_never_leaps_forward(turns):
    order = list(Phase)
    seen = [Phase.RATIONAL, *phases(turns)]
    for before, now in pairwise(seen):
        assert now is Phase.OUTBURST or order.index(now) - order.index(before) in {0, 1}


def test_anger_halves_with_each_half_life():
    assert anger_left(4, timedelta(hours=8), timedelta(hours=4)) == 1.0


@pytest.mark.requirement("S3-45")
@pytest.mark.parametrize("tongue", TONGUES)
def test_every_manner_phase_and_question_has_its_sentences(tongue):
    assert all(manner_card(manner, tongue).say for manner in MANNERS)
    assert all(phase_card(phase, tongue).never for phase in Phase)
    assert all(question(name, tongue).strip() for name in ("reference", "when", "amount", "remedy"))
    assert set(coach(tongue)["remarks"]) == set(GRAVITY)
