"""An organisation's own history: cases that people filed, many at once."""

from amends.cases.models.case import Case, CaseContact, Issue
from amends.contacts.models import Contact, Words
from tests import make
from tests.learning.examples import examples

HEATING, BILLING = "Heating", "Billing"


def filed(count=220, *, owner=None):
    """Write down `count` cases under two topics, copied from one that was made by the actions."""
    first = make.case(make.contact("A first word.", by=owner), owner=owner)
    link = CaseContact.objects.select_related("contact__words").get(case=first)
    told = examples(count, one=HEATING, other=BILLING)
    contacts = Contact.objects.bulk_create([_copy(link.contact) for _each in told])
    Words.objects.bulk_create(
        [
            _copy(link.contact.words, contact_id=contact.pk, text=one.text)
            for contact, one in zip(contacts, told, strict=True)
        ]
    )
    cases = Case.objects.bulk_create(
        [_copy(first, reference=f"H-{each:010}") for each in range(count)]
    )
    CaseContact.objects.bulk_create(
        [
            _copy(link, case_id=case.pk, contact_id=contact.pk)
            for case, contact in zip(cases, contacts, strict=True)
        ]
    )
    Issue.objects.bulk_create(
        [
            Issue(case=case, statement="It", topic=one.label)
            for case, one in zip(cases, told, strict=True)
        ]
    )
    return first


def _copy(row, **other):
    names = [field.attname for field in row._meta.concrete_fields if not field.primary_key]
    return type(row)(**{name: getattr(row, name) for name in names} | other)
