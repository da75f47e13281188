"""What was asked of an outside model."""

from dataclasses import dataclass

from amends.journal.events import CaseEvent


@dataclass(frozen=True, slots=True)
class OutsideModelAsked(CaseEvent):
    """Somebody sent masked text of a case to an outside model; the row says which text."""

    asked_id: int
    use: str
    model: str
