"""What a customer says on a case is read, as soon as it is there."""

from django.utils import timezone

from amends.cases.events.handling import ContactAdded
from amends.cases.models.case import Case
from amends.coach.actions import read_contact
from amends.coach.queries import contact_to_read
from amends.journal.events import on


@on(ContactAdded)
def read_what_they_said(event: ContactAdded) -> None:
    if contact := contact_to_read(event.contact_id):
        read_contact(contact, case=Case.objects.get(pk=event.case_id), at=timezone.now())
