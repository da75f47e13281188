"""What a role may give a customer, and how much of it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class RemedyKind(StrEnum):
    """What can be done to put something right. Source: case-model 2.4."""

    APOLOGY = "apology"
    EXPLANATION = "explanation"
    INFORMATION_CORRECTED = "information-corrected"
    REPAIR = "repair"
    REWORK = "rework"
    REPLACEMENT = "replacement"
    REDELIVERY = "redelivery"
    REFUND_FULL = "refund-full"
    REFUND_PART = "refund-part"
    PRICE_REDUCTION = "price-reduction"
    CREDIT = "credit"
    COMPENSATION = "compensation"
    CONTRACT_CANCELLED = "contract-cancelled"
    CONTRACT_PERFORMED = "contract-performed"
    FEE_WAIVED = "fee-waived"
    ACCESS_RESTORED = "access-restored"
    DATA_CORRECTED = "data-corrected"
    POLICY_CHANGED = "policy-changed"
    STAFF_ACTION = "staff-action"
    GOODWILL_GESTURE = "goodwill-gesture"
    NONE = "none"


MONEY = frozenset(
    {
        RemedyKind.REFUND_FULL,
        RemedyKind.REFUND_PART,
        RemedyKind.PRICE_REDUCTION,
        RemedyKind.CREDIT,
        RemedyKind.COMPENSATION,
        RemedyKind.FEE_WAIVED,
        RemedyKind.GOODWILL_GESTURE,
    }
)
FREE = frozenset({RemedyKind.APOLOGY, RemedyKind.EXPLANATION, RemedyKind.NONE})


class Beyond(StrEnum):
    """Why a remedy is beyond somebody's authority."""

    KIND = "kind"
    AMOUNT = "amount"


@dataclass(frozen=True, slots=True)
class Limit:
    """What one role may give of one kind; `amount` None means without limit."""

    amount: Decimal | None


def beyond(
    limits: Mapping[RemedyKind, Limit], kind: RemedyKind, amount: Decimal | None
) -> Beyond | None:
    """Return why `kind` worth `amount` is beyond `limits`, or None if it is within them.

    An apology, an explanation and a promise of nothing but work are within everybody's authority.
    """
    if kind in FREE:
        return None
    if kind not in limits:
        return Beyond.KIND
    most = limits[kind].amount
    if amount is not None and most is not None and amount > most:
        return Beyond.AMOUNT
    return None
