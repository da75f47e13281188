from decimal import Decimal

import pytest

from amends.cases.rules.weighing import Consent, Relief, answered, relief_of
from amends.staff.rules.authority import RemedyKind

TEN = Decimal(10)


@pytest.mark.parametrize(
    ("given", "explained", "relief"),
    [
        ([(RemedyKind.REFUND_PART, TEN), (RemedyKind.REPAIR, None)], True, Relief.MONETARY),
        ([(RemedyKind.REFUND_FULL, None)], False, Relief.MONETARY),
        ([(RemedyKind.REPAIR, None)], True, Relief.NON_MONETARY),
        ([(RemedyKind.GOODWILL_GESTURE, TEN)], False, Relief.MONETARY),
        ([(RemedyKind.GOODWILL_GESTURE, None)], False, Relief.NON_MONETARY),
        ([(RemedyKind.EXPLANATION, None)], False, Relief.EXPLANATION),
        ([(RemedyKind.APOLOGY, None)], True, Relief.EXPLANATION),
        ([(RemedyKind.APOLOGY, None), (RemedyKind.NONE, None)], False, None),
        ([], False, None),
    ],
)
def test_what_was_given_tells_what_they_got(given, explained, relief):
    assert relief_of(given, explained=explained) == relief


@pytest.mark.parametrize(
    ("before", "said", "stands"),
    [
        ("", Consent.GIVEN, Consent.GIVEN),
        ("", Consent.DECLINED, Consent.DECLINED),
        ("declined", Consent.DECLINED, Consent.DECLINED),
        ("given", Consent.DECLINED, Consent.WITHDRAWN),
        ("withdrawn", Consent.DECLINED, Consent.WITHDRAWN),
        ("withdrawn", Consent.GIVEN, Consent.GIVEN),
    ],
)
def test_a_yes_taken_back_is_told_apart_from_a_no(before, said, stands):
    assert answered(said, before=before) is stands
