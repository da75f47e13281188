"""Which cases a mail points to, and whether its sender has a part in them."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q

from amends.cases.models.case import Case, CaseContact
from amends.cases.rules.reference import read_reference
from amends.contacts.models import OutgoingMail
from amends.contacts.rules.messages import Inbound
from amends.contacts.rules.threading import (
    Matter,
    answered_mail_in,
    answered_subject,
    bare_subject,
    references_in,
)
from amends.people.models import Person
from amends.people.queries import (
    is_of_organisation_of,
    people_reached_by,
    same_organisation,
)
from amends.people.rules.points import folded_mail

MOST_IDS = 50
# How far back one looks for a case by nothing but the subject of an answer.
SUBJECTS_ANSWERED = timedelta(days=90)
_MOST_SUBJECTS = 50


def matters_of(mail: Inbound, *, at: datetime) -> list[Matter]:
    """Return the cases that `mail` points to, by the most trusted of its marks first."""
    known = {case.pk: case for case in (*_by_signed_address(mail, at), *_by_ids(mail))}
    typed = _by_subject(mail) or ([] if known else _by_what_they_answer(mail, at))
    address = mail.sender.address if mail.sender else ""
    return [
        Matter(
            key=pk,
            takes_part=takes_part(case, address),
            is_open=case.is_open,
            typed=pk not in known,
        )
        for pk, case in {**known, **{c.pk: c for c in typed if c.pk not in known}}.items()
    ]


def takes_part(case: Case, address: str) -> bool:
    """Return whether whoever writes from `address` has a part in `case`.

    They have one if they told us of it, are named in it, or were written to about it; and so has a
    colleague of theirs in the organisation that its customer belongs to.
    """
    people = list(people_reached_by(address).values_list("pk", flat=True))
    contacts = CaseContact.objects.filter(case=case)
    folded = [folded_mail(address)]
    written_to = contacts.filter(
        Q(contact__mail__to_address__iexact=address)
        | Q(contact__mail__cc__contains=folded)
        | Q(contact__mail__bcc__contains=folded)
    )
    known = contacts.filter(Q(contact__person__in=people) | Q(contact__speaks_for__in=people))
    return (
        case.person_id in people
        or case.parties.filter(person__in=people).exists()
        or known.exists()
        or written_to.exists()
        or _is_colleague(case, people, address)
    )


def _is_colleague(case: Case, people: Iterable[int], address: str) -> bool:
    """Return whether `address` is of the organisation of the customer of `case`."""
    customer = case.person
    if customer is None or customer.is_inside:
        return False
    return is_of_organisation_of(customer, mail=address) or any(
        same_organisation(customer, person) for person in Person.objects.filter(pk__in=people)
    )


def written_to_in(case: Case, mail: Inbound) -> str:
    """Return the first address that `mail` went to of somebody who has a part in `case`, or ""."""
    boxes = (*mail.to, *mail.cc)
    return next((box.address for box in boxes if takes_part(case, box.address)), "")


def mail_returned(mail: Inbound) -> OutgoingMail | None:
    """Return the mail of ours that a delivery report is about, or None.

    Only what names the id of a mail that we sent is believed: nobody else knows it.
    """
    if not mail.returned_id:
        return None
    ours = OutgoingMail.objects.select_related("contact__person", "author")
    return ours.filter(message_id=mail.returned_id).first()


def case_of_contact(contact_id: int) -> Case | None:
    """Return the case that a contact belongs to, or None."""
    found = CaseContact.objects.select_related("case__person", "case__owner", "case__team")
    of_contact = found.filter(contact=contact_id).first()
    return of_contact.case if of_contact else None


def _by_signed_address(mail: Inbound, at: datetime) -> Iterable[Case]:
    keys = [str(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    addressed = [box.address for box in mail.to + mail.cc + mail.delivered_to]
    answered = answered_mail_in(addressed, keys=keys, at=at)
    if answered is None:
        return []
    return Case.objects.filter(case_contacts__contact__mail=answered)


def _by_ids(mail: Inbound) -> list[Case]:
    """Return the cases of the messages that `mail` answers, the nearest first."""
    ids = [*mail.in_reply_to, *reversed(mail.references)][:MOST_IDS]
    ids += [each.lower() for each in ids]  # some programs write all of it small
    if not ids:
        return []
    linked = CaseContact.objects.filter(
        Q(contact__mail__message_id__in=ids) | Q(contact__message_id__in=ids)
    ).select_related("case", "contact__mail")
    found: dict[str, Case] = {}
    for link in linked:
        posted = getattr(link.contact, "mail", None)
        found[posted.message_id if posted else link.contact.message_id] = link.case
    return [found[each] for each in ids if each in found]


def _by_subject(mail: Inbound) -> list[Case]:
    references = [read_reference(each) for each in references_in(mail.subject)]
    named = [reference for reference in references if reference]
    if not named:
        return []
    found = {case.reference: case for case in Case.objects.filter(reference__in=named)}
    return [found[reference] for reference in named if reference in found]


def _by_what_they_answer(mail: Inbound, at: datetime) -> list[Case]:
    """Return the newest open case of the sender in which the subject was written that they answer.

    For programs that name no message that they answer.
    """
    subject = answered_subject(mail.subject)
    if not subject or mail.sender is None:
        return []
    people = people_reached_by(mail.sender.address).values("pk")
    theirs = (
        CaseContact.objects.filter(case__person__in=people, at__gt=at - SUBJECTS_ANSWERED)
        .select_related("case", "contact")
        .order_by("-at", "-pk")
    )
    same = (each for each in theirs[:_MOST_SUBJECTS] if _is_about(each, subject))
    return [each.case for each in same][:1]


def _is_about(told: CaseContact, subject: str) -> bool:
    return told.case.is_open and bare_subject(told.contact.subject) == subject
