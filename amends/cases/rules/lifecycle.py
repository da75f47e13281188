"""Which states a case can be in, and which may follow which. Pure.

Source: case-model 2.3 as amended by 2.6. What must hold before a step is asked by the guards in
the modules beside this one; here is only the order.
"""

from collections.abc import Mapping
from enum import StrEnum


class State(StrEnum):
    """Where a case stands."""

    RECEIVED = "received"
    ACKNOWLEDGED = "acknowledged"
    ASSESSED = "assessed"
    EARLY_RESOLUTION = "early-resolution"
    INVESTIGATING = "investigating"
    WAITING_CUSTOMER = "waiting-customer"
    WAITING_INSIDE = "waiting-inside"
    WAITING_THIRD_PARTY = "waiting-third-party"
    PROPOSED = "proposed"
    DECIDED = "decided"
    INTERNAL_REVIEW = "internal-review"
    FULFILLING = "fulfilling"
    FOLLOW_UP = "follow-up"
    CLOSED = "closed"
    FORWARDED = "forwarded"
    EXTERNAL = "external"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"
    OUT_OF_SCOPE = "out-of-scope"


ENDED = frozenset(
    {State.CLOSED, State.FORWARDED, State.MERGED, State.WITHDRAWN, State.OUT_OF_SCOPE}
)
OPEN = frozenset(State) - ENDED

LIGHT_TRACK = (
    State.RECEIVED,
    State.ACKNOWLEDGED,
    State.ASSESSED,
    State.EARLY_RESOLUTION,
    State.FULFILLING,
    State.FOLLOW_UP,
)

AWAITING = frozenset({State.WAITING_CUSTOMER, State.WAITING_INSIDE, State.WAITING_THIRD_PARTY})
# In these something is awaited by a moment of its own: somebody's answer, a reviewer's, a body's.
WITH_UNTIL = AWAITING | {State.INTERNAL_REVIEW, State.EXTERNAL}
LOOKING = AWAITING | {State.INVESTIGATING, State.PROPOSED}
# An outside body opens when it likes, and not when we are ready for it.
_ALWAYS = frozenset({State.WITHDRAWN, State.MERGED, State.EXTERNAL})
_ELSEWHERE = frozenset({State.FORWARDED, State.OUT_OF_SCOPE})

MAY_FOLLOW: Mapping[State, frozenset[State]] = {
    State.RECEIVED: _ALWAYS | {State.ACKNOWLEDGED, State.OUT_OF_SCOPE},
    State.ACKNOWLEDGED: _ALWAYS | {State.ASSESSED, State.OUT_OF_SCOPE},
    State.ASSESSED: _ALWAYS | _ELSEWHERE | {State.EARLY_RESOLUTION, State.INVESTIGATING},
    State.EARLY_RESOLUTION: _ALWAYS | {State.FULFILLING, State.CLOSED, State.INVESTIGATING},
    State.INVESTIGATING: _ALWAYS | AWAITING | _ELSEWHERE | {State.PROPOSED, State.EARLY_RESOLUTION},
    State.WAITING_CUSTOMER: _ALWAYS | {State.INVESTIGATING},
    State.WAITING_INSIDE: _ALWAYS | {State.INVESTIGATING},
    State.WAITING_THIRD_PARTY: _ALWAYS | {State.INVESTIGATING},
    State.PROPOSED: _ALWAYS | {State.DECIDED, State.INVESTIGATING},
    State.DECIDED: _ALWAYS | {State.FULFILLING, State.INTERNAL_REVIEW},
    # That a matter was not ours to decide is looked at again, and may stand.
    State.INTERNAL_REVIEW: _ALWAYS | {State.DECIDED, State.OUT_OF_SCOPE},
    State.FULFILLING: _ALWAYS | {State.FOLLOW_UP, State.INVESTIGATING, State.INTERNAL_REVIEW},
    State.FOLLOW_UP: _ALWAYS
    | {State.CLOSED, State.INVESTIGATING, State.FULFILLING, State.INTERNAL_REVIEW},
    State.CLOSED: frozenset({State.INVESTIGATING, State.EXTERNAL, State.INTERNAL_REVIEW}),
    State.EXTERNAL: frozenset({State.DECIDED, State.CLOSED}),
    State.FORWARDED: frozenset({State.INVESTIGATING}),
    State.MERGED: frozenset(),
    State.WITHDRAWN: frozenset({State.INVESTIGATING}),
    State.OUT_OF_SCOPE: frozenset({State.INVESTIGATING, State.INTERNAL_REVIEW}),
}


def may_follow(now: State, then: State) -> bool:
    """Return whether a case in `now` may go to `then` at all."""
    return then in MAY_FOLLOW[now]


def steps_to(now: State, then: State) -> tuple[State, ...]:
    """Return the states of the light track that lead from `now` to `then`; empty if none do.

    Work that began again, or waited, joins it where the customer agrees to what is done.
    """
    if then not in LIGHT_TRACK:
        return ()
    end = LIGHT_TRACK.index(then) + 1
    if now in LIGHT_TRACK:
        return LIGHT_TRACK[LIGHT_TRACK.index(now) + 1 : end]
    agreed = LIGHT_TRACK[LIGHT_TRACK.index(State.EARLY_RESOLUTION) : end]
    began_again = (State.INVESTIGATING, *agreed) if agreed and now in AWAITING else agreed
    return began_again if now in AWAITING | {State.INVESTIGATING} else ()


def is_open(state: State) -> bool:
    """Return whether somebody still has something to do on a case in `state`."""
    return state in OPEN
