"""What was learned from earlier contacts and still comes up."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Now

from amends.cases.models.case import Case, Issue
from amends.cases.models.lessons import Lesson
from amends.people.models import Person
from amends.people.queries import people_for
from amends.staff.models import Staff
from amends.staff.rules.permissions import Act

LESSONS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Learned:
    """A lesson as a case shows it. topic: empty if it is about the customer."""

    pk: int
    text: str
    topic: str
    by: str
    at: datetime


def lessons_of(person: Person) -> QuerySet[Lesson]:
    """Return what was learned with `person` and still comes up, the newest first."""
    return _alive().filter(person=person).select_related("by").order_by("-at", "-pk")


def lesson_for(staff: Staff, pk: int) -> Lesson:
    """Return one lesson that `staff` may see.

    Raises Lesson.DoesNotExist.
    """
    seen = Q(person__in=people_for(staff))
    if staff.may(Act.SEE_CASES):
        seen |= Q(person=None)
    return _alive().filter(seen).get(pk=pk)


def lessons_on_case() -> QuerySet[Lesson]:
    """Return what comes up on a case: of its customer, and on what is complained of in it.

    For a subquery of the case's own row.
    """
    topics = Issue.objects.filter(case=OuterRef(OuterRef("pk")), topic=OuterRef("topic"))
    about = Q(person=OuterRef("person")) | (~Q(topic="") & Exists(topics))
    return _alive().filter(about).order_by("-at", "-pk")[:LESSONS_SHOWN]


def topics_of(case: Case) -> list[str]:
    """Return the topics of what is complained of in `case`, in order, each once."""
    rows = case.issues.exclude(topic="").order_by("pk").values_list("topic", flat=True)
    return list(dict.fromkeys(rows))


def lessons_to_forget(at: datetime) -> QuerySet[Lesson]:
    """Return the lessons whose time is over."""
    return Lesson.objects.filter(expires_at__lte=at).order_by("expires_at", "pk")


def _alive() -> QuerySet[Lesson]:
    return Lesson.objects.filter(retired_at=None, expires_at__gt=Now())
