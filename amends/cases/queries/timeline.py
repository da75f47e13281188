"""What happened on a case, merged in order: contacts, notes, promises, events. Newest last."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import (
    BigIntegerField,
    F,
    JSONField,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models import Case as Choice
from django.db.models.functions import Cast, Left, Length, Substr

from amends.base.questions import Question, StandIn
from amends.cases.models.case import Case, CaseContact, CaseNote
from amends.cases.models.promises import Promise
from amends.cases.queries.lines import lines_of, read_lines
from amends.cases.rules.lists import Source, Spot, read_spot, spot_written
from amends.contacts.models import Attachment, MannerShown, Mark, Note, OutgoingMail
from amends.journal.models import Entry
from amends.people.models import Person
from amends.staff.models import Department, Staff

ITEMS = 40
PARTS_AT_ONCE = 10
SHOWN_CHARACTERS = 20_000
_NAMED: dict[str, type[Model]] = {
    "person": Person,
    "speaks_for": Person,
    "handled_by": Staff,
    "department": Department,
}
# A contact and a note stand in the timeline themselves; that they were added is no news.
_NO_NEWS = ("ContactAdded", "NoteAdded", "ReplySent")
_STAFF = "staff:"
_ENDLESS = datetime(9999, 1, 1, tzinfo=UTC)
_ALL = 2**62
# Columns of the contact are told from those of its link to the case by this.
_ITS = "its_"
_COLUMNS = {
    "source": "words__source",
    "read_back_at": "words__read_back_at",
    "sha256": "words__sha256",
} | {
    name: name
    for name in (
        "person_id",
        "handled_by_id",
        "channel",
        "direction",
        "represents",
        "started_at",
        "ended_at",
        "subject",
        "language",
        "mood_start",
        "mood_end",
        "effect",
        "automatic",
        "as_history",
        "sender_name",
        "sender_address",
        "sent_on",
        "arrived_on",
    )
}


@dataclass(frozen=True, slots=True)
class Noted:
    """A note beside the customer's words."""

    pk: int
    text: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that came with a contact."""

    pk: int
    name: str
    media_type: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Marked:
    """A span of the words that tells a fact or a feeling; by nobody if the machine read it so."""

    pk: int
    lane: str
    start: int
    end: int
    marked_by_id: int | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A manner shown, and until when that is remembered."""

    manner: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Posted:
    """The mail that a contact left as."""

    pk: int
    kind: str
    state: str
    to_address: str
    cc: list[str]
    send_at: datetime
    sent_at: datetime | None
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactItem:
    """A moment of truth: what was said, by whom, and how it was.

    contact: its columns by name, and `words`, the beginning of what was said, with the
    `words_length` of the whole.
    """

    spot: Spot
    contact: Mapping[str, Any]
    notes: tuple[Noted, ...]
    attachments: tuple[Attached, ...]
    marks: tuple[Marked, ...]
    manners: tuple[Shown, ...]
    mail: Posted | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteItem:
    """A note for colleagues."""

    spot: Spot
    text: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EventItem:
    """Something that happened to the case. `kind` is the event's name; `by` a colleague's, if any.

    promise: what was promised, where the event is about a promise.
    """

    spot: Spot
    kind: str
    by: str
    facts: Mapping[str, Any]
    promise: str


Item = ContactItem | NoteItem | EventItem


@dataclass(frozen=True, slots=True)
class Timeline:
    """Some items, newest last. `before` names where earlier ones end, if there are any."""

    items: tuple[Item, ...]
    before: str


def timeline_of(case: Case, *, before: str = "") -> Timeline:
    """Return the last 40 things that happened on `case`, or the 40 before the place `before`.

    Takes two statements, whatever the case holds.
    """
    spot = read_spot(before)
    items: list[Item] = [*_contacts(case, spot), *_happenings(case, spot)]
    items.sort(key=lambda item: item.spot)
    shown = items[-ITEMS:]
    earlier = spot_written(shown[0].spot) if len(items) > len(shown) else ""
    return Timeline(tuple(shown), earlier)


def journal_of(case: Case, *, before: str = "", parts: int = PARTS_AT_ONCE) -> Timeline:
    """Return what happened on `case` as one reads it in one go, newest last.

    parts: of how many things of a timeline, 40 each, it is made at most.
    """
    items: tuple[Item, ...] = ()
    for _ in range(parts):
        part = timeline_of(case, before=before)
        items, before = (*part.items, *items), part.before
        if not before:
            break
    return Timeline(items, before)


def _bounds(spot: Spot | None, source: Source) -> dict[str, StandIn]:
    """Return before which moment, or at it before which key, the things of `source` are earlier."""
    if spot is None:
        return {"until": _ENDLESS, "before": 0}
    if source is spot.source:
        return {"until": spot.at, "before": spot.pk}
    return {"until": spot.at, "before": _ALL if source < spot.source else 0}


def _earlier(until: datetime, before: int) -> Q:
    return Q(at__lte=until) & (Q(at__lt=until) | Q(pk__lt=before))


def _contacts(case: Case, spot: Spot | None) -> list[ContactItem]:
    rows = _CONTACTS.answer(case=case.pk, **_bounds(spot, Source.CONTACT))
    return [_contact(dict(zip(_CONTACT_PARTS, row, strict=True))) for row in rows]


def _contact(row: dict[str, Any]) -> ContactItem:
    mails = read_lines(Posted, row.pop("mails_"))
    return ContactItem(
        spot=Spot(row.pop("at"), Source.CONTACT, row.pop("pk")),
        notes=read_lines(Noted, row.pop("notes_")),
        attachments=read_lines(Attached, row.pop("attachments_")),
        marks=read_lines(Marked, row.pop("marks_")),
        manners=read_lines(Shown, row.pop("manners_")),
        mail=mails[0] if mails else None,
        contact={key.removeprefix(_ITS): value for key, value in row.items()},
    )


def _of_contact() -> dict[str, Any]:
    its = {"contact": OuterRef("contact")}
    manners = MannerShown.objects.filter(**its).order_by("pk")
    return {
        "notes_": lines_of(Note.objects.filter(**its).order_by("at"), Noted, by="by__name"),
        "attachments_": lines_of(Attachment.objects.filter(**its).order_by("position"), Attached),
        "marks_": lines_of(Mark.objects.filter(**its).order_by("start"), Marked),
        "manners_": lines_of(manners, Shown),
        "mails_": lines_of(OutgoingMail.objects.filter(**its), Posted),
        f"{_ITS}id": F("contact__pk"),
        f"{_ITS}words": Left("contact__words__text", SHOWN_CHARACTERS),
        f"{_ITS}words_length": Length("contact__words__text"),
        **{f"{_ITS}{name}": F(f"contact__{path}") for name, path in _COLUMNS.items()},
        **{f"{_ITS}{name}": _name_of(name, model) for name, model in _NAMED.items()},
    }


def _name_of(key: str, model: type[Model]) -> Subquery:
    """Return the name behind a key of the contact; as a join it takes ten times as long to plan."""
    named = model._default_manager.filter(  # noqa: SLF001 - the public way to a model's rows
        pk=OuterRef(f"contact__{key}_id")
    )
    return Subquery(named.values("name"))


def _contacts_of(case: int, until: datetime, before: int) -> QuerySet[CaseContact, Any]:
    # One more than is shown tells that there are earlier ones.
    return (
        CaseContact.objects.filter(_earlier(until, before), case=case)
        .order_by("-at", "-pk")
        .annotate(**_of_contact())
        .values_list(*_CONTACT_PARTS)[: ITEMS + 1]
    )


def _happenings(case: Case, spot: Spot | None) -> list[NoteItem | EventItem]:
    notes, events = _bounds(spot, Source.NOTE), _bounds(spot, Source.EVENT)
    rows = _HAPPENINGS.answer(
        case=case.pk,
        subject=f"case:{case.pk}",
        until=events["until"],
        note=notes["before"],
        event=events["before"],
    )
    return [_happening(*row) for row in rows]


def _happening(
    at: datetime, pk: int, kind: str, facts: str, by: str | None, text: str | None
) -> NoteItem | EventItem:
    if not kind:
        return NoteItem(spot=Spot(at, Source.NOTE, pk), text=text or "", by=by or "")
    return EventItem(
        spot=Spot(at, Source.EVENT, pk),
        kind=kind,
        facts=json.loads(facts),
        by=by or "",
        promise=text or "",
    )


def _happened(
    case: int, subject: str, until: datetime, note: int, event: int
) -> QuerySet[Any, Any]:
    """Return notes and events in one statement, alike in their columns."""
    return _events(case, subject, until, event).union(_notes(case, until, note), all=True)


def _notes(case: int, until: datetime, before: int) -> QuerySet[CaseNote, Any]:
    nothing = Cast(Value("{}"), JSONField())
    notes = CaseNote.objects.filter(_earlier(until, before), case=case).order_by("-at", "-pk")
    return notes.values_list("at", "pk", Value(""), nothing, "by__name", "text")[: ITEMS + 1]


def _events(case: int, subject: str, until: datetime, before: int) -> QuerySet[Entry, Any]:
    by_staff = Staff.objects.filter(
        pk=Cast(Substr(OuterRef("by"), len(_STAFF) + 1), BigIntegerField())
    )
    promised = Promise.objects.filter(
        case=case, pk=Cast(OuterRef("facts__promise_id"), BigIntegerField())
    )
    entries = Entry.objects.filter(_earlier(until, before), subject=subject)
    return (
        entries.exclude(kind__in=_NO_NEWS)
        .order_by("-at", "-pk")
        .values_list(
            "at",
            "pk",
            "kind",
            "facts",
            Choice(When(by__startswith=_STAFF, then=Subquery(by_staff.values("name")))),
            Subquery(promised.values("what")),
        )[: ITEMS + 1]
    )


_CONTACT_PARTS = ("at", "pk", *_of_contact())
_UNTIL = datetime(1, 1, 1, tzinfo=UTC)
_CONTACTS = Question(_contacts_of, case=-7_000_001, until=_UNTIL, before=-7_000_002)
_HAPPENINGS = Question(
    _happened,
    case=-7_000_001,
    subject="case:-7000001",
    until=_UNTIL,
    note=-7_000_002,
    event=-7_000_003,
)
