"""What is weighed of a case besides its grades, and what its customer got in the end. Pure.

Source: case-model 2.4 and 2.5.
"""

from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum

from amends.staff.rules.authority import FREE, MONEY, RemedyKind


class Ahead(StrEnum):
    """Why a case comes before others. That somebody is loud is no reason."""

    SAFETY = "safety"
    VULNERABLE = "vulnerable"
    LAW = "law"
    THEIR_DAY = "their-day"
    MANY = "many"


class Consent(StrEnum):
    """What a customer said to their story being told to others; nothing said is not yes."""

    GIVEN = "given"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Relief(StrEnum):
    """What a customer got in the end, by what it was. Source: the schema of the CFPB."""

    MONETARY = "monetary"
    NON_MONETARY = "non-monetary"
    EXPLANATION = "explanation"
    NONE = "none"


def relief_of(
    given: Iterable[tuple[RemedyKind, Decimal | None]], *, explained: bool
) -> Relief | None:
    """Return what a customer got by all that was `given`; None if that does not tell.

    A gesture counts as money only if it had an amount. explained: a letter told them why.
    """
    got = set()
    for kind, amount in given:
        gesture = kind is RemedyKind.GOODWILL_GESTURE
        if kind in MONEY and (amount or not gesture):
            got.add(Relief.MONETARY)
        elif kind not in FREE:
            got.add(Relief.NON_MONETARY)
        elif kind is RemedyKind.EXPLANATION:
            got.add(Relief.EXPLANATION)
    if explained:
        got.add(Relief.EXPLANATION)
    return next((relief for relief in Relief if relief in got), None)


def answered(said: Consent, *, before: str) -> Consent:
    """Return what stands after a customer `said` it, given what stood `before`.

    Who takes a yes back has withdrawn it; that is told apart from a no at once.
    """
    taken_back = said is Consent.DECLINED and before in {Consent.GIVEN, Consent.WITHDRAWN}
    return Consent.WITHDRAWN if taken_back else said
