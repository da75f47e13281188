"""The care rail: all that somebody who looks after a case needs to know at a glance."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery

from amends.base.questions import Question
from amends.cases.models.case import Case, CaseContact
from amends.cases.models.deciding import Remedy
from amends.cases.models.promises import Promise
from amends.cases.queries.facts import closing_facts_in, said_yes_at_once
from amends.cases.queries.file import CaseFile, file_of
from amends.cases.queries.lines import lines_of, read_lines
from amends.cases.queries.procedures import procedure_of
from amends.cases.queries.proposing import remedies_to_do
from amends.cases.rules.clocks import ClockFacts, Reading, clocks
from amends.cases.rules.closing import (
    HONEST_ATTEMPTS,
    ClosingFacts,
    Obstacle,
    asks_for_prevention,
    obstacles_to_closing,
)
from amends.cases.rules.disclosure import Matter, may_be_said
from amends.cases.rules.due import Moment
from amends.cases.rules.kinds import CaseKind, CheckLevel, Next, Verdict
from amends.cases.rules.rare import YEAR, Before
from amends.cases.rules.steps import Report, Step, StepFacts, steps
from amends.contacts.models import Contact
from amends.contacts.rules.kinds import Direction
from amends.people.models import ContactPoint, Membership, Person
from amends.staff.models import Staff
from amends.staff.queries import Guidelines, may_give
from amends.staff.rules.authority import Limit, RemedyKind


@dataclass(frozen=True, slots=True)
class Point:
    """One way to reach a customer."""

    kind: str
    value: str
    verified_at: datetime | None
    failed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Met:
    """The last time a customer and we met, on whatever case."""

    pk: int
    channel: str
    direction: str
    ended_at: datetime
    effect: str
    mood_end: int | None
    gist: str


@dataclass(frozen=True, slots=True)
class Belonging:
    """An organisation to which a customer belongs today, and what they are there."""

    pk: int
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Customer:
    """Who the case is for: how to reach them, and first of all how we last met.

    before: how they turned to us before this case; None while nobody knows who they are.
    """

    last: Met | None
    points: tuple[Point, ...]
    belongs: tuple[Belonging, ...] = ()
    before: Before | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Care:
    """What the rail of a case shows, and the forms in it need.

    next: what is next and when, None once the case has ended. level: how sure we are of the
    customer, None if nobody checked; may_be_said: what follows from it. remedies: what was decided
    and nobody began to do, the soonest due first. limits: what the reader may give, by kind.
    """

    next: Moment | None
    clocks: tuple[Reading, ...]
    promises: tuple[Promise, ...]
    remedies: tuple[Remedy, ...]
    steps: tuple[Report, ...]
    obstacles: tuple[Obstacle, ...]
    file: CaseFile
    customer: Customer
    level: CheckLevel | None
    may_be_said: tuple[Matter, ...]
    limits: Mapping[RemedyKind, Limit]
    guidelines: Guidelines


def care_of(case: Case, *, staff: Staff) -> Care:
    """Return what the rail of `case` shows to `staff`."""
    file = file_of(case)
    closing = closing_facts_in(file, case)
    customer = _customer(case)
    remedies = remedies_to_do(case)
    limits, guidelines = may_give(staff)
    levels = {check.person_id: CheckLevel(check.level) for check in reversed(file.identity_checks)}
    level = levels.get(case.person_id) if case.person_id else None
    return Care(
        next=_next(case),
        clocks=clocks(_clock_facts(case, file, remedies)),
        promises=file.promises,
        remedies=remedies,
        steps=steps(_step_facts(case, file, closing, customer, limits)),
        obstacles=obstacles_to_closing(closing),
        file=file,
        customer=customer,
        level=level,
        may_be_said=may_be_said(level),
        limits=limits,
        guidelines=guidelines,
    )


def clocks_of(case: Case) -> tuple[Reading, ...]:
    """Return the clocks of `case`, for a reader who is shown no rail."""
    return clocks(_clock_facts(case, file_of(case), remedies_to_do(case)))


def _next(case: Case) -> Moment | None:
    if case.next_due_at is None:
        return None
    return Moment(Next(case.next_due), case.next_due_at)


def _customer(case: Case) -> Customer:
    """Return how to reach the customer of `case`, where they belong and how we last met.

    In one statement.
    """
    if case.person_id is None:
        return Customer(None, ())
    began = case.received_at
    ((points, met, belongs, *told),) = _REACHED_AND_MET.answer(
        person=case.person_id, case=case.pk, began=began, year=began - YEAR
    )
    last = read_lines(Met, met)
    contacts, in_year, complaints, last_at = told
    return Customer(
        last[0] if last else None,
        read_lines(Point, points),
        read_lines(Belonging, belongs),
        Before(contacts or 0, in_year or 0, complaints or 0, last_at),
    )


def _counted(rows: QuerySet[Any]) -> Subquery:
    """Return how many `rows` one person has, as a subquery of theirs; nothing where none."""
    return Subquery(rows.order_by().values("person").annotate(n_=Count("pk")).values("n_"))


def _reached_and_met(
    person: int, case: int, began: datetime, year: datetime
) -> QuerySet[Person, Any]:
    points = ContactPoint.objects.filter(person=OuterRef("pk")).order_by("kind", "added_at", "pk")
    met = Contact.objects.filter(person=OuterRef("pk"), automatic=False)
    belongs = Membership.objects.filter(member=OuterRef("pk"), until_on=None).order_by("pk")
    organisation = {"pk": "organisation", "name": "organisation__name"}
    here = CaseContact.objects.filter(case=case, contact=OuterRef("pk"))
    earlier = met.filter(~Exists(here), direction=Direction.IN, started_at__lt=began)
    complaints = Case.objects.filter(
        person=OuterRef("pk"), kind=CaseKind.COMPLAINT, received_at__lt=began
    )
    return (
        Person.objects.filter(pk=person)
        .annotate(
            points_=lines_of(points, Point),
            last_=lines_of(met.order_by("-ended_at", "-pk")[:1], Met),
            belongs_=lines_of(belongs, Belonging, **organisation),
            earlier_=_counted(earlier),
            in_year_=_counted(earlier.filter(started_at__gte=year)),
            complaints_=_counted(complaints),
            last_at_=Subquery(earlier.order_by("-started_at").values("started_at")[:1]),
        )
        .values_list(
            "points_", "last_", "belongs_", "earlier_", "in_year_", "complaints_", "last_at_"
        )
    )


_LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)
_REACHED_AND_MET = Question(
    _reached_and_met,
    person=-7_000_001,
    case=-7_000_002,
    began=_LONG_AGO,
    year=_LONG_AGO + timedelta(days=1),
)


def _clock_facts(case: Case, file: CaseFile, remedies: tuple[Remedy, ...]) -> ClockFacts:
    said_yes = [promise.yes_at for promise in file.promises if promise.yes_at]
    on_the_spot = [case.done_at] if case.yes_how and case.done_at else []
    return ClockFacts(
        received_at=case.received_at,
        as_history=case.as_history,
        promised=(
            *(promise.due_at for promise in file.promises if promise.is_open),
            *(remedy.due_at for remedy in remedies if remedy.due_at),
        ),
        need_by=case.need_by,
        done_at=case.done_at,
        answered_at=case.acknowledged_at,
        agreed_at=min([*said_yes, *on_the_spot], default=None),
        calendar=file.calendar,
    )


def _step_facts(
    case: Case,
    file: CaseFile,
    closing: ClosingFacts,
    customer: Customer,
    limits: Mapping[RemedyKind, Limit],
) -> StepFacts:
    made = [promise.made_at for promise in file.promises if promise.replaced_at is None]
    said_yes = [promise.yes_at for promise in file.promises if promise.yes_at]
    asked = [question.asked_at for question in file.follow_ups if question.asked_at]
    at_once = [case.done_at] if case.yes_how and case.done_at else []
    handled = procedure_of(case)
    return StepFacts(
        kind=closing.kind,
        owned_at=case.owned_since,
        knows_limits=bool(limits),
        helper=case.team.duty_owner_id is not None,
        heard_at=file.heard_at,
        apology_at=case.apology_at,
        clarified_at=case.clarified_at or file.read_back_at,
        customer_known=closing.customer_known or closing.tried_to_find,
        reachable=any(point.failed_at is None for point in customer.points)
        or closing.tried_to_find,
        promised_at=max(made, default=None),
        agreed_at=max([*said_yes, *at_once], default=None),
        done_at=case.done_at,
        asked_at=max(asked, default=None),
        heard_back=closing.verdict is not None or closing.attempts >= HONEST_ATTEMPTS,
        put_right=closing.verdict is not Verdict.NO,
        thanked_at=case.thanked_at,
        counted_at=file.cause.counted_at if file.cause else None,
        prevention_asked_for=asks_for_prevention(closing),
        prevention_decided=closing.prevention_decided,
        yes_at_once=said_yes_at_once(file, case),
        replied_at=file.replied_at,
        read_back_at=file.read_back_at,
        asked=handled.steps,
        evidence=handled.evidence,
        passed=frozenset(Step(each.step) for each in file.passed_over),
    )
