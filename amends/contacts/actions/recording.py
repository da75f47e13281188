"""Recording a moment of truth."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.base.rows import write_rows
from amends.contacts.events import ContactRecorded
from amends.contacts.models import Arrival, Contact, MannerShown, Note, Words
from amends.contacts.rules.gist import gist_of
from amends.contacts.rules.kinds import Channel, Direction, Effect, Manner, Source, represents
from amends.journal.actions import Actor, record_each
from amends.people.models import Person
from amends.staff.actions.authorise import require
from amends.staff.models import Department, Staff
from amends.staff.rules.permissions import Act

MANNERS_LAST = timedelta(days=90)


class NothingSaid(Refused):
    text = _("Write down what was said, or at least a note about it.")


class EndsBeforeItStarts(Refused):
    text = _("A contact cannot end before it starts.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One contact, before it is recorded.

    text: the words, as they were said; source: where they come from. department: whom the colleague
    belongs to, whom they represent towards colleagues. notes: beside the words, each with its
    moment. moods run from 0 (calm) to 4 (furious).
    """

    channel: Channel
    direction: Direction
    text: str
    source: Source
    started_at: datetime
    ended_at: datetime
    person: Person | None = None
    speaks_for: Person | None = None
    handled_by: Staff | None = None
    department: Department | None = None
    subject: str = ""
    language: str = ""
    mood_start: int | None = None
    mood_end: int | None = None
    effect: Effect = Effect.UNKNOWN
    read_back_at: datetime | None = None
    notes: tuple[tuple[datetime, str], ...] = ()
    manners: tuple[Manner, ...] = ()
    automatic: bool = False
    as_history: bool = False
    arrival: Arrival | None = None
    message_id: str = ""
    sender_name: str = ""
    sender_address: str = ""
    sent_on: date | None = None
    arrived_on: date | None = None


@transaction.atomic
def record_contact(telling: Telling, *, by: Actor | None, at: datetime) -> Contact:
    """Record one moment of truth, seal its words, and return it.

    Raises NotAllowed, NothingSaid, EndsBeforeItStarts.
    """
    return record_contacts([(telling, by)], at=at)[0]


@transaction.atomic
def record_contacts(
    tellings: Sequence[tuple[Telling, Actor | None]], *, at: datetime
) -> list[Contact]:
    """Record moments of truth, each by whoever told it, in few statements; return them in order.

    Raises NotAllowed, NothingSaid, EndsBeforeItStarts.
    """
    for telling, by in tellings:
        _check(telling, by)
    contacts = write_rows(Contact, (_contact(telling, at) for telling, _by in tellings))
    told = [(each, telling, by) for each, (telling, by) in zip(contacts, tellings, strict=True)]
    write_rows(Words, (_words(contact, telling, at) for contact, telling, _by in told))
    for contact, telling, _by in told:
        if telling.handled_by and telling.notes:
            _note(contact, telling.notes, telling.handled_by)
        if telling.handled_by and telling.manners:
            _show_manners(contact, telling.manners, telling.handled_by, at)
    record_each([(_recorded(contact), by) for contact, _telling, by in told], at=at)
    return contacts


def _check(telling: Telling, by: Actor | None) -> None:
    if isinstance(by, Staff):
        require(by, _act_of(telling))
    if not telling.text.strip() and not telling.notes and telling.arrival is None:
        raise NothingSaid
    if telling.ended_at < telling.started_at:
        raise EndsBeforeItStarts


def _words(contact: Contact, telling: Telling, at: datetime) -> Words:
    return Words(
        contact=contact,
        text=telling.text,
        source=telling.source,
        sealed_at=at,
        sha256=hashlib.sha256(telling.text.encode()).hexdigest(),
        read_back_at=telling.read_back_at,
    )


def _recorded(contact: Contact) -> ContactRecorded:
    return ContactRecorded(
        contact_id=contact.pk, channel=contact.channel, direction=contact.direction
    )


def _act_of(telling: Telling) -> Act:
    if telling.as_history:
        return Act.IMPORT
    inside = telling.person is not None and telling.person.is_inside
    return Act.ASK_INSIDE if inside else Act.RECORD_CONTACT


def _contact(telling: Telling, at: datetime) -> Contact:
    inside = bool(telling.person and telling.person.is_inside)
    return Contact(
        channel=telling.channel,
        direction=telling.direction,
        person=telling.person,
        speaks_for=telling.speaks_for,
        handled_by=telling.handled_by,
        represents=represents(inside=inside and telling.department is not None),
        department=telling.department,
        started_at=telling.started_at,
        ended_at=telling.ended_at,
        recorded_at=at,
        subject=telling.subject,
        gist=gist_of(telling.text or telling.subject),
        language=telling.language,
        mood_start=telling.mood_start,
        mood_end=telling.mood_end,
        effect=telling.effect,
        automatic=telling.automatic,
        as_history=telling.as_history,
        arrival=telling.arrival,
        message_id=telling.message_id,
        sender_name=telling.sender_name,
        sender_address=telling.sender_address,
        sent_on=telling.sent_on,
        arrived_on=telling.arrived_on,
    )


def _note(contact: Contact, notes: Iterable[tuple[datetime, str]], by: Staff) -> None:
    Note.objects.bulk_create(Note(contact=contact, text=text, by=by, at=at) for at, text in notes)


def _show_manners(contact: Contact, manners: Iterable[Manner], by: Staff, at: datetime) -> None:
    MannerShown.objects.bulk_create(
        MannerShown(
            contact=contact,
            manner=manner,
            noted_by=by,
            noted_at=at,
            expires_at=at + MANNERS_LAST,
        )
        for manner in dict.fromkeys(manners)
    )
