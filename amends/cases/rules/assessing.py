"""How much a case asks for, and what its findings come to. Pure. Source: case-model 2.6."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from amends.cases.rules.closing import TIMES_THAT_ASK_FOR_PREVENTION
from amends.cases.rules.kinds import CaseKind, Outcome, Severity, Track
from amends.staff.rules.authority import MONEY, Limit, RemedyKind

LEAST_GRADE, MOST_GRADE = 1, 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """What decides how much a case asks for. None is what nobody has assessed.

    money_at_stake: in our own currency; limits: what its owner may give.
    """

    severity: int | None = None
    safety: bool | None = None
    money_at_stake: Decimal | None = None
    limits: Mapping[RemedyKind, Limit]
    same_cause: int = 0


def proposed_track(weight: Weight) -> Track:
    """Return the track that fits.

    Full where somebody was harmed, where more is at stake than the owner may give, or where the
    same cause comes a third time.
    """
    grave = (weight.severity or 0) >= Severity.SERIOUS or weight.safety is True
    again = weight.same_cause >= TIMES_THAT_ASK_FOR_PREVENTION
    return Track.FULL if grave or again or _is_beyond(weight) else Track.LIGHT


def _is_beyond(weight: Weight) -> bool:
    """Return whether no kind of money that the owner may give covers what is at stake."""
    if weight.money_at_stake is None:
        return False
    most = [limit.amount for kind, limit in weight.limits.items() if kind in MONEY]
    return not any(amount is None or amount >= weight.money_at_stake for amount in most)


def outcome_of(findings: Collection[Outcome]) -> Outcome:
    """Return what the findings on all issues of a case come to; not judged while one is missing."""
    judged = set(findings) - {Outcome.WITHDRAWN, Outcome.OUT_OF_SCOPE}
    if not findings or Outcome.NOT_JUDGED in judged:
        return Outcome.NOT_JUDGED
    if not judged:
        return Outcome.WITHDRAWN if Outcome.WITHDRAWN in findings else Outcome.OUT_OF_SCOPE
    if len(judged) == 1:
        return judged.pop()
    upheld = judged & {Outcome.UPHELD, Outcome.PARTLY_UPHELD}
    return Outcome.PARTLY_UPHELD if upheld else Outcome.UNABLE_TO_DETERMINE


def needs_second_pair_of_eyes(was: CaseKind, becomes: CaseKind, *, agreed: bool) -> bool:
    """Return whether somebody besides the owner must look before a complaint becomes anything else.

    agreed: the customer agreed that it is no complaint.
    """
    return was is CaseKind.COMPLAINT and becomes is not CaseKind.COMPLAINT and not agreed


def is_a_grade(value: int | None) -> bool:
    """Return whether `value` is one of the five grades, or nobody has graded it."""
    return value is None or LEAST_GRADE <= value <= MOST_GRADE
