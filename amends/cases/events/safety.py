"""What may be a danger to somebody, and what was done about it."""

from dataclasses import dataclass

from amends.journal.events import CaseEvent


@dataclass(frozen=True, slots=True)
class ThreatRead(CaseEvent):
    """The words of a contact may be a threat to a person; the words stand in its reading."""

    contact_id: int


@dataclass(frozen=True, slots=True)
class SeniorCalled(CaseEvent):
    """A customer insulted or threatened a colleague; a senior speaks with them instead."""

    call_id: int


@dataclass(frozen=True, slots=True)
class ContactEndedByRule(CaseEvent):
    """A contact was ended because of insults or threats; it counts for nobody."""

    call_id: int
