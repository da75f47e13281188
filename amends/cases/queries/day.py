"""My day: what I promised, who waits for me, whom we left on a bad note."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from amends.base.questions import Question
from amends.cases.models.case import Case, CaseContact
from amends.cases.models.colleagues import Handover, HelpRequest
from amends.cases.models.deciding import Approval
from amends.cases.models.promises import FollowUp, Promise
from amends.cases.models.thanks import Thanks as PassedOn
from amends.cases.queries.file import WAITING
from amends.cases.queries.inbox import Row
from amends.cases.queries.inbox import first_due as cases_first_due
from amends.cases.queries.lines import lines_of, read_lines
from amends.cases.queries.occasions import Greeting, greetings_lines
from amends.cases.queries.promises import Kept, PromiseRow, kept_lately, owed_not_about
from amends.cases.queries.promises import first_due as promises_first_due
from amends.cases.rules.kinds import Next, Verdict
from amends.contacts.models import Contact
from amends.contacts.rules.kinds import Effect
from amends.people.rules.occasions import greeted_on
from amends.staff.models import Absence, Staff, StaffQuerySet
from amends.staff.queries import StoodInFor
from amends.staff.rules.permissions import Act

MOST = 25
FEW = 5
LATELY = timedelta(days=14)
REMEMBERED = timedelta(days=90)
# These are told by the promise itself.
_OF_PROMISES = [Next.KEEP.value, Next.SAY_SORRY_FIRST.value]
_MENDED = [Effect.GOOD.value, Effect.NEUTRAL.value]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A handover that waits for me, and what it says."""

    pk: int
    reference: str
    gist: str
    giver: str
    summary: str
    offered_at: datetime
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Call:
    """A colleague's call for help; `reference` is None where it is about no case."""

    pk: int
    reference: str | None
    asked_by: str
    text: str
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Approves:
    """What waits for my approval: on which case, who asks, and why.

    due_at: when they are reminded of it; None once that was often enough.
    """

    pk: int
    reference: str
    gist: str
    asked_by: str
    reason: str
    asked_at: datetime
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class BadNote:
    """A customer whom we left on a bad note, and nothing better has happened since."""

    contact_id: int
    person_id: int
    customer: str
    gist: str
    ended_at: datetime
    reference: str | None


@dataclass(frozen=True, slots=True)
class Thanks:
    """What a customer wrote when it was put right, or said of a colleague by name.

    reference: empty for who sees no cases.
    """

    reference: str
    customer: str | None
    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Instead:
    """What is due of a colleague who is away until the day `until`, and for whom I stand in."""

    name: str
    until: date
    promises: tuple[PromiseRow, ...]
    waits: tuple[Row, ...]
    calls: tuple[Call, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """All of My day. promises: due today or late; coming: what would break next, after today.

    instead: for each colleague who is away and for whom I stand in.
    """

    promises: tuple[PromiseRow, ...]
    coming: tuple[PromiseRow, ...]
    waits: tuple[Row, ...]
    handovers: tuple[Waiting, ...]
    calls: tuple[Call, ...]
    approvals: tuple[Approves, ...]
    bad_notes: tuple[BadNote, ...]
    thanks: tuple[Thanks, ...]
    kept: Kept
    instead: tuple[Instead, ...]
    greetings: tuple[Greeting, ...]


def my_day_for(staff: Staff, *, at: datetime) -> Day:
    """Return the day of `staff`; `at` is in the zone of `staff`, where their day ends at midnight.

    Takes five statements, whatever waits, and three more for each for whom they stand in.
    """
    tonight = at.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    seen = staff.may(Act.SEE_CASES)
    promises = _promises(staff, staff.pk, tonight) if seen else []
    waits = _WAITS.answer(staff=staff.pk, owner=staff.pk, tonight=tonight) if seen else []
    today, also = greeted_on(at.date())
    (lists,) = _LISTS.answer(
        staff=staff.pk, lately=at - LATELY, at=at, today=today, also=also, year=at.year
    )
    handovers, calls, approvals, greetings, away, *thanks = lists
    return Day(
        promises=tuple(row for row in promises if row.due_at < tonight),
        coming=tuple(row for row in promises if row.due_at >= tonight),
        waits=tuple(Row(*values) for values in waits),
        handovers=read_lines(Waiting, handovers),
        calls=read_lines(Call, calls),
        approvals=read_lines(Approves, approvals) if staff.may(Act.MAKE_PROMISE) else (),
        bad_notes=bad_notes_of(staff, at=at),
        thanks=_newest(*(read_lines(Thanks, lines) for lines in thanks), seen=seen),
        kept=kept_lately(),
        instead=tuple(_instead(staff, read_lines(StoodInFor, away), tonight)) if seen else (),
        greetings=read_lines(Greeting, greetings) if staff.may(Act.EDIT_CUSTOMER) else (),
    )


def _instead(staff: Staff, absent: Iterable[StoodInFor], tonight: datetime) -> Iterator[Instead]:
    for away in absent:
        promises = _promises(staff, away.pk, tonight)
        waits = _WAITS.answer(staff=staff.pk, owner=away.pk, tonight=tonight)
        calls = _CALLS.answer(staff=staff.pk, asked=away.pk)
        yield Instead(
            name=away.name,
            until=away.until,
            promises=tuple(row for row in promises if row.due_at < tonight),
            waits=tuple(Row(*values) for values in waits),
            calls=tuple(Call(*values) for values in calls),
        )


def _calls(staff: int, asked: int) -> QuerySet[HelpRequest, Any]:
    """Return the calls for help of `asked` that `staff` may read; none in confidence."""
    seen = Q(case=None) | Q(Exists(Case.objects.not_about(staff).filter(pk=OuterRef("case"))))
    calls = HelpRequest.objects.filter(seen, asked_of=asked, answered_at=None, in_confidence=False)
    columns = ("pk", "case__reference", "asked_by__name", "text", "asked_at")
    return calls.order_by("asked_at", "pk").values_list(*columns)[:MOST]


def _newest(*lists: tuple[Thanks, ...], seen: bool) -> tuple[Thanks, ...]:
    found = sorted((one for each in lists for one in each), key=lambda one: one.at, reverse=True)
    return tuple(found[:FEW] if seen else (replace(one, reference="") for one in found[:FEW]))


def _promises(staff: Staff, owner: int, tonight: datetime) -> list[PromiseRow]:
    """Return what `owner` owes and `staff` may read."""
    owed = _OWED.answer(staff=staff.pk, owner=owner, tonight=tonight)
    found = [PromiseRow(*values) for values in owed]
    return sorted(found, key=lambda row: (row.due_at, row.pk))


def _owed(staff: int, owner: int, tonight: datetime) -> QuerySet[Promise, Any]:
    mine = owed_not_about(staff).filter(owner=owner)
    today = promises_first_due(mine.filter(due_at__lt=tonight), most=MOST)
    later = promises_first_due(mine.filter(due_at__gte=tonight), most=FEW)
    return today.union(later, all=True)


def _waits(staff: int, owner: int, tonight: datetime) -> QuerySet[Case, Any]:
    due = Case.objects.not_about(staff).filter(
        owner=owner, next_due_at__lt=tonight, snoozed_until=None
    )
    return cases_first_due(due.exclude(next_due__in=_OF_PROMISES), most=MOST)


def bad_notes_of(staff: Staff, *, at: datetime) -> tuple[BadNote, ...]:
    """Return the customers whom `staff` left on a bad note in the last 90 days, the newest first.

    The last contact counts, however many good ones there were before. Source: S1-09.
    """
    newest: dict[int, BadNote] = {}
    for values in _BAD_NOTES.answer(staff=staff.pk, since=at - REMEMBERED):
        note = BadNote(*values)
        newest.setdefault(note.person_id, note)
    return tuple(newest.values())


def _bad_notes(staff: int, since: datetime) -> QuerySet[Contact, Any]:
    later = Contact.objects.filter(
        person=OuterRef("person"), ended_at__gt=OuterRef("ended_at"), effect__in=_MENDED
    )
    bad = Contact.objects.filter(
        handled_by=staff, effect=Effect.BAD, person__isnull=False, ended_at__gt=since
    ).exclude(Exists(later))
    case = Subquery(
        CaseContact.objects.filter(contact=OuterRef("pk")).values("case__reference")[:1]
    )
    columns = ("pk", "person_id", "person__name", "gist", "ended_at")
    return bad.order_by("-ended_at").values_list(*columns, case)[:MOST]


def _said_yes(lately: datetime) -> QuerySet[FollowUp]:
    """Return what customers of an outer colleague wrote when it was put right."""
    mine = FollowUp.objects.filter(case__owner=OuterRef("pk"), verdict=Verdict.YES)
    return mine.filter(answered_at__gt=lately).exclude(words="")


def _approvals(away: QuerySet[Absence]) -> QuerySet[Approval]:
    """Return what waits for the approval of an outer colleague, or of who is `away`."""
    asked = Q(asked_of=OuterRef("pk")) | Q(deputy=OuterRef("pk"))
    asked |= Q(asked_of__in=away.values("staff"))
    return Approval.objects.filter(asked, answered_at=None)


def _handovers() -> ArraySubquery:
    """Return the subquery of the handovers that wait for an outer colleague."""
    waiting = Handover.objects.filter(taker=OuterRef("pk"), **WAITING)
    return lines_of(
        waiting.order_by("offered_at", "pk")[:MOST],
        Waiting,
        reference="case__reference",
        gist="case__gist",
        giver="giver__name",
    )


def _lists(
    staff: int, lately: datetime, at: datetime, today: int, also: int, year: int
) -> QuerySet[Staff, Any]:
    """Return what waits for `staff`, whom they greet today and who thanked, in one statement."""
    calls = HelpRequest.objects.filter(asked_of=OuterRef("pk"), answered_at=None)
    theirs = Case.objects.not_about(staff).filter(pk=OuterRef("case"))
    by_name = PassedOn.objects.filter(Exists(theirs), to=OuterRef("pk"), at__gt=lately)
    away = Absence.objects.during(at).filter(deputies=staff)
    approvals = _approvals(away).filter(Exists(theirs))
    of_case = {"reference": "case__reference"}
    parts = (
        _handovers(),
        lines_of(
            calls.order_by("asked_at", "pk")[:MOST], Call, **of_case, asked_by="asked_by__name"
        ),
        lines_of(
            approvals.order_by("asked_at", "pk")[:MOST],
            Approves,
            **of_case,
            gist="case__gist",
            asked_by="asked_by__name",
        ),
        greetings_lines(today=today, also=also, year=year),
        lines_of(
            away.order_by("last_on"), StoodInFor, pk="staff", name="staff__name", until="last_on"
        ),
        lines_of(
            _said_yes(lately).order_by("-answered_at")[:FEW],
            Thanks,
            **of_case,
            customer="case__person__name",
            at="answered_at",
        ),
        lines_of(by_name.order_by("-at")[:FEW], Thanks, **of_case, customer="case__person__name"),
    )
    return StaffQuerySet(Staff).filter(pk=staff).values_list(*parts)


_LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)
_OWED = Question(_owed, staff=-7_000_001, owner=-7_000_002, tonight=_LONG_AGO)
_WAITS = Question(_waits, staff=-7_000_001, owner=-7_000_002, tonight=_LONG_AGO)
_CALLS = Question(_calls, staff=-7_000_001, asked=-7_000_002)
_BAD_NOTES = Question(_bad_notes, staff=-7_000_001, since=_LONG_AGO)
_LISTS = Question(
    _lists,
    staff=-7_000_001,
    lately=_LONG_AGO,
    at=datetime(1, 1, 2, tzinfo=UTC),
    today=-30_001,
    also=-30_002,
    year=-30_003,
)
