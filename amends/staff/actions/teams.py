"""Departments and teams."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.journal.actions import record
from amends.staff.actions.authorise import require
from amends.staff.events import (
    DepartmentClosed,
    DepartmentOpened,
    DepartmentRenamed,
    TeamChanged,
    TeamClosed,
    TeamOpened,
)
from amends.staff.models import Department, Staff, Team
from amends.staff.rules.permissions import Act


class NameTaken(Refused):
    text = _("There is already one called %(name)s.")


class StillUsed(Refused):
    text = _("%(name)s still has colleagues or teams. Move them first.")


class LastTeam(Refused):
    text = _("%(name)s is the last team. Somebody must answer what comes in.")


class DutyOwnerGone(Refused):
    text = _("%(name)s no longer works here and cannot be the duty owner.")


@transaction.atomic
def open_department(name: str, *, by: Staff, at: datetime) -> Department:
    """Open a department.

    Raises NotAllowed, NameTaken.
    """
    require(by, Act.EDIT_TEAMS)
    _check_name(Department, name)
    department = Department.objects.create(name=name.strip())
    record(DepartmentOpened(department_id=department.pk), by=by, at=at)
    return department


@transaction.atomic
def rename_department(department: Department, *, name: str, by: Staff, at: datetime) -> Department:
    """Call a department differently.

    Raises NotAllowed, NameTaken.
    """
    require(by, Act.EDIT_TEAMS)
    _check_name(Department, name, department)
    department.name = name.strip()
    department.save(update_fields=["name"])
    record(DepartmentRenamed(department_id=department.pk), by=by, at=at)
    return department


@transaction.atomic
def close_department(department: Department, *, by: Staff, at: datetime) -> None:
    """Close a department that nobody belongs to any more.

    Raises NotAllowed, StillUsed.
    """
    require(by, Act.EDIT_TEAMS)
    department = Department.objects.select_for_update().get(pk=department.pk)
    colleagues = department.staff.filter(is_active=True)
    if colleagues.exists() or department.teams.filter(closed_at=None).exists():
        raise StillUsed(name=department.name)
    department.closed_at = at
    department.save(update_fields=["closed_at"])
    record(DepartmentClosed(department_id=department.pk), by=by, at=at)


@transaction.atomic
def open_team(
    department: Department, *, name: str, duty_owner: Staff, by: Staff, at: datetime
) -> Team:
    """Open a team whose duty owner answers until somebody takes a case.

    Raises NotAllowed, NameTaken, DutyOwnerGone.
    """
    require(by, Act.EDIT_TEAMS)
    _check_name(Team, name)
    _check_at_work(duty_owner)
    team = Team.objects.create(name=name.strip(), department=department, duty_owner=duty_owner)
    team.members.add(duty_owner)
    record(TeamOpened(team_id=team.pk, duty_owner_id=duty_owner.pk), by=by, at=at)
    return team


@transaction.atomic
def change_team(
    team: Team,
    *,
    name: str,
    duty_owner: Staff,
    members: Iterable[Staff],
    by: Staff,
    at: datetime,
) -> Team:
    """Change a team's name, duty owner and members; the duty owner is always a member.

    Raises NotAllowed, NameTaken, DutyOwnerGone.
    """
    require(by, Act.EDIT_TEAMS)
    _check_name(Team, name, team)
    _check_at_work(duty_owner)
    team = Team.objects.select_for_update().get(pk=team.pk)
    team.name, team.duty_owner = name.strip(), duty_owner
    team.save(update_fields=["name", "duty_owner"])
    everybody = {duty_owner, *members}
    team.members.set(everybody)
    changed = TeamChanged(
        team_id=team.pk,
        duty_owner_id=duty_owner.pk,
        member_ids=tuple(sorted(member.pk for member in everybody)),
    )
    record(changed, by=by, at=at)
    return team


@transaction.atomic
def close_team(team: Team, *, by: Staff, at: datetime) -> None:
    """Close a team; what it still has stays with it until somebody takes it.

    Raises NotAllowed, LastTeam.
    """
    require(by, Act.EDIT_TEAMS)
    open_teams = Team.objects.select_for_update().filter(closed_at=None)
    if not [each for each in open_teams if each != team]:
        raise LastTeam(name=team.name)
    team.closed_at = at
    team.save(update_fields=["closed_at"])
    record(TeamClosed(team_id=team.pk), by=by, at=at)


def _check_name(
    kind: type[Department | Team], name: str, own: Department | Team | None = None
) -> None:
    same = kind._default_manager.filter(name__iexact=name.strip())  # noqa: SLF001 public, in spite of its name
    others = same.exclude(pk=own.pk) if own else same
    if others.exists():
        raise NameTaken(name=name.strip())


def _check_at_work(staff: Staff) -> None:
    if not staff.is_active:
        raise DutyOwnerGone(name=staff.name)
