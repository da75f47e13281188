"""Reading what arrived into contacts and cases.

What a person wrote becomes a contact, on the case it belongs to or on a new one. What a machine
wrote never makes a case, and what cannot be read stays to be looked at, each with its reason.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from amends.cases.actions.letters import acknowledge_by_mail
from amends.cases.actions.linking import link_written_about
from amends.cases.actions.opening import Opening, add_contact, open_case
from amends.cases.actions.returned import note_undelivered
from amends.cases.models.case import Case
from amends.cases.queries.filing import filing_of
from amends.cases.rules.kinds import CaseKind
from amends.contacts.actions.arrivals import Fate, note_fate
from amends.contacts.actions.attachments import file_attachments
from amends.contacts.actions.recording import Telling, record_contact
from amends.contacts.channels.email.arrived import mail_of
from amends.contacts.models import Arrival, Contact, OutgoingMail
from amends.contacts.models.mailboxes import Mailbox as OurMailbox
from amends.contacts.queries.mailboxes import mailbox_of
from amends.contacts.rules.kinds import ArrivalState, Channel, Direction, MailKind, Source
from amends.contacts.rules.messages import Inbound, Mailbox
from amends.contacts.rules.threading import Belonging
from amends.contacts.rules.timing import moment_of
from amends.language.tongue import tongue_of
from amends.people.actions.persons import Particulars, add_colleague, add_person
from amends.people.actions.points import note_reachable
from amends.people.models import Person
from amends.people.queries import people_reached_by
from amends.people.rules.kinds import PointKind
from amends.people.rules.points import folded_mail
from amends.staff.models import Staff, Team
from amends.staff.queries import default_team, organisation

MOST_ACKNOWLEDGED_A_DAY = 3


@transaction.atomic
def take_in(arrivals: Iterable[Arrival], *, at: datetime) -> list[Arrival]:
    """Read `arrivals` that wait, all or none of them, and return them as they now stand.

    One that somebody else took in meanwhile is returned as it is.
    """
    taken = []
    for pk in [arrival.pk for arrival in arrivals]:
        arrival = Arrival.objects.select_for_update(of=("self",)).get(pk=pk)
        if arrival.state == ArrivalState.WAITING:
            arrival = note_fate(arrival, fate=_take(arrival, at), at=at)
        taken.append(arrival)
    return taken


def _take(arrival: Arrival, at: datetime) -> Fate:
    mail = mail_of(arrival)
    filing = filing_of(mail)
    if filing.state is ArrivalState.BOUNCE and not arrival.as_history:
        note_undelivered(mail, at=at)
    if filing.state is ArrivalState.FILED:
        _file(arrival, mail, filing.belonging, at)
    return Fate(
        state=filing.state, reason=filing.reason, sender=str(_sender(mail)), subject=mail.subject
    )


def _sender(mail: Inbound) -> Mailbox:
    return mail.sender or Mailbox("", "")


def _file(arrival: Arrival, mail: Inbound, belonging: Belonging, at: datetime) -> None:
    """Record `mail` as a contact, on the case it joins or on one of its own."""
    tongue = tongue_of(mail.text)
    person = _writer(_sender(mail), tongue, at)
    through = mailbox_of(arrival.source)
    usual = through.languages[0] if through and through.languages else organisation().language
    language = tongue or person.language or usual
    contact = _record(arrival, mail, person, language, at)
    note_reachable(person, address=_sender(mail).address, at=at)
    file_attachments(contact, files=mail.attachments, by=person, at=at)
    if belonging.joins:
        _join(Case.objects.get(pk=belonging.joins), contact, at)
        return
    case = _open(contact, _team(through), language, at)
    if belonging.linked_to:
        link_written_about(case, other=Case.objects.get(pk=belonging.linked_to), by=None, at=at)
    if not arrival.as_history and not _acknowledged_enough(person, at):
        acknowledge_by_mail(case, at=at)


def _join(case: Case, contact: Contact, at: datetime) -> None:
    add_contact(case, contact=contact, by=contact.person, at=at)


def _team(through: OurMailbox | None) -> Team:
    """Return who gets what came through a mailbox of ours: its team, as long as there is one."""
    theirs = through.team if through else None
    return theirs if theirs and theirs.closed_at is None else default_team()


def _open(contact: Contact, team: Team, language: str, at: datetime) -> Case:
    inside = bool(contact.person and contact.person.is_inside)
    opening = Opening(
        kind=CaseKind.INTERNAL if inside else CaseKind.COMPLAINT,
        team=team,
        language=language,
        as_history=contact.as_history,
    )
    return open_case(contact, opening=opening, by=contact.person, at=at)


def _record(
    arrival: Arrival, mail: Inbound, person: Person, language: str, at: datetime
) -> Contact:
    moment = at
    if arrival.as_history:
        moment = moment_of((mail.sent_at, mail.received_at), otherwise=arrival.received_at)
    telling = Telling(
        channel=Channel.EMAIL,
        direction=Direction.IN,
        text=mail.text,
        source=Source.WRITTEN,
        started_at=moment,
        ended_at=moment,
        person=person,
        subject=mail.subject[:300],
        language=language,
        automatic=mail.automatic is not None,
        as_history=arrival.as_history,
        arrival=arrival,
        message_id=mail.message_id,
        sender_name=_sender(mail).name[:300],
        sender_address=_sender(mail).address,
    )
    return record_contact(telling, by=person, at=at)


def _writer(sender: Mailbox, tongue: str, at: datetime) -> Person:
    """Return who writes from the address of `sender`: somebody we know, or somebody new."""
    known = list(people_reached_by(sender.address))
    if known:
        named = [person for person in known if person.name.casefold() == sender.name.casefold()]
        return (named or known)[0]
    colleague = Staff.objects.filter(email=folded_mail(sender.address), is_active=True).first()
    if colleague:
        return add_colleague(colleague, by=colleague, at=at)
    name = sender.name or sender.address.partition("@")[0]
    return add_person(
        Particulars(name=name[:200], language=tongue),
        points=[(PointKind.EMAIL, sender.address)],
        by=None,
        at=at,
    )


def _acknowledged_enough(person: Person, at: datetime) -> bool:
    """Return whether `person` had so many acknowledgements lately that a machine may be answering.

    Two machines that acknowledge each other would never end.
    """
    lately = OutgoingMail.objects.filter(
        contact__person=person,
        kind=MailKind.ACKNOWLEDGEMENT,
        written_at__gt=at - timedelta(days=1),
    )
    return lately.count() >= MOST_ACKNOWLEDGED_A_DAY
