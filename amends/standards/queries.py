"""When we are open."""

from typing import Any

from django.db.models import F, Q, QuerySet

from amends.staff.models import Team
from amends.standards.models import WorkingHours
from amends.standards.rules.calendar import Calendar
from amends.standards.rules.hours import Hours, calendar_of, read_kept


def hours_that_hold(team: Any) -> QuerySet[WorkingHours]:  # noqa: ANN401  a key, or one of an outer query
    """Return the hours by which a team works, its own before those of the house."""
    theirs = WorkingHours.objects.filter(Q(team=team) | Q(team=None), hours__isnull=False)
    return theirs.order_by(F("team").asc(nulls_last=True))


def calendar_for(team_id: int) -> Calendar | None:
    """Return the calendar by which a team works; None while nobody has said when we are open."""
    found = hours_that_hold(team_id).values_list("hours", flat=True).first()
    return calendar_of(read_kept(found)) if found else None


def hours_of(team: Team | None) -> Hours | None:
    """Return the hours of a team itself, or of the house; None where it has none."""
    found = WorkingHours.objects.filter(team=team).values_list("hours", flat=True).first()
    return read_kept(found) if found else None


def teams_with_hours() -> set[int]:
    """Return the teams that have hours of their own, by their keys."""
    theirs = WorkingHours.objects.filter(team__isnull=False, hours__isnull=False)
    return {pk for pk in theirs.values_list("team", flat=True) if pk}


def hours_to_recount() -> QuerySet[WorkingHours]:
    """Return the hours that changed, while there may be cases that do not know it yet."""
    return WorkingHours.objects.filter(recount_after__isnull=False).order_by("changed_at")


def is_recounting() -> bool:
    """Return whether there may be cases that do not know yet of hours that changed."""
    return hours_to_recount().exists()
