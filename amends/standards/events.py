"""What happens to what we hold ourselves to."""

from dataclasses import dataclass

from amends.journal.events import Event


@dataclass(frozen=True, slots=True)
class WorkingHoursSet(Event):
    """The house, or a team, is open at other hours from now on."""

    team_id: int | None


@dataclass(frozen=True, slots=True)
class WorkingHoursLeftToTheHouse(Event):
    """A team has no hours of its own any more."""

    team_id: int
