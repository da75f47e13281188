"""Saying when we are open."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.journal.actions import record
from amends.staff.actions.authorise import require
from amends.staff.models import Staff, Team
from amends.staff.rules.permissions import Act
from amends.standards.events import WorkingHoursLeftToTheHouse, WorkingHoursSet
from amends.standards.models import WorkingHours
from amends.standards.rules.hours import Hours, kept


class NeverOpen(Refused):
    text = _("Say at least one day on which you are open.")


@transaction.atomic
def set_working_hours(hours: Hours, *, team: Team | None, by: Staff, at: datetime) -> WorkingHours:
    """Let `team`, or the house, be open at `hours` from now on.

    What was due before stays as it is until it is counted anew, a moment later.

    Raises NotAllowed, NeverOpen.
    """
    require(by, Act.EDIT_TEAMS)
    if not any(hours.week):
        raise NeverOpen
    row, _new = WorkingHours.objects.select_for_update().update_or_create(
        team=team, defaults={"hours": kept(hours), "changed_at": at, "recount_after": 0}
    )
    record(WorkingHoursSet(team_id=team.pk if team else None), by=by, at=at)
    return row


@transaction.atomic
def leave_hours_to_the_house(team: Team, *, by: Staff, at: datetime) -> None:
    """Let `team` be open when the house is.

    Raises NotAllowed.
    """
    require(by, Act.EDIT_TEAMS)
    theirs = WorkingHours.objects.filter(team=team, hours__isnull=False)
    if theirs.update(hours=None, changed_at=at, recount_after=0):
        record(WorkingHoursLeftToTheHouse(team_id=team.pk), by=by, at=at)
