"""How a kind of case is handled: which steps, which evidence, and what closing asks. Pure.

What the law of the product asks holds for every procedure and is not stored with it: nobody can
leave it out. Stored is what a manager chose besides. Source: product.md, laws 3 to 6; S1-12.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from amends.cases.rules.closing import ASKED_OF_ALL, FIRST_GUARDS, Obstacle
from amends.cases.rules.kinds import CaseKind
from amends.cases.rules.steps import FIRST_STEPS, OPTIONAL_EVIDENCE, Missing, Step

LEAST_DAYS, MOST_DAYS = 7, 365

_DONE_AND_ASKED = frozenset({Obstacle.NOTHING_DONE, Obstacle.NOT_ASKED})
_ANSWERED = frozenset({Obstacle.NOT_ANSWERED})
_OF_KIND: Mapping[CaseKind, frozenset[Obstacle]] = {
    CaseKind.COMPLAINT: FIRST_GUARDS[CaseKind.COMPLAINT],
    CaseKind.REQUEST: _DONE_AND_ASKED,
    CaseKind.INTERNAL: _DONE_AND_ASKED,
    CaseKind.ENQUIRY: _ANSWERED,
    CaseKind.SUGGESTION: _ANSWERED,
    CaseKind.THANKS: frozenset({Obstacle.NOT_THANKED}),
}
# Who thanks us is not asked whether it is put right, nor what caused it.
_NOT_OF_THANKS = frozenset(
    {
        Obstacle.WISH_NOT_ASKED,
        Obstacle.NOTHING_DONE,
        Obstacle.NOT_ASKED,
        Obstacle.CAUSE_NOT_COUNTED,
        Obstacle.PREVENTION_NOT_DECIDED,
    }
)
_STEPS_OF_ALL = frozenset({Step.LISTENED})
_STEPS_OF_KIND: Mapping[CaseKind, frozenset[Step]] = {
    CaseKind.COMPLAINT: frozenset(FIRST_STEPS[CaseKind.COMPLAINT]),
    CaseKind.REQUEST: frozenset({Step.ACTED, Step.CHECKED}),
    CaseKind.INTERNAL: frozenset({Step.ACTED, Step.CHECKED}),
    CaseKind.ENQUIRY: frozenset({Step.ANSWERED}),
    CaseKind.SUGGESTION: frozenset({Step.ANSWERED}),
    CaseKind.THANKS: frozenset({Step.THANKED}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What a manager chose for a kind, besides what must be. evidence: what steps ask for, too.

    check_again_days: how long after closing the customer is asked once more; None for never.
    """

    steps: frozenset[Step]
    evidence: frozenset[Missing]
    guards: frozenset[Obstacle]
    check_again_days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """How cases of one kind are handled: what was chosen, and what must be."""

    steps: tuple[Step, ...]
    evidence: frozenset[Missing]
    guards: frozenset[Obstacle]
    check_again_days: int | None


def guards_that_must_be(kind: CaseKind) -> frozenset[Obstacle]:
    """Return what closing a case of `kind` asks for whatever a manager chooses."""
    return ASKED_OF_ALL | _OF_KIND[kind]


def steps_that_must_be(kind: CaseKind) -> frozenset[Step]:
    """Return the steps of `kind` that nobody can leave out."""
    return _STEPS_OF_ALL | _STEPS_OF_KIND[kind]


def guards_to_choose(kind: CaseKind) -> tuple[Obstacle, ...]:
    """Return what closing a case of `kind` may ask for besides, in order."""
    left_out = guards_that_must_be(kind) | (
        _NOT_OF_THANKS if kind is CaseKind.THANKS else frozenset()
    )
    return tuple(each for each in Obstacle if each not in left_out)


def steps_to_choose(kind: CaseKind) -> tuple[Step, ...]:
    """Return the steps that a case of `kind` may have besides, in order."""
    return tuple(each for each in Step if each not in steps_that_must_be(kind))


def first_choice(kind: CaseKind) -> Choice:
    """Return what is chosen for `kind` from the first day on, until a manager decides otherwise."""
    return Choice(
        steps=frozenset(FIRST_STEPS[kind]) - steps_that_must_be(kind),
        evidence=OPTIONAL_EVIDENCE - {Missing.NOT_READ_BACK},
        guards=FIRST_GUARDS[kind] - guards_that_must_be(kind),
    )


def is_offered(kind: CaseKind, choice: Choice) -> bool:
    """Return whether all that was chosen can be chosen for `kind`."""
    days = choice.check_again_days
    return (
        choice.guards <= set(guards_to_choose(kind))
        and choice.steps <= set(steps_to_choose(kind))
        and choice.evidence <= OPTIONAL_EVIDENCE
        and (days is None or LEAST_DAYS <= days <= MOST_DAYS)
    )


def procedure(kind: CaseKind, choice: Choice | None = None) -> Procedure:
    """Return how a case of `kind` is handled by `choice`; by the first one if there is none."""
    chosen = choice or first_choice(kind)
    steps = chosen.steps | steps_that_must_be(kind)
    return Procedure(
        steps=tuple(each for each in Step if each in steps),
        evidence=chosen.evidence | (frozenset(Missing) - OPTIONAL_EVIDENCE),
        guards=chosen.guards | guards_that_must_be(kind),
        check_again_days=chosen.check_again_days,
    )


def read_choice(
    steps: Iterable[str], evidence: Iterable[str], guards: Iterable[str], days: int | None
) -> Choice:
    """Return what was chosen as it was written down; what is not known any more is left out."""
    return Choice(
        steps=frozenset(each for each in Step if each in set(steps)),
        evidence=frozenset(each for each in Missing if each in set(evidence)),
        guards=frozenset(each for each in Obstacle if each in set(guards)),
        check_again_days=days,
    )
