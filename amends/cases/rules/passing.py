"""Which steps may be passed over by one's own judgement, and by whom. Pure.

Source: requirements S1-12, 1.6 T3: deviation is allowed within one's authority, always with a
reason, and looked at in aggregate.
"""

from collections.abc import Mapping

from amends.cases.rules.closing import Obstacle
from amends.cases.rules.kinds import CaseKind
from amends.cases.rules.procedure import guards_that_must_be
from amends.cases.rules.steps import Step

# Their own words first: without them there is nothing to handle.
_NEVER = frozenset({Step.LISTENED})
_GUARDED: Mapping[Step, frozenset[Obstacle]] = {
    Step.ANSWERED: frozenset({Obstacle.NOT_ANSWERED}),
    Step.ACTED: frozenset({Obstacle.NOTHING_DONE}),
    Step.CHECKED: frozenset({Obstacle.NOT_ASKED}),
    Step.THANKED: frozenset({Obstacle.NOT_THANKED}),
    Step.PREVENTED: frozenset({Obstacle.CAUSE_NOT_COUNTED, Obstacle.PREVENTION_NOT_DECIDED}),
}


def may_pass_over(step: Step, kind: CaseKind) -> bool:
    """Return whether `step` may be passed over in a case of `kind`: not what closing must ask."""
    must_be = guards_that_must_be(kind)
    return step not in _NEVER and not (_GUARDED.get(step, frozenset()) & must_be)


def guards_without(guards: frozenset[Obstacle], passed: frozenset[Step]) -> frozenset[Obstacle]:
    """Return what closing asks for where these steps were passed over."""
    left_out = frozenset().union(*(_GUARDED.get(step, frozenset()) for step in passed))
    return guards - left_out
