"""What is decided on whether a matter is looked at; the reasons stand with the case."""

from dataclasses import dataclass

from amends.journal.events import CaseEvent


@dataclass(frozen=True, slots=True)
class AdmittedInSpite(CaseEvent):
    """It is looked at, although something speaks against that."""

    ruling_id: int
    ground: str


@dataclass(frozen=True, slots=True)
class RulingTakenBack(CaseEvent):
    """It was not so after all."""

    ruling_id: int
    ground: str
