"""What happens to the fields of an organisation, and to what is filled in. Never what it says."""

from dataclasses import dataclass

from amends.journal.events import CaseEvent, Event, PersonEvent


@dataclass(frozen=True, slots=True)
class FieldDefined(Event):
    field_id: int
    kinds: tuple[str, ...]
    required_at: str


@dataclass(frozen=True, slots=True)
class FieldRetired(Event):
    field_id: int


@dataclass(frozen=True, slots=True)
class FieldBroughtBack(Event):
    field_id: int


@dataclass(frozen=True, slots=True)
class ChoiceKept(Event):
    field_id: int
    choice_id: int


@dataclass(frozen=True, slots=True)
class ChoiceRetired(Event):
    field_id: int
    choice_id: int


@dataclass(frozen=True, slots=True)
class FieldsFilledIn(CaseEvent):
    field_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PersonalFieldsForgotten(PersonEvent):
    values: int
