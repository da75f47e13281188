"""What happens at a moment of truth."""

from dataclasses import dataclass

from amends.journal.events import Event


@dataclass(frozen=True, slots=True)
class ContactRecorded(Event):
    contact_id: int
    channel: str
    direction: str


@dataclass(frozen=True, slots=True)
class MailQueued(Event):
    mail_id: int
    kind: str


@dataclass(frozen=True, slots=True)
class WordsMarked(Event):
    contact_id: int
    facts: int
    feelings: int


@dataclass(frozen=True, slots=True)
class FilesAttached(Event):
    contact_id: int
    files: int
