"""All that a customer and we have to do with each other, for the customer's page."""

from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, QuerySet

from amends.cases.models.case import Case, CaseContact
from amends.cases.models.promises import Promise
from amends.cases.queries.reading import cases_for
from amends.contacts.models import Contact
from amends.people.models import Person
from amends.staff.models import Staff

CONTACTS_SHOWN = 6
CASES_SHOWN = 25


@dataclass(frozen=True, slots=True)
class Dealings:
    """What is between us: contacts newest first, promises soonest due first, cases open first.

    more_cases: whether there are cases besides those.
    """

    contacts: tuple[Contact, ...]
    promises: tuple[Promise, ...]
    cases: tuple[Case, ...]
    more_cases: bool


def dealings_with(person: Person, *, staff: Staff) -> Dealings:
    """Return what `staff` may see of our dealings with `person`, in three statements."""
    cases = list(
        cases_for(staff)
        .filter(person=person)
        .select_related("owner")
        .order_by(F("closed_at").desc(nulls_first=True), "-received_at", "-pk")[: CASES_SHOWN + 1]
    )
    return Dealings(
        contacts=tuple(_contacts(person, staff)[:CONTACTS_SHOWN]),
        promises=tuple(_promises(person, staff)),
        cases=tuple(cases[:CASES_SHOWN]),
        more_cases=len(cases) > CASES_SHOWN,
    )


def _contacts(person: Person, staff: Staff) -> QuerySet[Contact]:
    """Return the contacts with `person`, but for those of a case that `staff` may not see."""
    hidden = CaseContact.objects.filter(contact=OuterRef("pk")).exclude(case__in=cases_for(staff))
    return (
        Contact.objects.with_person(person)
        .filter(automatic=False)
        .exclude(Exists(hidden))
        .select_related("handled_by", "speaks_for")
        .order_by("-ended_at", "-pk")
    )


def _promises(person: Person, staff: Staff) -> QuerySet[Promise]:
    """Return what we still owe `person`, soonest due first."""
    visible = cases_for(staff).filter(person=person)
    owed = Promise.objects.owed().filter(case__in=visible)
    return owed.select_related("case", "owner").order_by("due_at", "pk")
