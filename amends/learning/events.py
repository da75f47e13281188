"""What happens to what is learnt from our own history."""

from dataclasses import dataclass

from amends.journal.events import Event


@dataclass(frozen=True, slots=True)
class NightLearnt(Event):
    """A night's learning is over; `tried` says what became of it."""

    target: str
    tried: str
    examples: int
    held_out: int
    right: int


@dataclass(frozen=True, slots=True)
class SuggestingSwitched(Event):
    """Suggestions of one kind are given from now on, or no longer."""

    target: str
    is_on: bool
