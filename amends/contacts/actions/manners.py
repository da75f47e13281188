"""Manners are of a contact, and are forgotten in time."""

from datetime import datetime

from django.db import transaction

from amends.contacts.events import MannerForgotten
from amends.contacts.models import MannerShown
from amends.journal.actions import record


@transaction.atomic
def forget_manner(shown: MannerShown, *, at: datetime) -> None:
    """Forget a manner whose time has passed."""
    contact_id = shown.contact_id
    if MannerShown.objects.filter(pk=shown.pk, expires_at__lte=at).delete()[0]:
        record(MannerForgotten(contact_id=contact_id), by=None, at=at)
