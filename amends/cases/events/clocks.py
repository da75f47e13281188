"""What happens to the clocks of a case. Instants are ISO 8601."""

from dataclasses import dataclass

from amends.journal.events import CaseEvent


@dataclass(frozen=True, slots=True)
class ClockRanOut(CaseEvent):
    """A clock was over, and what it waited for was not done; written once for each."""

    clock_id: int
    whose: str
    what: str
    due_at: str


@dataclass(frozen=True, slots=True)
class ClockWarned(CaseEvent):
    """Somebody was warned a while before a clock is over; `told_id` is who, `how` by which way."""

    clock_id: int
    warning_id: int
    due_at: str
    told_id: int
    how: str


@dataclass(frozen=True, slots=True)
class TermExtended(CaseEvent):
    """A term of the law was extended, and the customer was told why and until when."""

    extension_id: int
    until: str


@dataclass(frozen=True, slots=True)
class LawOfCaseSaid(CaseEvent):
    """Whose law is for the case; empty as for the house and its customer."""

    jurisdiction: str
    sector: str
    party_kind: str


@dataclass(frozen=True, slots=True)
class ClockProfileAdopted(CaseEvent):
    """A clock of the law runs by a newer version of its profile; later only for a named reason."""

    clock_id: int
    profile_id: int
    was_due_at: str
    due_at: str


@dataclass(frozen=True, slots=True)
class SummarySent(CaseEvent):
    """The customer was told in short what was agreed, as the short way of a law asks; and how."""

    how: str
