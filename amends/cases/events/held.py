"""What happens to a reply whose words would hurt."""

from dataclasses import dataclass

from amends.journal.events import CaseEvent


@dataclass(frozen=True, slots=True)
class ReplyHeld(CaseEvent):
    held_id: int


@dataclass(frozen=True, slots=True)
class ReplyReleased(CaseEvent):
    held_id: int


@dataclass(frozen=True, slots=True)
class ReplyReturned(CaseEvent):
    held_id: int
