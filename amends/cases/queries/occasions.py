"""Whom a colleague greets today: with the customer's consent, and never over an open complaint."""

from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BigIntegerField, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from amends.cases.models.case import Case
from amends.cases.queries.lines import lines_of
from amends.cases.rules.kinds import CaseKind
from amends.people.models import Occasion, Person
from amends.people.queries import people_for
from amends.people.rules.occasions import parts
from amends.staff.models import Staff


@dataclass(frozen=True, slots=True)
class Greeting:
    """A customer whose day it is, and what is greeted."""

    pk: int
    person_id: int
    customer: str
    kind: str
    what: str


@dataclass(frozen=True, slots=True)
class Kept:
    """An occasion as the customer's page shows it; `day` stands in a leap year, for its words."""

    row: Occasion
    day: date
    greeted: bool


def greetings_lines(*, today: int, also: int, year: int) -> ArraySubquery:
    """Return the subquery of whom a colleague, the outer row, greets today.

    Who owns the customer's last case greets them; else its team's duty owner; without any case, who
    wrote the occasion down. today, also: as `greeted_on` returns them.
    """
    last = Case.objects.filter(person=OuterRef("person")).order_by("-received_at", "-pk")
    greeter = Coalesce(
        Subquery(last.values("owner")[:1]),
        Subquery(last.values("team__duty_owner")[:1]),
        F("recorded_by"),
        output_field=BigIntegerField(),
    )
    complaint = Case.objects.open().filter(person=OuterRef("person"), kind=CaseKind.COMPLAINT)
    wanted = {"person__merged_into": None, "person__died_noted_at": None}
    due = (
        Occasion.objects.filter(Q(of_year=today) | Q(of_year=also), **wanted)
        .filter(Q(greeted_year=None) | Q(greeted_year__lt=year), person__wants_no_gestures=False)
        .annotate(greeter=greeter)
        .filter(~Exists(complaint), greeter=OuterRef("pk"))
        .order_by("person__sorts_as", "pk")
    )
    return lines_of(due, Greeting, customer="person__name")


def occasions_of(person: Person, *, today: date) -> list[Kept]:
    """Return the occasions of `person` in the order of the year."""
    rows = person.occasions.select_related("recorded_by").order_by("of_year", "pk")
    return [
        Kept(row, date(2000, *parts(row.of_year)), row.greeted_year == today.year) for row in rows
    ]


def occasion_for(staff: Staff, pk: int) -> Occasion:
    """Return one occasion of a customer.

    Raises Occasion.DoesNotExist.
    """
    return Occasion.objects.select_related("person").get(pk=pk, person__in=people_for(staff))
