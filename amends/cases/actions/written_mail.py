"""What people wrote by mail, recorded as contacts of theirs: many in few statements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from amends.contacts.actions.attachments import file_all_attachments
from amends.contacts.actions.recording import Telling, record_contacts
from amends.contacts.models import Arrival, Contact
from amends.contacts.models.mailboxes import Mailbox as OurMailbox
from amends.contacts.queries.addresses import people_by_mail, unreached_of
from amends.contacts.rules.kinds import Channel, Direction, Source
from amends.contacts.rules.messages import Inbound, Mailbox
from amends.contacts.rules.timing import moment_of
from amends.language.tongue import tongue_of
from amends.people.actions.persons import Particulars, add_colleague, add_writers
from amends.people.actions.points import note_reachable
from amends.people.models import Person
from amends.people.rules.points import folded_mail
from amends.staff.models import Staff, StaffQuerySet
from amends.staff.queries import organisation

NOBODY = Mailbox("", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A mail that a person wrote. through: the mailbox of ours that it came through, if we know it.

    passed_on_by: the colleague who forwarded it to us; above: what they said on top of it.
    """

    arrival: Arrival
    mail: Inbound
    through: OurMailbox | None = None
    passed_on_by: Staff | None = None
    above: str = ""

    @property
    def sender(self) -> Mailbox:
        return self.mail.sender or NOBODY


@transaction.atomic
def record_written(mails: Sequence[Written], *, at: datetime) -> list[Contact]:
    """Record each of `mails` with its files as a contact of whoever wrote it; return them in order.

    Who is not known yet is written down. No two of those who are may write from one address.
    """
    tongues = [tongue_of(each.mail.text) for each in mails]
    people = _writers(mails, tongues, at)
    told = [
        (_telling(each, person, tongue, at), person)
        for each, person, tongue in zip(mails, people, tongues, strict=True)
    ]
    contacts = record_contacts(told, at=at)
    for person, address in unreached_of(people):
        note_reachable(person, address=address, at=at)
    files = [each.mail.attachments for each in mails]
    file_all_attachments(list(zip(contacts, files, strict=True)), at=at)
    return contacts


def _telling(written: Written, person: Person, tongue: str, at: datetime) -> Telling:
    mail, arrival = written.mail, written.arrival
    moment = at
    if arrival.as_history:
        moment = moment_of((mail.sent_at, mail.received_at), otherwise=arrival.received_at)
    return Telling(
        channel=Channel.EMAIL,
        direction=Direction.IN,
        text=mail.text,
        source=Source.WRITTEN,
        started_at=moment,
        ended_at=moment,
        person=person,
        handled_by=written.passed_on_by,
        notes=((at, written.above),) if written.above else (),
        subject=mail.subject[:300],
        language=tongue or person.language or _usual_language(written.through),
        automatic=mail.automatic is not None,
        as_history=arrival.as_history,
        arrival=arrival,
        message_id=mail.message_id,
        sender_name=written.sender.name[:300],
        sender_address=written.sender.address,
    )


def _usual_language(through: OurMailbox | None) -> str:
    return through.languages[0] if through and through.languages else organisation().language


def _writers(mails: Sequence[Written], tongues: Sequence[str], at: datetime) -> list[Person]:
    """Return who wrote each of `mails`: somebody we know, or somebody new."""
    addresses = [folded_mail(each.sender.address) for each in mails]
    known = people_by_mail(addresses)
    unknown = {address for address in addresses if address not in known}
    colleagues = StaffQuerySet(Staff).filter(email__in=unknown, is_active=True)
    ours = {each.email: add_colleague(each, by=each, at=at) for each in colleagues}
    strangers = {
        address: (_particulars(each.sender, tongue), each.sender.address)
        for each, tongue, address in zip(mails, tongues, addresses, strict=True)
        if address in unknown and address not in ours
    }
    new = dict(zip(strangers, add_writers(list(strangers.values()), at=at), strict=True))
    return [
        _one_of(known, address, each.sender.name) or ours.get(address) or new[address]
        for each, address in zip(mails, addresses, strict=True)
    ]


def _one_of(known: Mapping[str, Sequence[Person]], address: str, name: str) -> Person | None:
    """Return who of those reached by `address` is called `name`, else the one known longest."""
    people = known.get(address, ())
    named = [each for each in people if each.name.casefold() == name.casefold()]
    return next(iter(named or people), None)


def _particulars(sender: Mailbox, tongue: str) -> Particulars:
    name = sender.name or sender.address.partition("@")[0]
    return Particulars(name=name[:200], language=tongue)
