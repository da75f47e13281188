"""What must be true of a case before it may be closed. Pure. Source: case-model 2.3, 2.6."""

from dataclasses import dataclass
from enum import StrEnum

from amends.cases.rules.kinds import CaseKind, Severity, Track, Verdict

HONEST_ATTEMPTS = 2
TIMES_THAT_ASK_FOR_PREVENTION = 3


class Obstacle(StrEnum):
    """Why a case may not be closed yet."""

    NOBODY_OWNS_IT = "nobody-owns-it"
    PROMISES_OWED = "promises-owed"
    BROKEN_WITHOUT_APOLOGY = "broken-without-apology"
    NOTHING_DONE = "nothing-done"
    NOT_ASKED = "not-asked"
    NOT_PUT_RIGHT = "not-put-right"
    NOT_THANKED = "not-thanked"
    CAUSE_NOT_COUNTED = "cause-not-counted"
    PREVENTION_NOT_DECIDED = "prevention-not-decided"
    ISSUES_NOT_FOUND_ON = "issues-not-found-on"
    HOLD_IN_FORCE = "hold-in-force"
    HANDOVER_WAITS = "handover-waits"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingFacts:
    """All that the decision to close looks at.

    verdict: the customer's last word on whether it is put right, None if there was none.
    attempts: how often we honestly tried to hear it since something was last done.
    same_cause: how many cases, this one included, had this cause lately.
    """

    kind: CaseKind
    track: Track
    severity: int | None
    owned: bool
    promises_owed: int
    broken_without_apology: int
    something_done: bool
    verdict: Verdict | None
    attempts: int
    thanked: bool
    cause_counted: bool
    prevention_decided: bool
    same_cause: int
    issues_without_finding: int
    holds: int
    handover_waits: bool


def is_deep(facts: ClosingFacts) -> bool:
    """Return whether findings and prevention are asked for: full track, severity 3 or more."""
    return facts.track is Track.FULL or (facts.severity or 0) >= Severity.SERIOUS


def obstacles_to_closing(facts: ClosingFacts) -> tuple[Obstacle, ...]:
    """Return why the case may not be closed, in the order in which one would do it."""
    complaint = facts.kind is CaseKind.COMPLAINT
    stands = {
        Obstacle.NOBODY_OWNS_IT: not facts.owned,
        Obstacle.HANDOVER_WAITS: facts.handover_waits,
        Obstacle.PROMISES_OWED: facts.promises_owed > 0,
        Obstacle.BROKEN_WITHOUT_APOLOGY: facts.broken_without_apology > 0,
        Obstacle.NOTHING_DONE: not facts.something_done,
        Obstacle.HOLD_IN_FORCE: facts.holds > 0,
        Obstacle.ISSUES_NOT_FOUND_ON: is_deep(facts) and facts.issues_without_finding > 0,
        Obstacle.NOT_ASKED: facts.verdict is None and facts.attempts < HONEST_ATTEMPTS,
        Obstacle.NOT_PUT_RIGHT: facts.verdict is Verdict.NO,
        Obstacle.NOT_THANKED: not facts.thanked,
        Obstacle.CAUSE_NOT_COUNTED: complaint and not facts.cause_counted,
        Obstacle.PREVENTION_NOT_DECIDED: complaint
        and facts.cause_counted
        and asks_for_prevention(facts)
        and not facts.prevention_decided,
    }
    return tuple(obstacle for obstacle, holds in stands.items() if holds)


def asks_for_prevention(facts: ClosingFacts) -> bool:
    """Return whether prevention must be decided: a deep case, or a cause come a third time."""
    return is_deep(facts) or facts.same_cause >= TIMES_THAT_ASK_FOR_PREVENTION
