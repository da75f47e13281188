from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.cases.rules.acknowledging import ReplyFacts, acknowledges
from amends.cases.rules.assessing import (
    Weight,
    is_a_grade,
    needs_second_pair_of_eyes,
    outcome_of,
    proposed_track,
)
from amends.cases.rules.clocks import Clock, ClockFacts, Reading, clocks
from amends.cases.rules.disclosure import Matter, is_enough, may_be_said
from amends.cases.rules.kinds import CaseKind, CheckLevel, Outcome, Track
from amends.staff.rules.authority import Limit, RemedyKind
from tests.make import NOW

HOUR = timedelta(hours=1)
SIXTY = {RemedyKind.REFUND_PART: Limit(Decimal(60)), RemedyKind.REPAIR: Limit(None)}


@pytest.mark.parametrize(
    ("known", "track"),
    [
        ({}, Track.LIGHT),
        ({"severity": 2}, Track.LIGHT),
        ({"severity": 3}, Track.FULL),
        ({"safety": False}, Track.LIGHT),
        ({"safety": True}, Track.FULL),
        ({"money_at_stake": Decimal(60)}, Track.LIGHT),
        ({"money_at_stake": Decimal(61)}, Track.FULL),
        ({"same_cause": 2}, Track.LIGHT),
        ({"same_cause": 3}, Track.FULL),
    ],
)
def test_the_track_follows_what_is_at_stake(known, track):
    assert proposed_track(Weight(limits=SIXTY, **known)) is track


def test_no_limit_covers_whatever_is_at_stake():
    free = {RemedyKind.CREDIT: Limit(None)}
    assert proposed_track(Weight(limits=free, money_at_stake=Decimal(9999))) is Track.LIGHT
    assert proposed_track(Weight(limits={}, money_at_stake=Decimal(1))) is Track.FULL


UP, PART, NOT = Outcome.UPHELD, Outcome.PARTLY_UPHELD, Outcome.NOT_UPHELD


@pytest.mark.requirement("S0-02", "S2-02")
@pytest.mark.parametrize(
    ("findings", "outcome"),
    [
        ([], Outcome.NOT_JUDGED),
        ([UP, Outcome.NOT_JUDGED], Outcome.NOT_JUDGED),
        ([UP, UP], UP),
        ([NOT, NOT], NOT),
        ([UP, NOT], PART),
        ([PART, NOT], PART),
        ([NOT, Outcome.UNABLE_TO_DETERMINE], Outcome.UNABLE_TO_DETERMINE),
        ([UP, Outcome.WITHDRAWN], UP),
        ([Outcome.WITHDRAWN], Outcome.WITHDRAWN),
        ([Outcome.OUT_OF_SCOPE], Outcome.OUT_OF_SCOPE),
        ([Outcome.OUT_OF_SCOPE, Outcome.WITHDRAWN], Outcome.WITHDRAWN),
    ],
)
def test_the_outcome_follows_from_every_finding(findings, outcome):
    assert outcome_of(findings) is outcome


@given(st.lists(st.sampled_from(Outcome)))
def test_no_outcome_is_told_while_a_finding_is_missing(findings):
    if Outcome.NOT_JUDGED in findings:
        assert outcome_of(findings) is Outcome.NOT_JUDGED


@pytest.mark.parametrize(
    ("was", "becomes", "agreed", "needs"),
    [
        (CaseKind.COMPLAINT, CaseKind.ENQUIRY, False, True),
        (CaseKind.COMPLAINT, CaseKind.ENQUIRY, True, False),
        (CaseKind.COMPLAINT, CaseKind.COMPLAINT, False, False),
        (CaseKind.ENQUIRY, CaseKind.COMPLAINT, False, False),
        (CaseKind.ENQUIRY, CaseKind.THANKS, False, False),
    ],
)
def test_a_complaint_becomes_nothing_else_in_silence(was, becomes, agreed, needs):
    assert needs_second_pair_of_eyes(was, becomes, agreed=agreed) is needs


@pytest.mark.parametrize(
    ("value", "good"), [(None, True), (0, False), (1, True), (5, True), (6, False)]
)
def test_grades_go_from_one_to_five(value, good):
    assert is_a_grade(value) is good


@pytest.mark.parametrize("level", [None, *CheckLevel])
def test_what_others_confided_is_said_to_nobody(level):
    assert Matter.OTHERS_DATA not in may_be_said(level)
    assert is_enough(level, Matter.HOW_WE_WORK)


def test_the_surer_we_are_the_more_may_be_said():
    levels = [None, CheckLevel.SAID, CheckLevel.KNOWN_DETAILS, CheckLevel.DOCUMENT]
    said = [set(may_be_said(level)) for level in levels]
    assert all(less < more for less, more in pairwise(said))
    assert not is_enough(CheckLevel.SAID, Matter.WHERE_IT_STANDS)
    assert is_enough(CheckLevel.KNOWN_DETAILS, Matter.MONEY)
    assert not is_enough(CheckLevel.KNOWN_DETAILS, Matter.CHANGE_OF_DETAILS)


@pytest.mark.parametrize(
    ("known", "does"),
    [
        ({"next_step": "We look at the meter", "next_at": NOW}, True),
        ({"next_step": "We look at the meter"}, False),
        ({"next_at": NOW}, False),
        ({"next_step": "  ", "next_at": NOW}, False),
        ({"promised": True}, True),
        ({}, False),
        ({"author": "", "promised": True}, False),
        ({"reference": "", "promised": True}, False),
    ],
)
def test_a_reply_acknowledges_when_it_names_who_what_and_when(known, does):
    told = {
        "author": "Inga",
        "reference": "C-7K4-Q92X",
        "next_step": "",
        "next_at": None,
        "promised": False,
    }
    assert acknowledges(ReplyFacts(**{**told, **known})) is does


def test_no_clock_of_ours_runs_on_what_was_brought_in():
    facts = ClockFacts(
        received_at=NOW,
        as_history=True,
        promised=(),
        need_by=None,
        done_at=None,
        answered_at=None,
        agreed_at=None,
    )
    assert clocks(facts) == ()


@pytest.mark.requirement("S1-17")
def test_what_was_promised_what_they_need_and_our_custom_run_beside_each_other():
    facts = ClockFacts(
        received_at=NOW,
        as_history=False,
        promised=(NOW + 3 * HOUR, NOW + 2 * HOUR),
        need_by=NOW + 5 * HOUR,
        done_at=None,
        answered_at=NOW,
        agreed_at=None,
    )
    assert clocks(facts) == (
        Reading(Clock.PROMISED, NOW + 2 * HOUR),
        Reading(Clock.NEEDED, NOW + 5 * HOUR),
        Reading(Clock.ANSWER, NOW + 4 * HOUR, NOW),
        Reading(Clock.AGREE, NOW + 24 * HOUR),
    )


def test_a_clock_that_was_met_says_whether_in_time():
    assert Reading(Clock.ANSWER, NOW, NOW).in_time
    assert not Reading(Clock.ANSWER, NOW).in_time
