"""What happens to a run over many cases; each case's own journal says what happened to it."""

from dataclasses import dataclass

from amends.journal.events import Event


@dataclass(frozen=True, slots=True)
class BulkBegan(Event):
    run_id: int
    act: str
    cases: int


@dataclass(frozen=True, slots=True)
class BulkUndoBegan(Event):
    run_id: int
