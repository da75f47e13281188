"""What has fallen due on cases; the sweeper's questions, each answered by a partial index."""

from datetime import datetime

from django.db.models import QuerySet

from amends.cases.models.case import Case
from amends.cases.models.promises import FollowUp, Promise
from amends.cases.rules.lifecycle import AWAITING


def promises_to_break(at: datetime) -> QuerySet[Promise]:
    """Return the open promises whose moment has passed by `at`, longest overdue first.

    Where the customer wished for a later day and waits for our answer, that day is awaited.
    """
    return Promise.objects.overdue(at).select_related("case").order_by("due_at", "pk")


def questions_to_ask(at: datetime) -> QuerySet[FollowUp]:
    """Return the follow-ups that Amends asks, or hands to somebody, by `at`."""
    due = FollowUp.objects.filter(due_at__lte=at, handed_at=None)
    return due.select_related("case", "promise").order_by("due_at", "pk")


def waits_to_end(at: datetime) -> QuerySet[Case]:
    """Return the cases that waited for somebody until a moment that has passed by `at`."""
    waiting = Case.objects.filter(state__in=sorted(AWAITING), state_until__lte=at)
    return waiting.order_by("state_until", "pk")
