"""What is out of sight, and what comes back."""

from datetime import datetime

from amends.cases.models.case import Case, CaseQuerySet
from amends.cases.models.snoozing import Snooze


def cases_to_wake(at: datetime) -> CaseQuerySet:
    """Return the snoozed cases whose moment has come by `at`, the longest first."""
    return Case.objects.filter(snoozed_until__lte=at).order_by("snoozed_until", "pk")


def snooze_of(case: Case) -> Snooze | None:
    """Return why `case` is out of sight, and until when; None if it is in sight."""
    if case.snoozed_until is None:
        return None
    return Snooze.objects.filter(case=case).select_related("by").order_by("-at", "-pk").first()
