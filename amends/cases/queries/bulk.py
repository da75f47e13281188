"""Runs over many cases, for who began them."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from amends.cases.models.bulk import BulkItem, BulkRun
from amends.cases.models.case import Case
from amends.cases.rules.bulk import KEPT_FOR, Fate
from amends.staff.models import Staff

SHOWN = 100


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One case of a run, as its page shows it. said: why it was refused, or could not be undone."""

    case: int
    fate: str
    said: str
    missing: list[str]
    reference: str
    gist: str
    customer: str | None
    owner: str | None


@dataclass(frozen=True, slots=True)
class Told:
    """A run with how many of its cases stand how, and a hundred at most of those of each fate.

    further: how many come before those rows; none on the first page.
    """

    run: BulkRun
    counts: Counter[str]
    rows: tuple[ItemRow, ...]
    further: int = 0


def run_for(staff: Staff, pk: int) -> BulkRun:
    """Return one run of `staff`.

    Raises BulkRun.DoesNotExist.
    """
    return BulkRun.objects.select_related("by").get(by=staff, pk=pk)


def told_of(run: BulkRun, *, fate: Fate | None = None, after: int = 0) -> Told:
    """Return what became of the cases of `run`: the first hundred of a fate, or of each.

    after: the case with which the page before ended. A case that came to complain about who asks is
    told no more.
    """
    seen = Case.objects.visible_to(run.by)
    items = BulkItem.objects.filter(run=run, case__in=seen)
    counts = Counter(items.values_list("fate", flat=True))
    fates = [fate] if fate else [each for each in Fate if counts[each]]
    rows = [row for each in fates for row in _rows(items.filter(fate=each, case__gt=after))]
    further = items.filter(fate=fate, case__lte=after).count() if fate and after else 0
    return Told(run, counts, tuple(rows), further)


def runs_to_go_on(at: datetime) -> QuerySet[BulkRun]:
    """Return the runs that go on by themselves by `at`, the longest waiting first."""
    return BulkRun.objects.filter(go_on_at__lte=at).order_by("go_on_at", "pk")


def runs_to_forget(at: datetime) -> QuerySet[BulkRun]:
    """Return the runs that nobody needs any more, oldest first.

    One that is at work, or was finished lately, stays however long ago it was prepared.
    """
    since = at - KEPT_FOR
    over = Q(finished_at=None) | Q(finished_at__lte=since)
    return BulkRun.objects.filter(over, go_on_at=None, made_at__lte=since).order_by("made_at", "pk")


def _rows(items: QuerySet[BulkItem]) -> list[ItemRow]:
    values: QuerySet[BulkItem, Any] = items.order_by("case").values_list(
        "case",
        "fate",
        "said",
        "missing",
        "case__reference",
        "case__gist",
        "case__person__name",
        "case__owner__name",
    )
    return [ItemRow(*row) for row in values[:SHOWN]]
