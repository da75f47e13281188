"""What happens to a reply that is to leave later."""

from dataclasses import dataclass

from amends.journal.events import CaseEvent


@dataclass(frozen=True, slots=True)
class ReplyPlanned(CaseEvent):
    planned_id: int
    leaves_at: str


@dataclass(frozen=True, slots=True)
class PlannedReplyMoved(CaseEvent):
    planned_id: int
    leaves_at: str


@dataclass(frozen=True, slots=True)
class PlannedReplyDropped(CaseEvent):
    planned_id: int


@dataclass(frozen=True, slots=True)
class PlannedReplyStopped(CaseEvent):
    """Its time came, and something stood in its way; it waits for its author."""

    planned_id: int
