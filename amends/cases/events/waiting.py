"""That somebody who was there had to wait for somebody else."""

from dataclasses import dataclass

from amends.journal.events import CaseEvent


@dataclass(frozen=True, slots=True)
class ContactPutAside(CaseEvent):
    """Whoever was in a contact was put aside then; for whom, once that was taken down, too."""

    contact_id: int
    since: str
    for_contact_id: int | None
