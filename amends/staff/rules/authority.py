"""What a role may give a customer, and how much of it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
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
GRAVE = frozenset(
    {RemedyKind.CONTRACT_CANCELLED, RemedyKind.POLICY_CHANGED, RemedyKind.STAFF_ACTION}
)


class Beyond(StrEnum):
    """Why a remedy is beyond somebody's authority."""

    KIND = "kind"
    AMOUNT = "amount"


@dataclass(frozen=True, slots=True)
class Limit:
    """What one role may give of one kind; `amount` None means without limit.

    currency: what it is counted in, to be shown with it.
    """

    amount: Decimal | None
    currency: str = field(default="", compare=False)


def first_limits(*, owner: bool) -> dict[RemedyKind, Limit]:
    """Return what may be given from the first day on, until somebody decides otherwise.

    The owner gives anything; those who serve put things right, but without money and without
    changing contracts, rules or colleagues' duties.
    """
    kinds = [kind for kind in RemedyKind if kind not in FREE]
    if not owner:
        kinds = [kind for kind in kinds if kind not in MONEY | GRAVE]
    return dict.fromkeys(kinds, Limit(amount=None))


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
