from dataclasses import replace

import pytest

from amends.cases.rules.gate import (
    BodyFacts,
    Gap,
    IssueFacts,
    LetterFacts,
    RemedyFacts,
    gaps_in,
    is_hard_to_read,
    lix,
)
from amends.cases.rules.kinds import Outcome
from amends.staff.rules.authority import RemedyKind

ISSUE = IssueFacts(facts=True, standard=True, validity=Outcome.UPHELD, reasons=True)
REMEDY = RemedyFacts(
    kind=RemedyKind.REFUND_PART,
    has_amount=True,
    has_day=True,
    day_past=False,
    has_how=True,
    has_owner=True,
    done_by_letter=False,
)
BODY = BodyFacts(has_address=True, has_deadline=True)
WHOLE = LetterFacts(
    customer=True,
    author=True,
    issues=(ISSUE,),
    reasons=True,
    apology=True,
    remedies=(REMEDY,),
    changes=True,
    review=True,
    bodies=(BODY,),
    language="pl",
    tongues={"pl", ""},
    thanks=True,
)


def test_a_whole_letter_has_no_gap():
    assert gaps_in(WHOLE) == ()


@pytest.mark.parametrize(
    ("facts", "gap"),
    [
        ({"customer": False}, Gap.CUSTOMER_NOT_NAMED),
        ({"author": False}, Gap.AUTHOR_NOT_NAMED),
        ({"issues": ()}, Gap.NO_ISSUE),
        ({"issues": (replace(ISSUE, facts=False),)}, Gap.FACTS_MISSING),
        ({"issues": (replace(ISSUE, standard=False),)}, Gap.STANDARD_MISSING),
        ({"issues": (replace(ISSUE, validity=Outcome.NOT_JUDGED),)}, Gap.DECISION_MISSING),
        ({"issues": (ISSUE, replace(ISSUE, reasons=False))}, Gap.REASONS_MISSING),
        ({"reasons": False}, Gap.REASONS_MISSING),
        ({"apology": False}, Gap.APOLOGY_MISSING),
        ({"remedies": (replace(REMEDY, has_amount=False),)}, Gap.AMOUNT_MISSING),
        ({"remedies": (replace(REMEDY, has_day=False),)}, Gap.DAY_MISSING),
        ({"remedies": (replace(REMEDY, day_past=True),)}, Gap.DAY_PAST),
        ({"remedies": (replace(REMEDY, has_how=False),)}, Gap.HOW_MISSING),
        ({"remedies": (replace(REMEDY, has_owner=False),)}, Gap.OWNER_MISSING),
        ({"remedies": ()}, Gap.REMEDY_MISSING),
        ({"changes": False}, Gap.CHANGE_MISSING),
        ({"review": False}, Gap.REVIEW_MISSING),
        ({"bodies": ()}, Gap.BODY_MISSING),
        ({"bodies": (replace(BODY, has_address=False),)}, Gap.BODY_UNREACHABLE),
        ({"bodies": (replace(BODY, has_deadline=False),)}, Gap.BODY_WITHOUT_DEADLINE),
        ({"tongues": {"pl", "en"}}, Gap.OTHER_LANGUAGE),
        ({"thanks": False}, Gap.THANKS_MISSING),
    ],
)
@pytest.mark.requirement("S4-40", "S4-13", "S4-17")
def test_each_gap_is_named(facts, gap):
    assert gaps_in(replace(WHOLE, **facts)) == (gap,)


@pytest.mark.requirement("S3-51")
@pytest.mark.parametrize("right", [Outcome.UPHELD, Outcome.PARTLY_UPHELD])
def test_where_they_are_right_it_is_put_right_and_prevented(right):
    bare = replace(WHOLE, issues=(replace(ISSUE, validity=right),), remedies=(), changes=False)
    assert gaps_in(bare) == (Gap.REMEDY_MISSING, Gap.CHANGE_MISSING)
    assert gaps_in(replace(bare, given_elsewhere=True)) == (Gap.CHANGE_MISSING,)


def test_where_they_are_not_right_nothing_need_be_given():
    wrong = (replace(ISSUE, validity=Outcome.NOT_UPHELD),)
    assert gaps_in(replace(WHOLE, issues=wrong, remedies=())) == ()


def test_what_the_letter_itself_gives_needs_no_day_and_no_owner():
    bare = replace(REMEDY, kind=RemedyKind.APOLOGY, has_day=False, has_owner=False)
    letter = replace(WHOLE, remedies=(replace(bare, has_amount=False, done_by_letter=True),))
    assert gaps_in(letter) == ()


@pytest.mark.requirement("S3-84")
def test_a_text_like_a_statute_is_hard_to_read():
    easy = "We came late. We are sorry. We pay it back by Friday."
    statute = (
        "Notwithstanding contractual stipulations governing compensatory entitlements, "
        "the abovementioned undertaking acknowledges responsibility proportionally attributable "
        "to demonstrable infrastructural deficiencies occurring throughout continuous operation"
    )
    assert lix("") is None
    assert (is_hard_to_read(""), is_hard_to_read(easy), is_hard_to_read(statute)) == (
        False,
        False,
        True,
    )
