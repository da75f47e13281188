"""What happens to procedures, and to the procedure of a case."""

from dataclasses import dataclass

from amends.journal.events import CaseEvent, Event


@dataclass(frozen=True, slots=True)
class ProcedureWritten(Event):
    procedure_id: int
    kind: str
    version: int


@dataclass(frozen=True, slots=True)
class ProcedureAdopted(CaseEvent):
    version: int
