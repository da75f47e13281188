from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.cases.rules.closing import (
    ClosingFacts,
    Obstacle,
    asks_for_prevention,
    is_deep,
    obstacles_to_closing,
)
from amends.cases.rules.kinds import CaseKind, Track, Verdict
from amends.cases.rules.lifecycle import State

READY = ClosingFacts(
    kind=CaseKind.COMPLAINT,
    state=State.FOLLOW_UP,
    track=Track.LIGHT,
    severity=None,
    owned=True,
    customer_known=True,
    tried_to_find=False,
    wish_known=True,
    replied=True,
    promises_owed=0,
    broken_without_apology=0,
    something_done=True,
    verdict=Verdict.YES,
    attempts=0,
    thanked=True,
    cause_counted=True,
    prevention_decided=False,
    same_cause=1,
    issues_without_finding=1,
    holds=0,
    handover_waits=False,
)


@pytest.mark.requirement("S4-50")
def test_a_small_complaint_that_is_put_right_closes_without_fuss():
    assert obstacles_to_closing(READY) == ()


@pytest.mark.parametrize(
    ("changed", "obstacle"),
    [
        ({"customer_known": False}, Obstacle.CUSTOMER_UNKNOWN),
        ({"wish_known": False}, Obstacle.WISH_NOT_ASKED),
        ({"owned": False}, Obstacle.NOBODY_OWNS_IT),
        ({"fields_missing": 1}, Obstacle.FIELDS_MISSING),
        ({"todos": 1}, Obstacle.TODOS_OPEN),
        ({"state": State.INTERNAL_REVIEW}, Obstacle.REVIEW_RUNS),
        ({"state": State.EXTERNAL}, Obstacle.OUTSIDE_RUNS),
        ({"owes_outside": True}, Obstacle.NOT_COMPLIED),
        ({"owes_summary": True}, Obstacle.SUMMARY_OWED),
        ({"open_parts": 1}, Obstacle.PARTS_OPEN),
        ({"comes_after": 1}, Obstacle.ANOTHER_FIRST),
        ({"handover_waits": True}, Obstacle.HANDOVER_WAITS),
        ({"broken_without_apology": 1}, Obstacle.BROKEN_WITHOUT_APOLOGY),
        ({"promises_owed": 1}, Obstacle.PROMISES_OWED),
        ({"something_done": False}, Obstacle.NOTHING_DONE),
        ({"holds": 1}, Obstacle.HOLD_IN_FORCE),
        ({"verdict": None}, Obstacle.NOT_ASKED),
        ({"verdict": None, "attempts": 1}, Obstacle.NOT_ASKED),
        ({"verdict": Verdict.NO}, Obstacle.NOT_PUT_RIGHT),
        ({"thanked": False}, Obstacle.NOT_THANKED),
        ({"cause_counted": False}, Obstacle.CAUSE_NOT_COUNTED),
        ({"same_cause": 3}, Obstacle.PREVENTION_NOT_DECIDED),
    ],
)
def test_each_thing_that_is_missing_stands_in_the_way(changed, obstacle):
    assert obstacles_to_closing(replace(READY, **changed)) == (obstacle,)


@pytest.mark.requirement("S4-12")
@pytest.mark.parametrize(
    "changed",
    [
        {"verdict": None, "attempts": 2},
        {"verdict": Verdict.PARTLY},
        {"verdict": None, "customer_known": False, "tried_to_find": True},
        {"same_cause": 3, "prevention_decided": True},
    ],
)
def test_two_honest_attempts_are_enough_and_so_is_what_was_tried(changed):
    assert obstacles_to_closing(replace(READY, **changed)) == ()


@pytest.mark.parametrize("deep", [{"track": Track.FULL}, {"severity": 3}, {"severity": 5}])
def test_a_grave_one_asks_for_findings_and_prevention(deep):
    grave = replace(READY, **deep)
    assert is_deep(grave)
    assert asks_for_prevention(grave)
    assert obstacles_to_closing(grave) == (
        Obstacle.ISSUES_NOT_FOUND_ON,
        Obstacle.PREVENTION_NOT_DECIDED,
    )
    done = replace(grave, issues_without_finding=0, prevention_decided=True)
    assert obstacles_to_closing(done) == ()


def test_a_severity_below_three_asks_for_neither():
    assert not is_deep(replace(READY, severity=2))


BARE = replace(
    READY,
    something_done=False,
    replied=False,
    verdict=None,
    thanked=False,
    cause_counted=False,
    wish_known=False,
)


@pytest.mark.parametrize(
    ("kind", "missing"),
    [
        (CaseKind.ENQUIRY, {Obstacle.NOT_ANSWERED}),
        (CaseKind.SUGGESTION, {Obstacle.NOT_ANSWERED, Obstacle.NOT_THANKED}),
        (CaseKind.THANKS, {Obstacle.NOT_THANKED}),
        (CaseKind.REQUEST, {Obstacle.NOTHING_DONE, Obstacle.NOT_ASKED}),
        (CaseKind.INTERNAL, {Obstacle.NOTHING_DONE, Obstacle.NOT_ASKED, Obstacle.NOT_THANKED}),
    ],
)
def test_every_kind_asks_for_what_belongs_to_it(kind, missing):
    assert set(obstacles_to_closing(replace(BARE, kind=kind))) == missing


@pytest.mark.parametrize("answered", [{"replied": True}, {"something_done": True}])
def test_an_enquiry_is_answered_and_that_is_all(answered):
    enquiry = replace(BARE, kind=CaseKind.ENQUIRY, **answered)
    assert obstacles_to_closing(enquiry) == ()


counts = st.integers(0, 3)
closing_facts = st.builds(
    ClosingFacts,
    kind=st.sampled_from(CaseKind),
    track=st.sampled_from(Track),
    severity=st.none() | st.integers(1, 5),
    promises_owed=counts,
    broken_without_apology=counts,
    verdict=st.none() | st.sampled_from(Verdict),
    attempts=counts,
    same_cause=counts,
    issues_without_finding=counts,
    holds=counts,
    **dict.fromkeys(
        (
            "owned",
            "customer_known",
            "tried_to_find",
            "wish_known",
            "replied",
            "something_done",
            "thanked",
            "cause_counted",
            "prevention_decided",
            "handover_waits",
        ),
        st.booleans(),
    ),
)


@given(closing_facts)
def test_nothing_closes_while_something_is_owed_or_the_customer_said_no(facts):
    if facts.promises_owed or facts.verdict is Verdict.NO or not facts.owned:
        assert obstacles_to_closing(facts)


@given(closing_facts)
def test_no_complaint_closes_before_the_customer_was_heard_or_tried_for_twice(facts):
    unheard = facts.verdict is None and facts.attempts < 2 and not facts.tried_to_find
    if facts.kind is CaseKind.COMPLAINT and unheard:
        assert Obstacle.NOT_ASKED in obstacles_to_closing(facts)


@given(closing_facts)
def test_obstacles_are_told_in_the_order_in_which_one_sees_to_them(facts):
    told = obstacles_to_closing(facts)
    assert list(told) == [obstacle for obstacle in Obstacle if obstacle in told]
