from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.staff.rules.authority import FREE, Beyond, Limit, RemedyKind, beyond

LIMITS = {
    RemedyKind.REFUND_PART: Limit(Decimal(50)),
    RemedyKind.REPAIR: Limit(None),
    RemedyKind.GOODWILL_GESTURE: Limit(Decimal(0)),
}


@pytest.mark.requirement("S4-04")
@pytest.mark.parametrize(
    ("kind", "amount", "answer"),
    [
        (RemedyKind.REFUND_PART, Decimal(50), None),
        (RemedyKind.REFUND_PART, Decimal("50.01"), Beyond.AMOUNT),
        (RemedyKind.REFUND_PART, None, None),
        (RemedyKind.REPAIR, Decimal(9999), None),
        (RemedyKind.REFUND_FULL, Decimal(1), Beyond.KIND),
        (RemedyKind.GOODWILL_GESTURE, Decimal(1), Beyond.AMOUNT),
        (RemedyKind.APOLOGY, None, None),
    ],
)
def test_a_remedy_is_within_authority_or_says_why_not(kind, amount, answer):
    assert beyond(LIMITS, kind, amount) is answer


@given(st.sampled_from(sorted(FREE)), st.decimals(0, 10**6, places=2) | st.none())
def test_an_apology_is_within_everybody_s_authority(kind, amount):
    assert beyond({}, kind, amount) is None
