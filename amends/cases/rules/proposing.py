"""What must hold before a remedy is proposed, decided and carried out. Pure.

Source: case-model 2.3 (INVESTIGATING to FULFILLING), 2.6; requirements S1-14, S1-15, S2-09.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from statistics import median

from amends.cases.rules.findings import Found, is_found_on, lacks_evidence
from amends.cases.rules.kinds import Basis
from amends.staff.rules.authority import FREE, MONEY, Limit, RemedyKind, beyond

OPTIONS_OF_A_HARD_CASE = 2
TO_APPROVE = timedelta(days=1)
MOST_REMINDERS = 3


class Unready(StrEnum):
    """Why nothing may be proposed yet, in the order in which one would see to it."""

    NOTHING_COMPLAINED_OF = "nothing-complained-of"
    NOT_FOUND_ON = "not-found-on"
    NO_EVIDENCE = "no-evidence"
    NOT_HEARD = "not-heard"
    EXPECTATION_UNKNOWN = "expectation-unknown"
    NO_OPTION = "no-option"
    TOO_FEW_OPTIONS = "too-few-options"
    NOT_COSTED = "not-costed"
    APPROVAL_NEEDED = "approval-needed"
    APPROVAL_WAITS = "approval-waits"
    APPROVAL_DECLINED = "approval-declined"


class Approved(StrEnum):
    """Where the approval of an option stands."""

    NOT_NEEDED = "not-needed"
    NEEDED = "needed"
    WAITS = "waits"
    GRANTED = "granted"
    DECLINED = "declined"


class Undecided(StrEnum):
    """Why a proposal may not be decided yet, besides what the letter lacks."""

    VIEW_NOT_HEARD = "view-not-heard"
    NO_REASONS = "no-reasons"


@dataclass(frozen=True, slots=True)
class Given:
    """One remedy of an option, as authority is asked about it; `amount` is in our own currency."""

    kind: RemedyKind
    amount: Decimal | None


@dataclass(frozen=True, slots=True)
class Priced:
    """What one option costs us and is worth to the customer, side by side; None is not known."""

    cost: Decimal | None
    value: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposingFacts:
    """What the decision to propose looks at.

    unheard: how many of those complained about have not been heard. expectation_known: what a good
    outcome would be was asked. options: all that stand beside each other, the chosen one too;
    chosen: whether one is. approved: where the approval of the chosen one stands.
    """

    hard: bool
    found: tuple[Found, ...]
    unheard: int
    expectation_known: bool
    options: tuple[Priced, ...]
    chosen: bool
    approved: Approved


def obstacles_to_proposing(facts: ProposingFacts) -> tuple[Unready, ...]:
    """Return why nothing may be proposed yet, in the order in which one would see to it."""
    stands = {**_about_findings(facts), **_about_options(facts), **_about_approval(facts)}
    return tuple(each for each in Unready if stands[each])


def _about_findings(facts: ProposingFacts) -> dict[Unready, bool]:
    nothing = not facts.found
    return {
        Unready.NOTHING_COMPLAINED_OF: nothing,
        Unready.NOT_FOUND_ON: not nothing and not is_found_on(facts.found),
        Unready.NO_EVIDENCE: any(lacks_evidence(each) for each in facts.found),
        Unready.NOT_HEARD: facts.unheard > 0,
        Unready.EXPECTATION_UNKNOWN: not facts.expectation_known,
    }


def _about_options(facts: ProposingFacts) -> dict[Unready, bool]:
    few = facts.hard and 0 < len(facts.options) < OPTIONS_OF_A_HARD_CASE
    uncosted = any(option.cost is None for option in facts.options)
    return {
        Unready.NO_OPTION: not facts.chosen,
        Unready.TOO_FEW_OPTIONS: few,
        Unready.NOT_COSTED: facts.hard and uncosted,
    }


def _about_approval(facts: ProposingFacts) -> dict[Unready, bool]:
    return {
        Unready.APPROVAL_NEEDED: facts.approved is Approved.NEEDED,
        Unready.APPROVAL_WAITS: facts.approved is Approved.WAITS,
        Unready.APPROVAL_DECLINED: facts.approved is Approved.DECLINED,
    }


def is_within(limits: Mapping[RemedyKind, Limit], gifts: Collection[Given]) -> bool:
    """Return whether all `gifts` together may be given under `limits`.

    Money without a sum is within no limit. Sums of one kind count together: a limit is not passed
    in slices.
    """
    return all(_is_one_within(limits, kind, gifts) for kind in {gift.kind for gift in gifts})


def _is_one_within(
    limits: Mapping[RemedyKind, Limit], kind: RemedyKind, gifts: Collection[Given]
) -> bool:
    amounts = [gift.amount for gift in gifts if gift.kind is kind]
    known = [amount for amount in amounts if amount is not None]
    limited = kind in limits and limits[kind].amount is not None
    if kind in MONEY and limited and len(known) < len(amounts):
        return False
    return beyond(limits, kind, sum(known, Decimal(0)) if known else None) is None


def approval_of(
    *, within: bool, asked_at: datetime | None, granted: bool | None, changed_at: datetime
) -> Approved:
    """Return where the approval of an option stands, which was last changed at `changed_at`.

    asked_at: when approval was last asked for; granted: the answer, None while there is none. What
    was changed since is asked for anew.
    """
    if within:
        return Approved.NOT_NEEDED
    if asked_at is None or asked_at < changed_at:
        return Approved.NEEDED
    if granted is None:
        return Approved.WAITS
    return Approved.GRANTED if granted else Approved.DECLINED


def waits_for_their_yes(bases: Collection[Basis]) -> bool:
    """Return whether a decision is an offer that the customer may turn down.

    What law, contract or our own rules give is owed whatever they say; goodwill is offered.
    """
    return Basis.GOODWILL in bases


def is_done_by_letter(kind: RemedyKind) -> bool:
    """Return whether a remedy is given by the letter itself: an apology, an explanation."""
    return kind in FREE


def usual(amounts: Sequence[Decimal]) -> Decimal | None:
    """Return the middle one of the sums given in like cases; None where there are none."""
    return median(amounts) if amounts else None
