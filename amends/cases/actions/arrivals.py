"""Reading what arrived into contacts and cases.

What a person wrote becomes a contact, on the case it belongs to or on a new one. What a machine
wrote never makes a case, and what cannot be read stays to be looked at, each with its reason.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from amends.cases.actions.by_colleagues import take_in_colleagues
from amends.cases.actions.letters import acknowledge_by_mail
from amends.cases.actions.linking import link_written_about
from amends.cases.actions.opening import Opening, add_contact, open_case
from amends.cases.actions.returned import note_undelivered
from amends.cases.models.case import Case
from amends.cases.queries.filing import Filing, filing_of
from amends.cases.queries.machines import may_be_a_machine
from amends.cases.rules.kinds import CaseKind
from amends.contacts.actions.arrivals import Fate, note_fate
from amends.contacts.actions.attachments import file_attachments
from amends.contacts.actions.recording import Telling, record_contact
from amends.contacts.channels.email.arrived import mail_of
from amends.contacts.models import Arrival, Contact
from amends.contacts.models.mailboxes import Mailbox as OurMailbox
from amends.contacts.queries.mailboxes import mailbox_of
from amends.contacts.rules.kinds import ArrivalState, Channel, Direction, Source
from amends.contacts.rules.likeness import likeness_of
from amends.contacts.rules.messages import Inbound, Mailbox
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
    filing = filing_of(mail, at=at)
    if filing.state is ArrivalState.BOUNCE and not arrival.as_history:
        note_undelivered(mail, at=at)
    if filing.state is ArrivalState.FILED:
        _file(arrival, mail, filing, at)
    return Fate(
        state=filing.state,
        reason=filing.reason,
        sender=str(_sender(mail)),
        subject=mail.subject,
        likeness=likeness_of(mail.subject, mail.text),
    )


def _sender(mail: Inbound) -> Mailbox:
    return mail.sender or Mailbox("", "")


def _file(arrival: Arrival, mail: Inbound, filing: Filing, at: datetime) -> None:
    """Record `mail`, or what it passes on, on the case it joins or on one of its own."""
    belonging, colleague = filing.belonging, filing.colleague
    if colleague and belonging.joins and not filing.passed_on:
        case = Case.objects.get(pk=belonging.joins)
        take_in_colleagues(case, mail=mail, arrival=arrival, by=colleague, at=at)
        return
    mail = filing.passed_on.mail if filing.passed_on else mail
    through = mailbox_of(arrival.source)
    contact = _contact(arrival, mail, through, filing, at)
    if belonging.joins:
        _join(Case.objects.get(pk=belonging.joins), contact, at)
        return
    case = _open(contact, _team(through), at)
    if belonging.linked_to:
        link_written_about(case, other=Case.objects.get(pk=belonging.linked_to), by=None, at=at)
    likeness = likeness_of(mail.subject, mail.text)
    if not (arrival.as_history or may_be_a_machine(case.person_id or 0, likeness, at=at)):
        acknowledge_by_mail(case, at=at)


def _contact(
    arrival: Arrival, mail: Inbound, through: OurMailbox | None, filing: Filing, at: datetime
) -> Contact:
    """Record `mail` with its files as a contact of whoever wrote it, and return it."""
    tongue = tongue_of(mail.text)
    person = _writer(_sender(mail), tongue, at)
    usual = through.languages[0] if through and through.languages else organisation().language
    language = tongue or person.language or usual
    contact = _record(arrival, mail, person, language, filing, at)
    note_reachable(person, address=_sender(mail).address, at=at)
    file_attachments(contact, files=mail.attachments, by=person, at=at)
    return contact


def _join(case: Case, contact: Contact, at: datetime) -> None:
    add_contact(case, contact=contact, by=contact.person, at=at)


def _team(through: OurMailbox | None) -> Team:
    """Return who gets what came through a mailbox of ours: its team, as long as there is one."""
    theirs = through.team if through else None
    return theirs if theirs and theirs.closed_at is None else default_team()


def _open(contact: Contact, team: Team, at: datetime) -> Case:
    inside = bool(contact.person and contact.person.is_inside)
    opening = Opening(
        kind=CaseKind.INTERNAL if inside else CaseKind.COMPLAINT,
        team=team,
        language=contact.language,
        as_history=contact.as_history,
    )
    return open_case(contact, opening=opening, by=contact.person, at=at)


def _record(
    arrival: Arrival,
    mail: Inbound,
    person: Person,
    language: str,
    filing: Filing,
    at: datetime,
) -> Contact:
    moment, above = at, filing.passed_on.above if filing.passed_on else ""
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
        handled_by=filing.colleague,
        notes=((at, above),) if above else (),
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
