"""Records of ended cases: until when they are kept, which are past that, which must not go."""

from datetime import datetime

from django.db.models import QuerySet

from amends.cases.models.keeping import Keeping, KeepingTerm
from amends.cases.rules.keeping import USUAL_YEARS


def years_kept() -> int:
    """Return for how many years the record of a case is kept after its end."""
    said = KeepingTerm.objects.values_list("years", flat=True).first()
    return said or USUAL_YEARS


def records_to_notice(at: datetime) -> QuerySet[Keeping]:
    """Return the records whose time passed by `at`, which nobody was told of, the oldest first."""
    due = Keeping.objects.filter(keep_until__lte=at, past_at=None, frozen_at=None)
    due = due.filter(case__closed_at__isnull=False, case__erased_at=None)
    return due.select_related("case").order_by("keep_until", "pk")


def records_past_keeping() -> QuerySet[Keeping]:
    """Return the records past their time whose cases are ended and not frozen, oldest first."""
    past = Keeping.objects.filter(past_at__isnull=False, frozen_at=None)
    past = past.filter(case__closed_at__isnull=False, case__erased_at=None)
    return past.select_related("case").order_by("keep_until", "pk")


def frozen_records() -> QuerySet[Keeping]:
    """Return the records that must be kept whatever the date, the last frozen first."""
    frozen = Keeping.objects.filter(frozen_at__isnull=False)
    return frozen.select_related("case", "frozen_by").order_by("-frozen_at", "-pk")


def record_of(reference: str) -> Keeping:
    """Return what is said of keeping the record of an ended case that was not erased.

    Raises Keeping.DoesNotExist.
    """
    return Keeping.objects.select_related("case").get(
        case__reference=reference, case__erased_at=None
    )
