"""What may be a danger to somebody, and what was done about it."""

from dataclasses import dataclass

from amends.journal.events import CaseEvent


@dataclass(frozen=True, slots=True)
class ThreatRead(CaseEvent):
    """The words of a contact may be a threat to a person; the words stand in its reading."""

    contact_id: int
