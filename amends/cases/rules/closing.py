"""What must be true of a case before it may be closed. Pure. Source: case-model 2.3, 2.6."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from amends.cases.rules.kinds import CaseKind, Severity, Track, Verdict
from amends.cases.rules.lifecycle import State

HONEST_ATTEMPTS = 2
TIMES_THAT_ASK_FOR_PREVENTION = 3


class Obstacle(StrEnum):
    """Why a case may not be closed yet, in the order in which one would see to it."""

    CUSTOMER_UNKNOWN = "customer-unknown"
    WISH_NOT_ASKED = "wish-not-asked"
    NOBODY_OWNS_IT = "nobody-owns-it"
    FIELDS_MISSING = "fields-missing"
    REVIEW_RUNS = "review-runs"
    OUTSIDE_RUNS = "outside-runs"
    NOT_COMPLIED = "not-complied"
    LETTER_OWED = "letter-owed"
    SUMMARY_OWED = "summary-owed"
    PARTS_OPEN = "parts-open"
    ANOTHER_FIRST = "another-first"
    HANDOVER_WAITS = "handover-waits"
    BROKEN_WITHOUT_APOLOGY = "broken-without-apology"
    PROMISES_OWED = "promises-owed"
    NOTHING_DONE = "nothing-done"
    NOT_ANSWERED = "not-answered"
    HOLD_IN_FORCE = "hold-in-force"
    TODOS_OPEN = "todos-open"
    ISSUES_NOT_FOUND_ON = "issues-not-found-on"
    NOT_ASKED = "not-asked"
    NOT_PUT_RIGHT = "not-put-right"
    NOT_THANKED = "not-thanked"
    CAUSE_NOT_COUNTED = "cause-not-counted"
    PREVENTION_NOT_DECIDED = "prevention-not-decided"


ASKED_OF_ALL = frozenset(
    {
        Obstacle.NOBODY_OWNS_IT,
        Obstacle.FIELDS_MISSING,
        Obstacle.REVIEW_RUNS,
        Obstacle.OUTSIDE_RUNS,
        Obstacle.NOT_COMPLIED,
        Obstacle.LETTER_OWED,
        Obstacle.SUMMARY_OWED,
        Obstacle.PARTS_OPEN,
        Obstacle.ANOTHER_FIRST,
        Obstacle.HANDOVER_WAITS,
        Obstacle.BROKEN_WITHOUT_APOLOGY,
        Obstacle.PROMISES_OWED,
        Obstacle.HOLD_IN_FORCE,
        Obstacle.TODOS_OPEN,
        Obstacle.ISSUES_NOT_FOUND_ON,
        Obstacle.NOT_PUT_RIGHT,
    }
)
_ASKED_AFTER = ASKED_OF_ALL | {Obstacle.CUSTOMER_UNKNOWN, Obstacle.NOTHING_DONE, Obstacle.NOT_ASKED}
_ANSWERED = ASKED_OF_ALL | {Obstacle.NOT_ANSWERED}
_THANKED = frozenset({Obstacle.NOT_THANKED})
# What closing asks of each kind from the first day on. A customer is asked whether it is put right;
# an enquiry is answered, thanks are returned.
FIRST_GUARDS: Mapping[CaseKind, frozenset[Obstacle]] = {
    CaseKind.COMPLAINT: _ASKED_AFTER
    | _THANKED
    | {Obstacle.WISH_NOT_ASKED, Obstacle.CAUSE_NOT_COUNTED, Obstacle.PREVENTION_NOT_DECIDED},
    CaseKind.REQUEST: _ASKED_AFTER,
    CaseKind.INTERNAL: _ASKED_AFTER | _THANKED,
    CaseKind.ENQUIRY: _ANSWERED,
    CaseKind.SUGGESTION: _ANSWERED | _THANKED,
    CaseKind.THANKS: ASKED_OF_ALL | _THANKED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingFacts:
    """All that the decision to close looks at.

    tried_to_find: what was tried is written down, because the customer cannot be found or reached.
    wish_known: the customer said what would put it right, or declined to say.
    replied: a colleague wrote or spoke to the customer since the case began.
    verdict: the customer's last word on whether it is put right, None if there was none.
    attempts: how often we honestly tried to hear it since something was last done.
    same_cause: how many cases, this one included, had this cause lately.
    owes_outside: what an outside body decided is not done yet; owes_letter: the customer was not
    told yet what we do as it decided. owes_summary: the short way of a law is open, they said yes,
    and nobody has summed it up. open_parts: how many cases that
    belong to this one are open; comes_after: how many open ones this one must not end before.
    fields_missing: how many of our own fields must be filled in first. todos: how much is still to
    be done inside; it may be left undone, for a reason.
    guards: what its procedure asks; None for what is asked of its kind from the first day on.
    """

    kind: CaseKind
    state: State
    track: Track
    severity: int | None
    owned: bool
    customer_known: bool
    tried_to_find: bool
    wish_known: bool
    replied: bool
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
    owes_outside: bool = False
    owes_letter: bool = False
    owes_summary: bool = False
    open_parts: int = 0
    comes_after: int = 0
    fields_missing: int = 0
    todos: int = 0
    guards: frozenset[Obstacle] | None = None


def is_deep(facts: ClosingFacts) -> bool:
    """Return whether findings and prevention are asked for: full track, severity 3 or more."""
    return facts.track is Track.FULL or (facts.severity or 0) >= Severity.SERIOUS


def obstacles_to_closing(facts: ClosingFacts) -> tuple[Obstacle, ...]:
    """Return why the case may not be closed, in the order in which one would do it."""
    stands = {
        **_about_us(facts),
        **_about_others(facts),
        **_about_the_customer(facts),
        **_about_the_cause(facts),
    }
    asked = FIRST_GUARDS[facts.kind] if facts.guards is None else facts.guards
    return tuple(obstacle for obstacle in Obstacle if obstacle in asked and stands[obstacle])


def _about_us(facts: ClosingFacts) -> dict[Obstacle, bool]:
    done = facts.something_done
    return {
        Obstacle.NOBODY_OWNS_IT: not facts.owned,
        Obstacle.FIELDS_MISSING: facts.fields_missing > 0,
        Obstacle.HANDOVER_WAITS: facts.handover_waits,
        Obstacle.PROMISES_OWED: facts.promises_owed > 0,
        Obstacle.BROKEN_WITHOUT_APOLOGY: facts.broken_without_apology > 0,
        Obstacle.NOTHING_DONE: not done,
        Obstacle.NOT_ANSWERED: not done and not facts.replied,
        Obstacle.HOLD_IN_FORCE: facts.holds > 0,
        Obstacle.TODOS_OPEN: facts.todos > 0,
    }


def _about_others(facts: ClosingFacts) -> dict[Obstacle, bool]:
    return {
        Obstacle.REVIEW_RUNS: facts.state is State.INTERNAL_REVIEW,
        Obstacle.OUTSIDE_RUNS: facts.state is State.EXTERNAL,
        Obstacle.NOT_COMPLIED: facts.owes_outside,
        Obstacle.LETTER_OWED: facts.owes_letter,
        Obstacle.SUMMARY_OWED: facts.owes_summary,
        Obstacle.PARTS_OPEN: facts.open_parts > 0,
        Obstacle.ANOTHER_FIRST: facts.comes_after > 0,
    }


def _about_the_customer(facts: ClosingFacts) -> dict[Obstacle, bool]:
    heard = facts.verdict is not None or facts.attempts >= HONEST_ATTEMPTS or facts.tried_to_find
    return {
        Obstacle.CUSTOMER_UNKNOWN: not (facts.customer_known or facts.tried_to_find),
        Obstacle.WISH_NOT_ASKED: not facts.wish_known,
        Obstacle.NOT_ASKED: not heard,
        Obstacle.NOT_PUT_RIGHT: facts.verdict is Verdict.NO,
        Obstacle.NOT_THANKED: not facts.thanked,
    }


def _about_the_cause(facts: ClosingFacts) -> dict[Obstacle, bool]:
    undecided = asks_for_prevention(facts) and not facts.prevention_decided
    return {
        Obstacle.ISSUES_NOT_FOUND_ON: is_deep(facts) and facts.issues_without_finding > 0,
        Obstacle.CAUSE_NOT_COUNTED: not facts.cause_counted,
        Obstacle.PREVENTION_NOT_DECIDED: facts.cause_counted and undecided,
    }


def asks_for_prevention(facts: ClosingFacts) -> bool:
    """Return whether prevention must be decided: a deep case, or a cause come a third time."""
    return is_deep(facts) or facts.same_cause >= TIMES_THAT_ASK_FOR_PREVENTION
