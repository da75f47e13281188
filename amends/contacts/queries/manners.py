"""Manners shown in contacts, and which of them have expired."""

from datetime import datetime

from django.db.models import QuerySet

from amends.contacts.models import MannerShown


def expired_manners(at: datetime) -> QuerySet[MannerShown]:
    """Return the manners that are not to be remembered any longer at `at`."""
    return MannerShown.objects.filter(expires_at__lte=at).order_by("expires_at", "pk")
