"""What happens to ourselves. No name and no address ever stands in the journal."""

from dataclasses import dataclass

from amends.journal.events import Event


@dataclass(frozen=True, slots=True)
class OrganisationSetUp(Event):
    owner_id: int
    country: str
    trade: str


@dataclass(frozen=True, slots=True)
class OrganisationChanged(Event):
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ColleagueInvited(Event):
    staff_id: int
    role: str


@dataclass(frozen=True, slots=True)
class ColleagueJoined(Event):
    staff_id: int


@dataclass(frozen=True, slots=True)
class ColleagueChanged(Event):
    staff_id: int
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ColleagueLeft(Event):
    staff_id: int


@dataclass(frozen=True, slots=True)
class ColleagueReturned(Event):
    staff_id: int


@dataclass(frozen=True, slots=True)
class SignedIn(Event):
    staff_id: int


@dataclass(frozen=True, slots=True)
class PasswordChanged(Event):
    staff_id: int


@dataclass(frozen=True, slots=True)
class FirstStepTaken(Event):
    staff_id: int
    step: str


@dataclass(frozen=True, slots=True)
class DepartmentOpened(Event):
    department_id: int


@dataclass(frozen=True, slots=True)
class DepartmentRenamed(Event):
    department_id: int


@dataclass(frozen=True, slots=True)
class DepartmentClosed(Event):
    department_id: int


@dataclass(frozen=True, slots=True)
class TeamOpened(Event):
    team_id: int
    duty_owner_id: int


@dataclass(frozen=True, slots=True)
class TeamChanged(Event):
    team_id: int
    duty_owner_id: int
    member_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TeamClosed(Event):
    team_id: int


@dataclass(frozen=True, slots=True)
class AuthorityChanged(Event):
    """limits: {kind of remedy: most, in the organisation's currency; null is without limit}."""

    role: str
    limits: dict[str, str | None]


@dataclass(frozen=True, slots=True)
class GuidelinesChanged(Event):
    role: str
    lines: int


@dataclass(frozen=True, slots=True)
class CalendarAddressReplaced(Event):
    staff_id: int


@dataclass(frozen=True, slots=True)
class AbsenceWritten(Event):
    """Somebody is away from the first to the last of these days, and who stands in."""

    absence_id: int
    staff_id: int
    first_on: str
    last_on: str
    deputies: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class AbsenceEnded(Event):
    """They came back before its end, or did not go at all."""

    absence_id: int
    staff_id: int
