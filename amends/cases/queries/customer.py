"""All that a customer and we have to do with each other, for the customer's page."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from amends.cases.models.case import Case, CaseContact
from amends.cases.models.lessons import Lesson
from amends.cases.models.promises import Promise
from amends.cases.queries.belonging import together_with
from amends.cases.queries.lessons import lessons_of
from amends.cases.queries.reading import cases_for
from amends.contacts.models import Contact
from amends.contacts.rules.kinds import Effect, Mood
from amends.people.models import Person
from amends.staff.models import Staff

CONTACTS_SHOWN = 6
CASES_SHOWN = 25
HISTORY_SHOWN = 50
# The mood at the end counts first, then how far it came; of equals the last one is remembered.
_MOOD = Coalesce("mood_end", "mood_start", Value(Mood.ANNOYED.value))
_CAME = Coalesce("mood_start", Value(Mood.CALM.value))
_BEST = (_MOOD.asc(), _CAME.desc(), "-ended_at", "-pk")
_WORST = (_MOOD.desc(), _CAME.asc(), "-ended_at", "-pk")


@dataclass(frozen=True, slots=True)
class Dealings:
    """What is between us: contacts newest first, promises soonest due first, cases open first.

    more_cases, more_contacts: whether there are others besides those. best, worst: the contacts
    that ended best and worst of all; none if all are among the few shown, or nobody judged any.
    lessons: what was learned for the next contact.
    """

    contacts: tuple[Contact, ...]
    more_contacts: bool
    best: Contact | None
    worst: Contact | None
    lessons: tuple[Lesson, ...]
    promises: tuple[Promise, ...]
    cases: tuple[Case, ...]
    more_cases: bool


def dealings_with(person: Person, *, staff: Staff) -> Dealings:
    """Return what `staff` may see of our dealings with `person`, in six statements.

    With an organisation: also with everybody who belongs to it today, in one more.
    """
    people = together_with(person)
    contacts = list(_contacts(people, staff)[: CONTACTS_SHOWN + 1])
    cases = list(
        cases_for(staff)
        .filter(person__in=people)
        .select_related("owner", "person")
        .order_by(F("closed_at").desc(nulls_first=True), "-received_at", "-pk")[: CASES_SHOWN + 1]
    )
    return Dealings(
        contacts=tuple(contacts[:CONTACTS_SHOWN]),
        more_contacts=len(contacts) > CONTACTS_SHOWN,
        best=_contacts(people, staff).filter(effect=Effect.GOOD).order_by(*_BEST).first(),
        worst=_contacts(people, staff).filter(effect=Effect.BAD).order_by(*_WORST).first(),
        lessons=tuple(lessons_of(person)),
        promises=tuple(_promises(people, staff)),
        cases=tuple(cases[:CASES_SHOWN]),
        more_cases=len(cases) > CASES_SHOWN,
    )


def history_with(
    person: Person, *, staff: Staff, before: tuple[datetime, int] | None = None
) -> tuple[list[Contact], bool]:
    """Return a page of the contacts with `person` on every channel, and whether there are more.

    Newest first; before: when the last one of the page before ended, and its key.
    """
    contacts = _contacts(together_with(person), staff)
    if before:
        ended_at, pk = before
        earlier = Q(ended_at__lt=ended_at) | Q(ended_at=ended_at, pk__lt=pk)
        contacts = contacts.filter(earlier, ended_at__lte=ended_at)
    page = list(contacts[: HISTORY_SHOWN + 1])
    return page[:HISTORY_SHOWN], len(page) > HISTORY_SHOWN


def _contacts(people: list[int], staff: Staff) -> QuerySet[Contact]:
    """Return the contacts with `people`, but for those of a case that `staff` may not see.

    Each with the reference of a case it belongs to.
    """
    hidden = CaseContact.objects.filter(contact=OuterRef("pk")).exclude(case__in=cases_for(staff))
    cases = CaseContact.objects.filter(contact=OuterRef("pk")).order_by("pk")
    return (
        Contact.objects.with_people(people)
        .filter(automatic=False)
        .exclude(Exists(hidden))
        .select_related("handled_by", "speaks_for", "person")
        .annotate(reference=Subquery(cases.values("case__reference")[:1]))
        .order_by("-ended_at", "-pk")
    )


def _promises(people: list[int], staff: Staff) -> QuerySet[Promise]:
    """Return what we still owe `people`, soonest due first."""
    visible = cases_for(staff).filter(person__in=people)
    owed = Promise.objects.owed().filter(case__in=visible)
    return owed.select_related("case__person", "owner").order_by("due_at", "pk")
