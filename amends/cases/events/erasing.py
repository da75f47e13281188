"""What is erased of cases and people, once it need not be kept."""

from dataclasses import dataclass

from amends.journal.events import CaseEvent, Event


@dataclass(frozen=True, slots=True)
class RecordErased(CaseEvent):
    """All words of a case were erased: of so many contacts, so many files, so many people."""

    contacts: int
    files: int
    people: int


@dataclass(frozen=True, slots=True)
class FileForgotten(Event):
    """The bytes of an erased file are off the disk."""

    file_id: int
