"""Giving open cases a new due moment when the hours change by which theirs was counted."""

from datetime import datetime

from django.db import transaction

from amends.cases.actions.within import count_due
from amends.cases.models.case import Case, CaseQuerySet
from amends.standards.models import WorkingHours
from amends.standards.queries import teams_with_hours

CASES_AT_ONCE = 100


@transaction.atomic
def count_due_anew(hours: WorkingHours, *, at: datetime) -> None:
    """Count anew when the next hundred of the cases are due that are worked on at `hours`.

    A case that somebody else holds just now is come back to, and not waited for.
    """
    keys = list(_worked_at(hours).values_list("pk", flat=True)[:CASES_AT_ONCE])
    free = Case.objects.select_for_update(of=("self",), skip_locked=True).select_related("person")
    got = {case.pk: case for case in free.filter(pk__in=keys)}
    for case in got.values():
        count_due(case)
    held = [pk for pk in keys if pk not in got]
    more = len(keys) == CASES_AT_ONCE
    hours.recount_after = min(held) - 1 if held else (keys[-1] if more else None)
    hours.recounted_at = at if hours.recount_after is None else None
    hours.save(update_fields=["recount_after", "recounted_at"])


def _worked_at(hours: WorkingHours) -> CaseQuerySet:
    cases = Case.objects.filter(next_due_at__isnull=False, pk__gt=hours.recount_after or 0)
    if hours.team_id:
        cases = cases.filter(team=hours.team_id)
    else:
        cases = cases.exclude(team__in=teams_with_hours())
    return cases.order_by("pk")
