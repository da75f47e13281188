"""What somebody may give a customer, asked before it is promised or done."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.staff.models import Staff
from amends.staff.queries import limits_of
from amends.staff.rules.authority import MONEY, Beyond, RemedyKind, beyond
from amends.staff.rules.permissions import Role


class BeyondAuthority(Refused):
    text = _("This is more than your role may give. Ask a senior colleague to promise it.")

    def __init__(self, *, why: Beyond) -> None:
        super().__init__(why=why.value)
        self.why = why


class AmountWithoutRemedy(Refused):
    text = _("Say what the amount is: a refund, a credit, a price reduction or a gesture.")


class AmountNeeded(Refused):
    text = _("Say how much. Your role may give this up to a limit.")


@dataclass(frozen=True, slots=True)
class Gift:
    """What is given; `amount` is in our own currency."""

    remedy: RemedyKind
    amount: Decimal | None


def must_be_within_authority(gift: Gift, *, by: Staff) -> None:
    """Let `by` give `gift`.

    Raises BeyondAuthority, AmountWithoutRemedy, AmountNeeded.
    """
    if gift.amount is not None and (gift.remedy not in MONEY or gift.amount < 0):
        raise AmountWithoutRemedy
    limits = limits_of(Role(by.role))
    if why := beyond(limits, gift.remedy, gift.amount):
        raise BeyondAuthority(why=why)
    limited = gift.remedy in limits and limits[gift.remedy].amount is not None
    if gift.remedy in MONEY and gift.amount is None and limited:
        raise AmountNeeded
