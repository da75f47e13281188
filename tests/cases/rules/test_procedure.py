from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.cases.rules.closing import ASKED_OF_ALL, FIRST_GUARDS, Obstacle
from amends.cases.rules.kinds import CaseKind
from amends.cases.rules.procedure import (
    Choice,
    first_choice,
    guards_that_must_be,
    guards_to_choose,
    is_offered,
    procedure,
    read_choice,
    steps_that_must_be,
    steps_to_choose,
)
from amends.cases.rules.steps import FIRST_STEPS, OPTIONAL_EVIDENCE, Missing, Step

kinds = st.sampled_from(CaseKind)
choices = st.builds(
    Choice,
    steps=st.frozensets(st.sampled_from(Step)),
    evidence=st.frozensets(st.sampled_from(Missing)),
    guards=st.frozensets(st.sampled_from(Obstacle)),
    check_again_days=st.none() | st.integers(0, 400),
)


@pytest.mark.parametrize("kind", CaseKind)
def test_nothing_changes_until_a_manager_decides_otherwise(kind):
    first = procedure(kind)
    assert first.guards == FIRST_GUARDS[kind]
    assert first.steps == FIRST_STEPS[kind]
    assert first.evidence == frozenset(Missing) - {Missing.NOT_READ_BACK}
    assert first.check_again_days is None
    assert is_offered(kind, first_choice(kind))


@pytest.mark.requirement("S1-12", "S4-12")
@given(kinds, choices)
def test_what_the_law_of_the_product_asks_is_left_out_by_nobody(kind, choice):
    found = procedure(kind, choice)
    assert found.guards >= guards_that_must_be(kind) >= ASKED_OF_ALL
    assert set(found.steps) >= steps_that_must_be(kind)
    assert found.evidence >= frozenset(Missing) - OPTIONAL_EVIDENCE


def test_a_complaint_never_closes_unasked_unthanked_or_uncounted():
    must = guards_that_must_be(CaseKind.COMPLAINT)
    assert {Obstacle.NOT_ASKED, Obstacle.NOT_THANKED, Obstacle.CAUSE_NOT_COUNTED} <= must
    assert guards_to_choose(CaseKind.COMPLAINT) == (Obstacle.NOT_ANSWERED,)


@given(kinds)
def test_what_must_be_is_not_offered_as_a_choice(kind):
    assert not set(guards_to_choose(kind)) & guards_that_must_be(kind)
    assert not set(steps_to_choose(kind)) & steps_that_must_be(kind)


@pytest.mark.parametrize(
    ("changed", "offered"),
    [
        ({"guards": frozenset({Obstacle.NOT_ASKED})}, True),
        ({"guards": frozenset({Obstacle.PROMISES_OWED})}, False),
        ({"steps": frozenset({Step.CHECKED})}, True),
        ({"steps": frozenset({Step.ANSWERED})}, False),
        ({"evidence": frozenset({Missing.NO_WORDS})}, False),
        ({"check_again_days": 28}, True),
        ({"check_again_days": 6}, False),
        ({"check_again_days": 366}, False),
    ],
)
def test_only_what_is_offered_can_be_chosen(changed, offered):
    choice = replace(first_choice(CaseKind.ENQUIRY), **changed)
    assert is_offered(CaseKind.ENQUIRY, choice) is offered


def test_nobody_who_thanks_us_is_asked_what_caused_it():
    assert Obstacle.CAUSE_NOT_COUNTED not in guards_to_choose(CaseKind.THANKS)


@given(choices)
def test_a_choice_is_read_as_it_was_written_and_what_is_unknown_is_left_out(choice):
    read = read_choice(
        [*choice.steps, "sung"], [*choice.evidence, "?"], choice.guards, choice.check_again_days
    )
    assert read == choice
