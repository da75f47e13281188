"""My day: what I promised, who waits for me, whom we left on a bad note."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from amends.cases.models.case import CaseContact
from amends.cases.models.colleagues import Handover, HelpRequest
from amends.cases.models.promises import FollowUp
from amends.cases.queries.file import WAITING
from amends.cases.queries.inbox import Row, rows_of
from amends.cases.queries.promises import Kept, PromiseRow, kept_lately, owed_for, promise_rows
from amends.cases.queries.reading import cases_for
from amends.cases.rules.kinds import Next, Verdict
from amends.contacts.models import Contact
from amends.contacts.rules.kinds import Effect
from amends.staff.models import Staff

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
    """What a customer wrote when it was put right."""

    reference: str
    customer: str | None
    words: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """All of My day. promises: due today or late; coming: what would break next, after today."""

    promises: tuple[PromiseRow, ...]
    coming: tuple[PromiseRow, ...]
    waits: tuple[Row, ...]
    handovers: tuple[Waiting, ...]
    calls: tuple[Call, ...]
    bad_notes: tuple[BadNote, ...]
    thanks: tuple[Thanks, ...]
    kept: Kept


def my_day_for(staff: Staff, *, at: datetime) -> Day:
    """Return the day of `staff`; `at` is in the zone of `staff`, where their day ends at midnight.

    Takes eight statements, whatever waits.
    """
    tonight = at.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    mine = owed_for(staff).filter(owner=staff)
    due = cases_for(staff).filter(owner=staff, next_due_at__lt=tonight)
    return Day(
        promises=promise_rows(mine.filter(due_at__lt=tonight), most=MOST),
        coming=promise_rows(mine.filter(due_at__gte=tonight), most=FEW),
        waits=rows_of(due.exclude(next_due__in=_OF_PROMISES), most=MOST),
        handovers=_handovers(staff),
        calls=_calls(staff),
        bad_notes=bad_notes_of(staff, at=at),
        thanks=_thanks(staff, at),
        kept=kept_lately(),
    )


def bad_notes_of(staff: Staff, *, at: datetime) -> tuple[BadNote, ...]:
    """Return the customers whom `staff` left on a bad note in the last 90 days, the newest first.

    The last contact counts, however many good ones there were before. Source: S1-09.
    """
    later = Contact.objects.filter(
        person=OuterRef("person"), ended_at__gt=OuterRef("ended_at"), effect__in=_MENDED
    )
    bad = Contact.objects.filter(
        handled_by=staff, effect=Effect.BAD, person__isnull=False, ended_at__gt=at - REMEMBERED
    ).exclude(Exists(later))
    case = Subquery(
        CaseContact.objects.filter(contact=OuterRef("pk")).values("case__reference")[:1]
    )
    found = bad.order_by("-ended_at").values_list(
        "pk", "person_id", "person__name", "gist", "ended_at", case
    )
    newest: dict[int, BadNote] = {}
    for values in found[:MOST]:
        note = BadNote(*values)
        newest.setdefault(note.person_id, note)
    return tuple(newest.values())


def _handovers(staff: Staff) -> tuple[Waiting, ...]:
    waiting = Handover.objects.filter(taker=staff, **WAITING).order_by("offered_at", "pk")
    columns = ("pk", "case__reference", "case__gist", "giver__name", "summary")
    found = waiting.values_list(*columns, "offered_at", "due_at")[:MOST]
    return tuple(Waiting(*values) for values in found)


def _calls(staff: Staff) -> tuple[Call, ...]:
    waiting = HelpRequest.objects.filter(asked_of=staff, answered_at=None)
    columns = ("pk", "case__reference", "asked_by__name", "text", "asked_at")
    found = waiting.order_by("asked_at", "pk").values_list(*columns)[:MOST]
    return tuple(Call(*values) for values in found)


def _thanks(staff: Staff, at: datetime) -> tuple[Thanks, ...]:
    said = FollowUp.objects.filter(
        case__owner=staff, verdict=Verdict.YES, answered_at__gt=at - LATELY
    ).exclude(words="")
    found: QuerySet[FollowUp, Any] = said.order_by("-answered_at").values_list(
        "case__reference", "case__person__name", "words", "answered_at"
    )
    return tuple(Thanks(*values) for values in found[:FEW])
