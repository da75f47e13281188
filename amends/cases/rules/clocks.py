"""The clocks of a case that are shown beside each other. Pure."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from amends.cases.rules.due import TO_AGREE, TO_ANSWER, after
from amends.standards.rules.calendar import Calendar


class Clock(StrEnum):
    """Whose time runs."""

    PROMISED = "promised"
    NEEDED = "needed"
    ANSWER = "answer"
    AGREE = "agree"


@dataclass(frozen=True, slots=True)
class Reading:
    """One clock: when its time is up, and when what it waits for happened, if it did."""

    clock: Clock
    due_at: datetime
    met_at: datetime | None = None

    @property
    def in_time(self) -> bool:
        return self.met_at is not None and self.met_at <= self.due_at


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockFacts:
    """What the clocks look at. promised: when open promises are due; agreed_at: the first of all.

    answered_at: when the customer was first answered by name. calendar: when we are open.
    """

    received_at: datetime
    as_history: bool
    promised: tuple[datetime, ...]
    need_by: datetime | None
    done_at: datetime | None
    answered_at: datetime | None
    agreed_at: datetime | None
    calendar: Calendar | None = None


def clocks(facts: ClockFacts) -> tuple[Reading, ...]:
    """Return the clocks of a case: what was promised, what the customer needs, what is our custom.

    No clock of ours runs on a case brought in from elsewhere.
    """
    found = []
    if facts.promised:
        found.append(Reading(Clock.PROMISED, min(facts.promised)))
    if facts.need_by:
        found.append(Reading(Clock.NEEDED, facts.need_by, facts.done_at))
    if not facts.as_history:
        answer_by = after(facts.calendar, facts.received_at, TO_ANSWER)
        agree_by = after(facts.calendar, facts.received_at, TO_AGREE)
        found.append(Reading(Clock.ANSWER, answer_by, facts.answered_at))
        found.append(Reading(Clock.AGREE, agree_by, facts.agreed_at))
    return tuple(found)
