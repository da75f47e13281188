"""What happens to a case that is put out of sight for a while."""

from dataclasses import dataclass

from amends.journal.events import CaseEvent


@dataclass(frozen=True, slots=True)
class CaseSnoozed(CaseEvent):
    snooze_id: int
    until: str


@dataclass(frozen=True, slots=True)
class CaseWoke(CaseEvent):
    """It is in sight again because its moment came, or somebody wished so.

    in_time: its moment came. What is done on a snoozed case wakes it, too, and says so by itself.
    """

    in_time: bool
