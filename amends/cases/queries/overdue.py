"""What has fallen due on cases; the sweeper's questions, each answered by a partial index."""

from datetime import datetime

from django.db.models import QuerySet

from amends.cases.models.case import Case
from amends.cases.models.clocks import CaseClock, PlannedWarning
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


def clocks_run_out(at: datetime) -> QuerySet[CaseClock]:
    """Return the clocks that were over by `at` and nobody has noticed yet, longest over first."""
    over = CaseClock.objects.filter(watch_at__lte=at)
    return over.select_related("case", "case__team__duty_owner").order_by("watch_at", "pk")


def warnings_to_give(at: datetime) -> QuerySet[PlannedWarning]:
    """Return the warnings whose moment has come by `at`, the earliest first."""
    due = PlannedWarning.objects.filter(at__lte=at, given_at=None)
    around = ("clock__case", "clock__case__team__duty_owner", "clock__case__owner")
    of = ("clock__promise__owner", "clock__profile", "clock__standard", "warning__staff")
    return due.select_related(*around, *of).order_by("at", "pk")
