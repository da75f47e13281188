"""Sending customers the address of all their cases, which goes to their own mail only."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.cases.actions.letters import send_list
from amends.cases.events.own_words import OwnCasesSent
from amends.cases.queries.own_cases import own_cases_link
from amends.contacts.models import OutgoingMail
from amends.journal.actions import record
from amends.people.models import Person
from amends.people.queries import mail_address_of


class NoMailAddress(Refused):
    text = _("We have no mail address of yours. Tell us one, or open each case by its code.")


@transaction.atomic
def send_own_cases(person: Person, *, at: datetime) -> OutgoingMail:
    """Send `person`, who asked for it, the address of all their cases, and return the mail.

    Raises NoMailAddress.
    """
    if not mail_address_of(person):
        raise NoMailAddress
    mail = send_list(person, link=own_cases_link(person, at=at), at=at)
    record(OwnCasesSent(person_id=person.pk), by=person, at=at)
    return mail
