"""What waits for somebody to look at it with other eyes, because the customer asked for that."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from amends.cases.models.case import Case
from amends.cases.models.turns import InternalReview
from amends.cases.rules.kinds import Next
from amends.journal.models import Entry
from amends.staff.models import Staff

LATELY = timedelta(days=30)
MOST = 25
_UNANSWERED = (Next.ANSWER, Next.OUR_NEXT_ANSWER, Next.CALL_BACK_AT_ONCE)


@dataclass(frozen=True, slots=True)
class Look:
    """A case that somebody was asked to look at, and by when."""

    reference: str
    gist: str
    customer: str | None
    due_at: datetime


def looks_for(staff: Staff, *, at: datetime) -> tuple[Look, ...]:
    """Return what `staff` was asked to look at: decisions, and cases not decided yet.

    What they own waits for them anyway. Two statements, and a third where there is the latter.
    """
    seen = Case.objects.visible_to(staff).exclude(owner=staff)
    reviews = InternalReview.objects.filter(reviewer=staff, done_at=None, case__in=seen)
    columns = ("case__reference", "case__gist", "case__person__name", "due_at")
    found = [Look(*values) for values in reviews.order_by("due_at").values_list(*columns)[:MOST]]
    asked = Entry.objects.filter(
        kind="AnotherLookAsked", at__gte=at - LATELY, facts__asked_of_id=staff.pk
    )
    subjects = set(asked.values_list("subject", flat=True))
    if not subjects:
        return tuple(found)
    waiting = seen.open().filter(
        pk__in=[int(subject.removeprefix("case:")) for subject in subjects],
        next_due__in=_UNANSWERED,
    )
    lines = waiting.order_by("next_due_at").values_list(
        "reference", "gist", "person__name", "next_due_at"
    )
    asked_for = [
        Look(reference, gist, customer, due_at)
        for reference, gist, customer, due_at in lines[:MOST]
        if due_at
    ]
    return (*found, *asked_for)
