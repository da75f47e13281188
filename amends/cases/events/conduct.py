"""What happens to the steps of a case, and to the review of how it was handled."""

from dataclasses import dataclass

from amends.journal.events import CaseEvent


@dataclass(frozen=True, slots=True)
class StepPassedOver(CaseEvent):
    """The reason stands in its row."""

    step: str


@dataclass(frozen=True, slots=True)
class StepTakenUp(CaseEvent):
    """A step that was passed over is asked for again."""

    step: str


@dataclass(frozen=True, slots=True)
class ContactReviewed(CaseEvent):
    contact_id: int
