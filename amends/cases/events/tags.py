"""What happens to the list of tags, and to the tags of a case."""

from dataclasses import dataclass

from amends.journal.events import CaseEvent, Event


@dataclass(frozen=True, slots=True)
class TagKept(Event):
    tag_id: int


@dataclass(frozen=True, slots=True)
class TagRetired(Event):
    tag_id: int


@dataclass(frozen=True, slots=True)
class TagOfferedAgain(Event):
    tag_id: int


@dataclass(frozen=True, slots=True)
class TagsJoined(Event):
    tag_id: int
    into_id: int


@dataclass(frozen=True, slots=True)
class TagsParted(Event):
    tag_id: int
    from_id: int


@dataclass(frozen=True, slots=True)
class CaseTagged(CaseEvent):
    tag_id: int


@dataclass(frozen=True, slots=True)
class CaseUntagged(CaseEvent):
    tag_id: int
