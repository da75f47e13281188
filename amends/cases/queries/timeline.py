"""What happened on a case, merged in order: contacts, notes, promises, events. Newest last."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BigIntegerField, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models import Case as Choice
from django.db.models.functions import Cast, Left, Length, Substr

from amends.cases.models.case import Case, CaseContact, CaseNote
from amends.cases.models.promises import Promise
from amends.cases.queries.lines import lines_of, read_lines
from amends.cases.rules.lists import Source, Spot, read_spot, spot_written
from amends.contacts.models import Attachment, MannerShown, Mark, Note, OutgoingMail
from amends.journal.models import Entry
from amends.staff.models import Staff

ITEMS = 40
SHOWN_CHARACTERS = 20_000
# A contact and a note stand in the timeline themselves; that they were added is no news.
_NO_NEWS = ("ContactAdded", "NoteAdded", "ReplySent")
_STAFF = "staff:"
# Columns of the contact are told from those of its link to the case by this.
_ITS = "its_"


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
    """A span of the words that tells a fact or a feeling."""

    pk: int
    lane: str
    start: int
    end: int


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


_OF_CONTACT = {
    f"{_ITS}{name}": F(f"contact__{path}")
    for name, path in {
        "id": "pk",
        "channel": "channel",
        "direction": "direction",
        "person_id": "person_id",
        "person": "person__name",
        "speaks_for": "speaks_for__name",
        "handled_by_id": "handled_by_id",
        "handled_by": "handled_by__name",
        "represents": "represents",
        "department": "department__name",
        "started_at": "started_at",
        "ended_at": "ended_at",
        "subject": "subject",
        "language": "language",
        "mood_start": "mood_start",
        "mood_end": "mood_end",
        "effect": "effect",
        "automatic": "automatic",
        "as_history": "as_history",
        "sender_name": "sender_name",
        "sender_address": "sender_address",
        "sent_on": "sent_on",
        "arrived_on": "arrived_on",
        "source": "words__source",
        "read_back_at": "words__read_back_at",
        "sha256": "words__sha256",
    }.items()
} | {
    f"{_ITS}words": Left("contact__words__text", SHOWN_CHARACTERS),
    f"{_ITS}words_length": Length("contact__words__text"),
}


def timeline_of(case: Case, *, before: str = "") -> Timeline:
    """Return the last 40 things that happened on `case`, or the 40 before the place `before`.

    Takes three statements, whatever the case holds.
    """
    spot = read_spot(before)
    items: list[Item] = [
        *_contacts(case, spot),
        *_notes(case, spot),
        *_events(case, spot),
    ]
    items.sort(key=lambda item: item.spot)
    shown = items[-ITEMS:]
    earlier = spot_written(shown[0].spot) if len(items) > len(shown) else ""
    return Timeline(tuple(shown), earlier)


def _earlier(spot: Spot | None, source: Source) -> Q:
    """Return what of one source stands before `spot`."""
    if spot is None:
        return Q()
    if source < spot.source:
        return Q(at__lte=spot.at)
    if source > spot.source:
        return Q(at__lt=spot.at)
    return Q(at__lte=spot.at) & (Q(at__lt=spot.at) | Q(pk__lt=spot.pk))


def _contacts(case: Case, spot: Spot | None) -> list[ContactItem]:
    of_contact = {"contact": OuterRef("contact")}
    asked_for: dict[str, Any] = {
        "notes": lines_of(Note.objects.filter(**of_contact).order_by("at"), Noted, by="by__name"),
        "attachments": lines_of(
            Attachment.objects.filter(**of_contact).order_by("position"), Attached
        ),
        "marks": lines_of(Mark.objects.filter(**of_contact).order_by("start"), Marked),
        "manners": lines_of(MannerShown.objects.filter(**of_contact).order_by("pk"), Shown),
        "mails": lines_of(OutgoingMail.objects.filter(**of_contact), Posted),
    }
    links = CaseContact.objects.filter(_earlier(spot, Source.CONTACT), case=case)
    # One link more than is shown tells that there are earlier ones.
    found = links.order_by("-at", "-pk").values("at", "pk", **_OF_CONTACT, **asked_for)
    return [_contact(dict(row)) for row in found[: ITEMS + 1]]


def _contact(row: dict[str, Any]) -> ContactItem:
    mails = read_lines(Posted, row.pop("mails"))
    return ContactItem(
        spot=Spot(row.pop("at"), Source.CONTACT, row.pop("pk")),
        notes=read_lines(Noted, row.pop("notes")),
        attachments=read_lines(Attached, row.pop("attachments")),
        marks=read_lines(Marked, row.pop("marks")),
        manners=read_lines(Shown, row.pop("manners")),
        mail=mails[0] if mails else None,
        contact={key.removeprefix(_ITS): value for key, value in row.items()},
    )


def _notes(case: Case, spot: Spot | None) -> list[NoteItem]:
    notes = CaseNote.objects.filter(_earlier(spot, Source.NOTE), case=case)
    found = notes.order_by("-at", "-pk").values_list("at", "pk", "text", "by__name")
    return [
        NoteItem(spot=Spot(at, Source.NOTE, pk), text=text, by=by)
        for at, pk, text, by in found[: ITEMS + 1]
    ]


def _events(case: Case, spot: Spot | None) -> list[EventItem]:
    by_staff = Staff.objects.filter(
        pk=Cast(Substr(OuterRef("by"), len(_STAFF) + 1), BigIntegerField())
    )
    promised = Promise.objects.filter(
        case=case, pk=Cast(OuterRef("facts__promise_id"), BigIntegerField())
    )
    entries: QuerySet[Entry, Any] = (
        Entry.objects.filter(_earlier(spot, Source.EVENT), subject=f"case:{case.pk}")
        .exclude(kind__in=_NO_NEWS)
        .order_by("-at", "-pk")
        .values_list(
            "at",
            "pk",
            "kind",
            "facts",
            Choice(When(by__startswith=_STAFF, then=Subquery(by_staff.values("name")))),
            Subquery(promised.values("what")),
        )
    )
    return [
        EventItem(
            spot=Spot(at, Source.EVENT, pk),
            kind=kind,
            facts=facts,
            by=by or "",
            promise=promise or "",
        )
        for at, pk, kind, facts, by, promise in entries[: ITEMS + 1]
    ]
