"""The first five minutes: what a newcomer tries once, ticked by what it leaves behind. Pure."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum


class FirstStep(StrEnum):
    """One thing to try, in the order of a complaint."""

    TAKE_A_CALL = "take-a-call"
    MAKE_A_PROMISE = "make-a-promise"
    SEE_THE_CUSTOMER = "see-the-customer"
    CONNECT_MAIL = "connect-mail"


DISMISSED = "dismissed"
CAN_WAIT = frozenset({FirstStep.CONNECT_MAIL})


@dataclass(frozen=True, slots=True)
class Tried:
    """One step, and whether there is evidence that it was tried."""

    step: FirstStep
    done: bool

    @property
    def can_wait(self) -> bool:
        return self.step in CAN_WAIT


def tried(evidence: Collection[FirstStep]) -> tuple[Tried, ...]:
    """Return every step in order, each with whether `evidence` shows it."""
    return tuple(Tried(step, step in evidence) for step in FirstStep)


def is_needed(evidence: Collection[FirstStep], seen: Collection[str]) -> bool:
    """Return whether the first five minutes are still offered."""
    return DISMISSED not in seen and not set(FirstStep) - CAN_WAIT <= set(evidence)
