"""Questions to colleagues, and their answers."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from amends.cases.models.case import Case
from amends.cases.models.colleagues import HelpRequest
from amends.cases.queries.colleagues import takers_for
from amends.cases.queries.reading import cases_for
from amends.staff.models import Absence, Staff
from amends.staff.queries import colleagues_for
from amends.staff.rules.permissions import Act

REMEMBERED = timedelta(days=14)
MOST = 25


def helpers_for(staff: Staff, *, case: Case | None) -> QuerySet[Staff]:
    """Return the colleagues whom `staff` can ask, about `case` or about anything."""
    found = takers_for(case) if case else colleagues_for(staff)
    return found.exclude(pk=staff.pk)


def help_requests_for(staff: Staff, *, at: datetime) -> QuerySet[HelpRequest]:
    """Return what `staff` asked and was asked in the last fortnight, what waits on top.

    What was asked in confidence is seen by the two of them alone, whoever answers for others.
    """
    mine = Q(asked_by=staff) | _asked_of(staff)
    if staff.may(Act.ANSWER_HELP):
        mine |= Q(answered_at=None, in_confidence=False)
    seen = Q(case=None) | Q(case__in=cases_for(staff))
    found = HelpRequest.objects.filter(mine, seen, asked_at__gt=at - REMEMBERED)
    ordered = found.order_by("-answered_at", "-asked_at")
    whole = ("case", "asked_by", "asked_of", "answered_by", "held_reply", "senior_call")
    return ordered.select_related(*whole)[:MOST]


def help_request_for(staff: Staff, pk: int) -> HelpRequest:
    """Return the question `pk`, if it is one that `staff` may answer.

    Raises HelpRequest.DoesNotExist.
    """
    mine = _asked_of(staff)
    if staff.may(Act.ANSWER_HELP):
        mine |= Q(in_confidence=False)
    return HelpRequest.objects.filter(mine).select_related("case").get(pk=pk)


def _asked_of(staff: Staff) -> Q:
    """Return what was asked of `staff`, or of somebody for whom they stand in just now.

    What was asked in confidence waits for who was asked.
    """
    away = Absence.objects.during(Now()).filter(deputies=staff).values("staff")
    return Q(asked_of=staff) | Q(asked_of__in=away, in_confidence=False)
