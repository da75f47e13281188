"""The ten steps of a complaint, each filled by evidence and not by a tick. Pure.

Source: requirements S4-05 to S4-14.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from amends.cases.rules.kinds import CaseKind


class Step(StrEnum):
    """What one does with a complaint, in order."""

    AUTHORITY = "authority"
    HELP = "help"
    LISTENED = "listened"
    APOLOGISED = "apologised"
    DETAILS = "details"
    AGREED = "agreed"
    ANSWERED = "answered"
    ACTED = "acted"
    CHECKED = "checked"
    THANKED = "thanked"
    PREVENTED = "prevented"


class Missing(StrEnum):
    """What a step lacks."""

    NOBODY_OWNS_IT = "nobody-owns-it"
    NO_LIMITS = "no-limits"
    NOBODY_TO_ASK = "nobody-to-ask"
    NO_WORDS = "no-words"
    NOT_READ_BACK = "not-read-back"
    NOT_APOLOGISED = "not-apologised"
    NOT_CLARIFIED = "not-clarified"
    NO_CUSTOMER = "no-customer"
    NO_WAY_TO_REACH = "no-way-to-reach"
    NOTHING_PROMISED = "nothing-promised"
    NO_YES_YET = "no-yes-yet"
    NOT_ANSWERED = "not-answered"
    NOTHING_DONE = "nothing-done"
    NOT_ASKED = "not-asked"
    NOT_PUT_RIGHT = "not-put-right"
    NOT_THANKED = "not-thanked"
    NO_CAUSE = "no-cause"
    NO_PREVENTION = "no-prevention"


_WITHOUT_A_PLAN = (Step.AUTHORITY, Step.HELP, Step.LISTENED, Step.DETAILS)
_DONE_FOR = (*_WITHOUT_A_PLAN, Step.AGREED, Step.ACTED, Step.CHECKED, Step.THANKED)
# The steps of each kind from the first day on. An apology and a cause belong to complaints.
FIRST_STEPS: Mapping[CaseKind, tuple[Step, ...]] = {
    CaseKind.COMPLAINT: tuple(step for step in Step if step is not Step.ANSWERED),
    CaseKind.REQUEST: _DONE_FOR,
    CaseKind.INTERNAL: _DONE_FOR,
    CaseKind.ENQUIRY: (*_WITHOUT_A_PLAN, Step.ANSWERED),
    CaseKind.SUGGESTION: (*_WITHOUT_A_PLAN, Step.ANSWERED, Step.THANKED),
    CaseKind.THANKS: (Step.LISTENED, Step.THANKED),
}


class Short(StrEnum):
    """What was done of a step that is filled by less than its name says."""

    AT_ONCE = "at-once"
    ONLY_COUNTED = "only-counted"


# What a step asks for where the organisation wants it; all else is what the step is about.
OPTIONAL_EVIDENCE = frozenset(
    {
        Missing.NO_LIMITS,
        Missing.NOBODY_TO_ASK,
        Missing.NOT_READ_BACK,
        Missing.NOT_CLARIFIED,
        Missing.NO_WAY_TO_REACH,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StepFacts:
    """What the steps look at. A moment is None where the thing has not happened.

    owned_at: since when somebody owns it. knows_limits: whether it is written what they may give.
    helper: whether there is somebody to ask. heard_at: when the customer's own words were taken.
    reachable: whether there is any way to reach the customer. promised_at, agreed_at: the last
    promise, and the customer's yes to it or to what was done at once. asked_at: when they were
    asked whether it is put right; heard_back: whether they answered or were tried for twice.
    yes_at_once: whether their only word on it is the yes to what was done while they were there.
    replied_at: when a colleague last answered. asked, evidence: the steps of its procedure and what
    they ask for; None for those of its kind from the first day on.
    """

    kind: CaseKind
    owned_at: datetime | None
    knows_limits: bool
    helper: bool
    heard_at: datetime | None
    apology_at: datetime | None
    clarified_at: datetime | None
    customer_known: bool
    reachable: bool
    promised_at: datetime | None
    agreed_at: datetime | None
    done_at: datetime | None
    asked_at: datetime | None
    heard_back: bool
    put_right: bool
    thanked_at: datetime | None
    counted_at: datetime | None
    prevention_asked_for: bool
    prevention_decided: bool
    yes_at_once: bool = False
    replied_at: datetime | None = None
    read_back_at: datetime | None = None
    asked: tuple[Step, ...] | None = None
    evidence: frozenset[Missing] | None = None
    passed: frozenset[Step] = frozenset()


@dataclass(frozen=True, slots=True)
class Report:
    """Where one step stands: what it lacks, and when it was last added to.

    short: what its evidence is, where that is enough but less than the step's name says. passed:
    whether somebody passed it over by their own judgement; what was done all the same counts.
    """

    step: Step
    missing: tuple[Missing, ...]
    at: datetime | None = None
    short: Short | None = None
    passed: bool = False

    @property
    def is_done(self) -> bool:
        return not self.missing and not self.passed


def steps(facts: StepFacts) -> tuple[Report, ...]:
    """Return where each step of the procedure stands, in order, and what it lacks of its evidence.

    Steps that the procedure does not have are left out.
    """
    asked = FIRST_STEPS[facts.kind] if facts.asked is None else facts.asked
    every = frozenset(Missing)
    counts = every - {Missing.NOT_READ_BACK} if facts.evidence is None else facts.evidence
    reports = [
        replace(report, missing=tuple(each for each in report.missing if each in counts))
        for report in (*_before(facts), *_after(facts))
        if report.step in asked
    ]
    return tuple(_passed(each) if each.step in facts.passed else each for each in reports)


def _passed(report: Report) -> Report:
    return replace(report, missing=(), passed=True) if report.missing else report


def _before(facts: StepFacts) -> tuple[Report, ...]:
    """Return the steps up to the plan that the customer agrees to."""
    return (
        Report(
            Step.AUTHORITY,
            _those(
                {
                    Missing.NOBODY_OWNS_IT: facts.owned_at is None,
                    Missing.NO_LIMITS: not facts.knows_limits,
                }
            ),
            facts.owned_at,
        ),
        Report(Step.HELP, _those({Missing.NOBODY_TO_ASK: not facts.helper})),
        _listened(facts),
        Report(
            Step.APOLOGISED,
            _those({Missing.NOT_APOLOGISED: facts.apology_at is None}),
            facts.apology_at,
        ),
        Report(
            Step.DETAILS,
            _those(
                {
                    Missing.NOT_CLARIFIED: facts.clarified_at is None,
                    Missing.NO_CUSTOMER: not facts.customer_known,
                    Missing.NO_WAY_TO_REACH: facts.customer_known and not facts.reachable,
                }
            ),
            facts.clarified_at,
        ),
        _agreed(facts),
    )


def _listened(facts: StepFacts) -> Report:
    heard = facts.heard_at is not None
    lacks = {
        Missing.NO_WORDS: not heard,
        Missing.NOT_READ_BACK: heard and facts.read_back_at is None,
    }
    return Report(Step.LISTENED, _those(lacks), facts.heard_at)


def _agreed(facts: StepFacts) -> Report:
    planned_at = facts.promised_at or facts.done_at
    lacks = {
        Missing.NOTHING_PROMISED: planned_at is None,
        Missing.NO_YES_YET: planned_at is not None and facts.agreed_at is None,
    }
    return Report(Step.AGREED, _those(lacks), facts.agreed_at or planned_at)


def _after(facts: StepFacts) -> tuple[Report, ...]:
    """Return the steps from acting on."""
    asked = {
        Missing.NOT_ASKED: not facts.heard_back,
        Missing.NOT_PUT_RIGHT: facts.heard_back and not facts.put_right,
    }
    prevented = {
        Missing.NO_CAUSE: facts.counted_at is None,
        Missing.NO_PREVENTION: facts.counted_at is not None
        and facts.prevention_asked_for
        and not facts.prevention_decided,
    }
    answered_at = facts.replied_at or facts.done_at
    return (
        Report(Step.ANSWERED, _those({Missing.NOT_ANSWERED: answered_at is None}), answered_at),
        Report(Step.ACTED, _those({Missing.NOTHING_DONE: facts.done_at is None}), facts.done_at),
        Report(
            Step.CHECKED,
            _those(asked),
            facts.asked_at,
            Short.AT_ONCE if facts.yes_at_once else None,
        ),
        Report(
            Step.THANKED, _those({Missing.NOT_THANKED: facts.thanked_at is None}), facts.thanked_at
        ),
        Report(
            Step.PREVENTED,
            _those(prevented),
            facts.counted_at,
            None if facts.prevention_decided else Short.ONLY_COUNTED,
        ),
    )


def _those(stand: dict[Missing, bool]) -> tuple[Missing, ...]:
    return tuple(missing for missing, holds in stand.items() if holds)
