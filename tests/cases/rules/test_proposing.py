from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from amends.cases.rules.findings import Found
from amends.cases.rules.kinds import Basis, Outcome
from amends.cases.rules.proposing import (
    Approved,
    Given,
    Priced,
    ProposingFacts,
    Unready,
    approval_of,
    is_done_by_letter,
    is_within,
    obstacles_to_proposing,
    usual,
    waits_for_their_yes,
)
from amends.staff.rules.authority import Limit, RemedyKind
from tests import make

PRICED = Priced(Decimal(10), None)
READY = ProposingFacts(
    hard=True,
    found=(Found(Outcome.UPHELD, 1),),
    unheard=0,
    expectation_known=True,
    options=(PRICED, PRICED),
    chosen=True,
    approved=Approved.NOT_NEEDED,
)
REFUND = RemedyKind.REFUND_PART


def test_nothing_stands_in_the_way_of_what_is_ready():
    assert obstacles_to_proposing(READY) == ()


@pytest.mark.parametrize(
    ("facts", "obstacle"),
    [
        ({"found": ()}, Unready.NOTHING_COMPLAINED_OF),
        ({"found": (Found(Outcome.NOT_JUDGED, 1),)}, Unready.NOT_FOUND_ON),
        ({"found": (Found(Outcome.UPHELD, 0),)}, Unready.NO_EVIDENCE),
        ({"unheard": 1}, Unready.NOT_HEARD),
        ({"expectation_known": False}, Unready.EXPECTATION_UNKNOWN),
        ({"chosen": False}, Unready.NO_OPTION),
        ({"options": (PRICED,)}, Unready.TOO_FEW_OPTIONS),
        ({"options": (PRICED, Priced(None, Decimal(5)))}, Unready.NOT_COSTED),
        ({"approved": Approved.NEEDED}, Unready.APPROVAL_NEEDED),
        ({"approved": Approved.WAITS}, Unready.APPROVAL_WAITS),
        ({"approved": Approved.DECLINED}, Unready.APPROVAL_DECLINED),
    ],
)
@pytest.mark.requirement("S1-14", "S1-15", "S2-09")
def test_each_thing_that_is_missing_is_named(facts, obstacle):
    assert obstacles_to_proposing(replace(READY, **facts)) == (obstacle,)


def test_a_small_case_needs_one_option_and_no_costs():
    small = replace(READY, hard=False, options=(Priced(None, None),))
    assert obstacles_to_proposing(small) == ()


@pytest.mark.parametrize(
    ("limits", "gifts", "within"),
    [
        ({}, [], True),
        ({}, [Given(RemedyKind.APOLOGY, None)], True),
        ({}, [Given(REFUND, Decimal(5))], False),
        ({REFUND: Limit(None)}, [Given(REFUND, None)], True),
        ({REFUND: Limit(Decimal(50))}, [Given(REFUND, None)], False),
        ({REFUND: Limit(Decimal(50))}, [Given(REFUND, Decimal(50))], True),
        ({REFUND: Limit(Decimal(50))}, [Given(REFUND, Decimal(30))] * 2, False),
        ({RemedyKind.REPAIR: Limit(None)}, [Given(RemedyKind.REPAIR, None)], True),
    ],
)
@pytest.mark.requirement("S2-03")
def test_what_may_be_given_is_bounded_also_in_slices(limits, gifts, within):
    assert is_within(limits, gifts) is within


@pytest.mark.parametrize(
    ("within", "asked", "granted", "state"),
    [
        (True, None, None, Approved.NOT_NEEDED),
        (False, None, None, Approved.NEEDED),
        (False, -1, True, Approved.NEEDED),
        (False, 1, None, Approved.WAITS),
        (False, 1, True, Approved.GRANTED),
        (False, 1, False, Approved.DECLINED),
    ],
)
@pytest.mark.requirement("S2-10")
def test_an_approval_counts_until_what_it_approved_is_changed(within, asked, granted, state):
    asked_at = None if asked is None else make.NOW + timedelta(hours=asked)
    told = approval_of(within=within, asked_at=asked_at, granted=granted, changed_at=make.NOW)
    assert told is state


def test_only_goodwill_is_an_offer():
    assert waits_for_their_yes({Basis.LAW, Basis.GOODWILL})
    assert not waits_for_their_yes({Basis.LAW, Basis.CONTRACT, Basis.POLICY})


def test_words_are_given_by_the_letter_itself():
    assert is_done_by_letter(RemedyKind.APOLOGY)
    assert not is_done_by_letter(RemedyKind.REPAIR)


def test_the_usual_sum_is_the_middle_one():
    assert usual([]) is None
    assert usual([Decimal(10), Decimal(500), Decimal(20)]) == Decimal(20)
