"""Whom a senior was called to, and who is not given a customer for the day."""

from datetime import datetime

from django.db.models import Q, QuerySet

from amends.cases.models.case import Case
from amends.cases.models.safety import SeniorCall
from amends.staff.models import Staff


def calls_on(case: Case) -> list[SeniorCall]:
    """Return how seniors were called on `case`, the newest first."""
    return list(_whole().filter(case=case).order_by("-called_at", "-pk"))


def call_of_sheet(staff: Staff, sheet: str) -> SeniorCall | None:
    """Return how `staff` called a senior from their sheet, or None."""
    return _whole().filter(called_by=staff, sheet=sheet).first()


def call_in(case: Case, pk: int) -> SeniorCall:
    """Return the call `pk` on `case`.

    Raises SeniorCall.DoesNotExist.
    """
    return _whole().get(case=case, pk=pk)


def is_spared(case: Case, staff: Staff, *, at: datetime) -> bool:
    """Return whether `staff` is not to be given `case` at `at`, for what its customer did."""
    theirs = Q(case=case) | Q(person=case.person_id) if case.person_id else Q(case=case)
    return SeniorCall.objects.filter(theirs, called_by=staff, spared_until__gt=at).exists()


def _whole() -> QuerySet[SeniorCall]:
    return SeniorCall.objects.select_related("request__asked_of", "request__answered_by")
