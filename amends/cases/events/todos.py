"""What happens to what is to be done inside. Its `keeper` does it, whoever owns the case."""

from dataclasses import dataclass

from amends.journal.events import CaseEvent, Event


@dataclass(frozen=True, slots=True)
class ChecklistKept(Event):
    checklist_id: int


@dataclass(frozen=True, slots=True)
class ChecklistRetired(Event):
    """offered: whether it is offered again."""

    checklist_id: int
    offered: bool


@dataclass(frozen=True, slots=True)
class TodoMade(CaseEvent):
    todo_id: int
    keeper_id: int
    due_at: str


@dataclass(frozen=True, slots=True)
class TodoDone(CaseEvent):
    todo_id: int


@dataclass(frozen=True, slots=True)
class TodoUndone(CaseEvent):
    """It was not done after all."""

    todo_id: int


@dataclass(frozen=True, slots=True)
class TodoMoved(CaseEvent):
    """It went to another case when two were joined, or parted again."""

    todo_id: int
    away: bool


@dataclass(frozen=True, slots=True)
class TodoGiven(CaseEvent):
    """Somebody does it, or does it by another moment."""

    todo_id: int
    keeper_id: int
    due_at: str


@dataclass(frozen=True, slots=True)
class TodoLeft(CaseEvent):
    """It was left undone, for a reason."""

    todo_id: int
