"""Contacts that may go to another case, and those that went there minutes ago."""

from datetime import datetime

from django.db.models import Q, QuerySet

from amends.cases.models.case import Case
from amends.cases.models.moving import Moving
from amends.cases.rules.moving import TO_MOVE_BACK
from amends.contacts.models import Contact


def movable_contacts(case: Case) -> QuerySet[Contact]:
    """Return the contacts of `case` but the one it began with, the newest first."""
    began = case.case_contacts.order_by("at", "pk").values("contact")[:1]
    theirs = Contact.objects.filter(case_contacts__case=case).exclude(pk__in=began)
    return theirs.order_by("-started_at", "-pk")


def moved_lately(case: Case, *, at: datetime) -> Moving | None:
    """Return what went from `case` or came to it last, while it can be put back with a click."""
    lately = Moving.objects.filter(undone_at=None, at__gte=at - TO_MOVE_BACK)
    there = lately.filter(Q(into=case) | Q(out_of=case)).select_related("contact", "into", "out_of")
    return there.order_by("-at", "-pk").first()
