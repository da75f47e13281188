"""What happens to how colleagues are told of things."""

from dataclasses import dataclass

from amends.journal.events import Event


@dataclass(frozen=True, slots=True)
class NoticesChosen(Event):
    staff_id: int
