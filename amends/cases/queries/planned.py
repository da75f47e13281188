"""Replies that are to leave later."""

from datetime import datetime

from django.db.models import QuerySet

from amends.cases.models.case import Case
from amends.cases.models.planned import PlannedReply
from amends.cases.queries.reading import cases_for
from amends.contacts.models import Contact
from amends.contacts.rules.kinds import Direction
from amends.staff.models import Staff

MOST = 100


def planned_on(case: Case) -> QuerySet[PlannedReply]:
    """Return the replies on `case` that are to leave later or were held, the next first."""
    waiting = PlannedReply.objects.filter(case=case, gone_at=None).select_related("author", "case")
    return waiting.order_by("leaves_at", "pk")


def planned_in(case: Case, pk: int) -> PlannedReply:
    """Return one reply on `case` that has not left.

    Raises PlannedReply.DoesNotExist.
    """
    return planned_on(case).get(pk=pk)


def planned_for(staff: Staff) -> QuerySet[PlannedReply]:
    """Return the replies that are to leave later on the cases that `staff` may see."""
    waiting = PlannedReply.objects.filter(gone_at=None, case__in=cases_for(staff))
    return waiting.select_related("author", "case__person").order_by("leaves_at", "pk")[:MOST]


def planned_to_leave(at: datetime) -> QuerySet[PlannedReply]:
    """Return the replies whose time has come by `at`, the longest due first."""
    due = PlannedReply.objects.filter(gone_at=None, held_at=None, leaves_at__lte=at)
    return due.order_by("leaves_at", "pk")


def wrote_since(case: Case, at: datetime) -> bool:
    """Return whether a person told us something on `case` after an instant."""
    return Contact.objects.filter(
        case_contacts__case=case,
        direction=Direction.IN,
        automatic=False,
        as_history=False,
        recorded_at__gt=at,
    ).exists()
