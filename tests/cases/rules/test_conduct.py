from dataclasses import replace
from datetime import timedelta

import pytest

from amends.cases.rules.closing import FIRST_GUARDS, Obstacle
from amends.cases.rules.conduct import (
    ConductFacts,
    Do,
    Dont,
    evidence_of,
    is_passed_on_too_quickly,
    read_conduct,
)
from amends.cases.rules.kinds import CaseKind
from amends.cases.rules.passing import guards_without, may_pass_over
from amends.cases.rules.steps import Step
from tests.make import NOW

NOTHING = ConductFacts(
    heard_at=None,
    noted=False,
    apology_at=None,
    clarified_at=None,
    acted_at=None,
    named_at=None,
    asked_at=None,
    owned_at=None,
)


@pytest.mark.requirement("S4-15", "S4-23", "S4-30")
def test_there_are_nine_dos_and_seven_donts():
    assert (len(Do), len(Dont)) == (9, 7)


def test_without_evidence_none_is_filled():
    assert evidence_of(NOTHING) == {}


@pytest.mark.parametrize(
    ("fact", "value", "item"),
    [
        pytest.param("heard_at", NOW, Do.LISTEN, marks=pytest.mark.requirement("S4-15")),
        pytest.param("noted", True, Do.TAKE_NOTES, marks=pytest.mark.requirement("S4-16")),
        pytest.param("apology_at", NOW, Do.APOLOGISE, marks=pytest.mark.requirement("S4-17")),
        pytest.param("clarified_at", NOW, Do.CLARIFY, marks=pytest.mark.requirement("S4-18")),
        pytest.param("acted_at", NOW, Do.ACT, marks=pytest.mark.requirement("S4-19")),
        pytest.param("named_at", NOW, Do.BY_NAME, marks=pytest.mark.requirement("S4-20")),
        pytest.param("asked_at", NOW, Do.FOLLOW_UP, marks=pytest.mark.requirement("S4-21")),
        pytest.param(
            "owned_at", NOW, Dont.REFUSE_RESPONSIBILITY, marks=pytest.mark.requirement("S4-29")
        ),
    ],
)
def test_each_is_filled_by_its_evidence_and_by_no_tick(fact, value, item):
    assert evidence_of(replace(NOTHING, **{fact: value})) == {item: value}


def test_a_do_and_a_dont_are_read_by_their_value():
    assert [read_conduct(each.value) for each in (*Do, *Dont)] == [*Do, *Dont]
    with pytest.raises(ValueError, match="nothing"):
        read_conduct("nothing")


@pytest.mark.requirement("S1-12")
@pytest.mark.parametrize(
    ("step", "kind", "may"),
    [
        (Step.APOLOGISED, CaseKind.COMPLAINT, True),
        (Step.HELP, CaseKind.COMPLAINT, True),
        (Step.CHECKED, CaseKind.COMPLAINT, False),
        (Step.THANKED, CaseKind.COMPLAINT, False),
        (Step.THANKED, CaseKind.SUGGESTION, True),
        (Step.LISTENED, CaseKind.THANKS, False),
    ],
)
def test_what_closing_asks_of_every_case_is_not_passed_over(step, kind, may):
    assert may_pass_over(step, kind) is may


def test_closing_does_not_ask_for_what_was_passed_over():
    guards = FIRST_GUARDS[CaseKind.SUGGESTION]
    left = guards_without(guards, frozenset({Step.THANKED, Step.HELP}))
    assert guards - left == {Obstacle.NOT_THANKED}
    assert guards_without(guards, frozenset()) == guards


def test_evidence_may_be_a_moment_long_ago():
    assert evidence_of(replace(NOTHING, asked_at=NOW - timedelta(days=9)))[Do.FOLLOW_UP]


@pytest.mark.requirement("S4-25", "S4-33")
@pytest.mark.parametrize(
    ("minutes", "heard", "fled", "expected"),
    [
        (10, False, False, True),
        (11, False, False, False),
        (3, True, False, False),
        (3, False, True, False),
    ],
)
def test_who_passes_on_within_minutes_without_a_word_is_too_quick(minutes, heard, fled, expected):
    found = is_passed_on_too_quickly(
        received_at=NOW,
        at=NOW + timedelta(minutes=minutes),
        heard_from_us=heard,
        fled=fled,
    )
    assert found is expected
