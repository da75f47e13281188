"""What somebody's own calendar shows: their open promises, and their cases as they fall due."""

from dataclasses import dataclass
from datetime import datetime

from amends.cases.models.case import Case
from amends.cases.models.promises import Promise
from amends.cases.rules.kinds import Next
from amends.staff.models import Staff

MOST = 300


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that is due: a promise by its words, or the next step of a case."""

    uid: str
    at: datetime
    reference: str
    what: str
    next: Next | None


def due_for(staff: Staff) -> list[Due]:
    """Return what `staff` keeps and owns, the earliest first; of each at most MOST.

    A case whose next date is that of a promise is shown once, by the promise.
    """
    seen = Case.objects.visible_to(staff)
    promises = Promise.objects.filter(owner=staff, case__in=seen).open().select_related("case")
    mine = seen.open().filter(owner=staff, next_due_at__isnull=False)
    found = [
        Due(f"promise-{each.pk}", each.due_at, each.case.reference, each.what, None)
        for each in promises.order_by("due_at", "pk")[:MOST]
    ]
    shown = {(each.reference, each.at) for each in found}
    steps = [
        Due(f"case-{each.pk}", each.next_due_at, each.reference, "", Next(each.next_due))
        for each in mine.order_by("next_due_at", "pk")[:MOST]
        if each.next_due_at and (each.reference, each.next_due_at) not in shown
    ]
    return sorted([*found, *steps], key=lambda due: (due.at, due.uid))
