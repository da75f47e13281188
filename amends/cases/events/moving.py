"""What happens to cases when a contact goes from one to another."""

from dataclasses import dataclass

from amends.journal.events import CaseEvent


@dataclass(frozen=True, slots=True)
class ContactMoved(CaseEvent):
    """A contact went to the other case, or came from there. `state`: as the case stands then."""

    contact_id: int
    other_id: int
    away: bool
    state: str


@dataclass(frozen=True, slots=True)
class ContactMovedBack(CaseEvent):
    """It was put back within minutes: it went from this case again, or is on it again."""

    contact_id: int
    other_id: int
    away: bool
    state: str
