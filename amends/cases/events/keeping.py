"""What happens to the records of ended cases."""

from dataclasses import dataclass

from amends.journal.events import CaseEvent, Event


@dataclass(frozen=True, slots=True)
class RecordPastKeeping(CaseEvent):
    """The record of an ended case need not be kept any longer; written once."""


@dataclass(frozen=True, slots=True)
class RecordFrozen(CaseEvent):
    """The record must be kept whatever the date; why stands in its row."""


@dataclass(frozen=True, slots=True)
class RecordThawed(CaseEvent):
    """The record need not be kept past its date any more."""


@dataclass(frozen=True, slots=True)
class KeepingTermSet(Event):
    """Records are kept so many years after the end of their cases."""

    years: int
