"""What happens to a reply that a colleague may read while it is written."""

from dataclasses import dataclass

from amends.journal.events import CaseEvent


@dataclass(frozen=True, slots=True)
class ReplyShared(CaseEvent):
    shared_id: int
    to_id: int


@dataclass(frozen=True, slots=True)
class ReplySharingEnded(CaseEvent):
    """Its author took it back, or the reply left."""

    shared_id: int


@dataclass(frozen=True, slots=True)
class SharedReplyTakenOver(CaseEvent):
    """Whoever it was shared with goes on writing it in their own composer."""

    shared_id: int
    author_id: int
