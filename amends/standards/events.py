"""What happens to what we hold ourselves to, and to the clocks of the law."""

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


@dataclass(frozen=True, slots=True)
class ClockProfilesShipped(Event):
    """The clock profiles that come with Amends were put into their table."""

    added: int


@dataclass(frozen=True, slots=True)
class ClockProfileWritten(Event):
    """A clock of the law has a new version; `moves_later` when a reason for that was named."""

    profile_id: int
    key: str
    duty: str
    version: int
    runs: bool
    moves_later: bool


@dataclass(frozen=True, slots=True)
class StandardWritten(Event):
    standard_id: int
    key: str
    version: int


@dataclass(frozen=True, slots=True)
class StandardGivenUp(Event):
    standard_id: int


@dataclass(frozen=True, slots=True)
class WarningSet(Event):
    warning_id: int


@dataclass(frozen=True, slots=True)
class WarningStopped(Event):
    warning_id: int
