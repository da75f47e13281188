"""How our standards were kept, told from the clocks of cases."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import TruncMonth

from amends.cases.models.case import Case
from amends.cases.models.clocks import CaseClock
from amends.staff.models import Staff
from amends.standards.models import Standard
from amends.standards.queries import standards_that_hold
from amends.standards.rules.measured import Counted, months_until, total

MONTHS = 12
PAGE = 50
_KEPT = Q(met_at__isnull=False, met_at__lte=F("due_at"))
_LATE = Q(met_at__gt=F("due_at"))


@dataclass(frozen=True, slots=True)
class Monitored:
    """A standard that holds, and how it was kept by month; `in_all` in the months together."""

    standard: Standard
    months: Mapping[date, Counted]

    @property
    def in_all(self) -> Counted:
        return total(self.months.values())


def monitored(at: datetime) -> list[Monitored]:
    """Return each standard that holds with how it and its earlier versions were kept.

    A month is that in which a clock began. One that runs and is not over yet says nothing yet; nor
    does one that ended before it was over without having to be met.
    """
    months = months_until(at.date(), MONTHS)
    counted: dict[str, dict[date, Counted]] = {}
    rows = (
        _ended(at, since=_midnight(at, months[0]))
        .values("standard__key", month=TruncMonth("started_at"))
        .annotate(kept=Count("pk", filter=_KEPT), missed=Count("pk", filter=~_KEPT))
        .order_by()
    )
    for row in rows:
        of = counted.setdefault(row["standard__key"], {})
        of[row["month"].date()] = Counted(row["kept"], row["missed"])
    return [
        Monitored(
            each, {month: counted.get(each.key, {}).get(month, Counted()) for month in months}
        )
        for each in standards_that_hold()
    ]


def _midnight(at: datetime, day: date) -> datetime:
    """Return when `day` begins in the zone of `at`."""
    return datetime.combine(day, time(0), tzinfo=at.tzinfo)


def missed_by(
    key: str, *, by: Staff, at: datetime, before: int | None = None
) -> Sequence[CaseClock]:
    """Return the clocks of a standard that were not kept, the newest first, one more than a page.

    Those of cases that `by` may not see are left out.
    """
    missed = _ended(at).filter(~_KEPT, standard__key=key)
    seen = missed.filter(case__in=Case.objects.visible_to(by))
    if before is not None:
        seen = seen.filter(pk__lt=before)
    return list(seen.select_related("case").order_by("-pk")[: PAGE + 1])


def _ended(at: datetime, since: datetime | None = None) -> QuerySet[CaseClock]:
    """Return the clocks of standards of which it is known by `at` whether they were kept."""
    over = Q(due_at__lt=at) & (Q(ended_at=None) | Q(ended_at__gt=F("due_at")))
    known = CaseClock.objects.filter(_KEPT | _LATE | over, standard__isnull=False)
    return known.filter(started_at__gte=since) if since else known
