"""What a sheet asks: who calls, what is open for them, and what became of the sheet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from amends.cases.models.case import Case
from amends.cases.models.lessons import Lesson
from amends.cases.models.sheets import TakenDown
from amends.cases.queries.lessons import lessons_of
from amends.cases.queries.reading import cases_for
from amends.cases.rules.reference import read_reference
from amends.contacts.models import Contact, Mark
from amends.contacts.models.drafting import Draft
from amends.contacts.rules.kinds import DraftKind
from amends.people.models import Person
from amends.people.queries import person_for
from amends.staff.models import Staff

_MOST = 5


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody one speaks with: the last contact first, then the cases that are open for them.

    lessons: what was learned with them before. is_first: nothing was ever told by them or for them.
    """

    person: Person
    last: Contact | None
    open: Sequence[Case]
    lessons: Sequence[Lesson]
    is_first: bool


def caller_for(staff: Staff, pk: int) -> Caller:
    """Return one customer with what to know before one goes on.

    Raises Person.DoesNotExist.
    """
    person = person_for(staff, pk)
    contacts = Contact.objects.filter(person=person, automatic=False).order_by("-ended_at", "-pk")
    cases = cases_for(staff).filter(person=person).order_by("next_due_at", "pk")
    last, unfinished = contacts.first(), list(cases.open()[:_MOST])
    is_first = not (last or unfinished or cases.exists())
    return Caller(person, last, unfinished, list(lessons_of(person)[:_MOST]), is_first)


def case_meant_by(staff: Staff, text: str) -> Case | None:
    """Return the case whose reference `text` is, however it was typed, if `staff` may see it."""
    reference = read_reference(text)
    if reference is None:
        return None
    return cases_for(staff).select_related("person").filter(reference=reference).first()


def taken_down_by(staff: Staff, key: str) -> TakenDown | None:
    """Return what became of one sheet of `staff`; None while it was not taken down."""
    return (
        TakenDown.objects.filter(staff=staff, key=key)
        .select_related("case__person", "contact__words", "contact__person", "promise__owner")
        .first()
    )


@dataclass(frozen=True, slots=True)
class Served:
    """For whom somebody was put aside. contact: what was taken down of them; None if nothing yet.

    nobody: whether nobody else came in between.
    """

    contact: int | None
    nobody: bool


def for_whom(staff: Staff, *, since: datetime) -> Served:
    """Return for whom `staff` put aside what they were at `since`; the sheet itself is gone."""
    taken = TakenDown.objects.filter(staff=staff, at__gte=since).order_by("at", "pk")
    contact = taken.values_list("contact", flat=True).first()
    begun = Draft.objects.filter(staff=staff, kind=DraftKind.SHEET, saved_at__gte=since)
    return Served(contact, nobody=contact is None and not begun.exists())


def marks_of(contact: Contact) -> QuerySet[Mark]:
    """Return the facts and feelings marked in the words of `contact`, in order."""
    return Mark.objects.filter(contact=contact).order_by("start", "pk")
