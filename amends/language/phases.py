"""The curve of anger: in which phase a conversation is, and what that allows.

Source: science 3.7 (requirements S3-60). Anger is 0 to 4 at each turn. The curve goes forward one
phase at a turn; a provocation, or anger that rises again, sends it back to the outburst. It
advises and locks nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum


class Phase(StrEnum):
    """The six phases, in the order of the curve."""

    RATIONAL = "rational"
    OUTBURST = "outburst"
    SLOWING = "slowing"
    COPING = "coping"
    COOLING = "cooling"
    SOLVING = "solving"


_CALM, _ANGRY = 1.0, 2.0
_TURNS_TO_SLOW = 2
_ORDER = tuple(Phase)


@dataclass(frozen=True, slots=True)
class Turn:
    """What a turn shows: how angry the customer is, and whether a "never say" was said to them."""

    anger: float
    provoked: bool = False


@dataclass(frozen=True, slots=True)
class Curve:
    """Where a conversation stands: the phase, the last anger, how long it has not risen."""

    phase: Phase = Phase.RATIONAL
    anger: float = 0.0
    turns_not_rising: int = 0


def after(curve: Curve, turn: Turn) -> Curve:
    """Return where the conversation stands after `turn`."""
    rising = turn.anger > curve.anger
    still = 0 if rising or turn.provoked else curve.turns_not_rising + 1
    moved = replace(curve, anger=turn.anger, turns_not_rising=still)
    if turn.provoked or (rising and turn.anger >= _ANGRY):
        return replace(moved, phase=Phase.OUTBURST, turns_not_rising=0)
    if curve.phase is Phase.RATIONAL:
        return moved
    return replace(moved, phase=_forward(moved))


def _forward(curve: Curve) -> Phase:
    """Return the next phase if the anger allows it, else the same."""
    allowed = {
        Phase.OUTBURST: curve.turns_not_rising >= _TURNS_TO_SLOW or curve.anger < _ANGRY,
        Phase.SLOWING: curve.anger < _ANGRY,
        Phase.COPING: curve.anger < _CALM,
        Phase.COOLING: curve.anger < _CALM,
        Phase.SOLVING: False,
    }
    step = 1 if allowed[curve.phase] else 0
    return _ORDER[_ORDER.index(curve.phase) + step]


def phases(turns: Iterable[Turn]) -> list[Phase]:
    """Return the phase after each of `turns`."""
    curve, seen = Curve(), []
    for turn in turns:
        curve = after(curve, turn)
        seen.append(curve.phase)
    return seen


def may_speak_of_solutions(phase: Phase) -> bool:
    """Tell whether the customer can hear of solutions: from coping on, and when never angry."""
    return phase not in {Phase.OUTBURST, Phase.SLOWING}


def anger_left(anger: float, passed: timedelta, half_life: timedelta) -> float:
    """Return how much of `anger` is left when `passed` has gone by: half of it a half-life."""
    return float(anger * 2 ** -(passed / half_life))
