"""Cases opened by mail of people who begin something new: many of them in few statements.

The rows and the entries of the journal are those that `open_case` and `acknowledge_by_mail` write
for each; a test holds the two together. What differs is that nothing is read of a case that was
written a moment ago.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils import translation
from procrastinate.contrib.django import app
from procrastinate.types import JSONValue

from amends.base.rows import write_rows
from amends.cases.actions.begun import case_told_in, opened
from amends.cases.actions.letters import SUBJECTS
from amends.cases.actions.opening import Opening
from amends.cases.actions.timekeeping import clocks_may_run
from amends.cases.actions.within import count_due, next_references, step_up
from amends.cases.events.handling import CaseAcknowledged, ContactAdded
from amends.cases.models.case import Case, CaseContact, Issue
from amends.cases.queries.letters import (
    answerer_of,
    house_time,
    mailbox_for,
    signature_of,
    written,
)
from amends.cases.queries.links import link_of
from amends.cases.queries.procedures import newest_for
from amends.cases.rules.answering import heard_by
from amends.cases.rules.due import DueFacts, next_due
from amends.cases.rules.kinds import CaseKind
from amends.cases.rules.lifecycle import State
from amends.contacts.actions.mail import Letter, queue_mails
from amends.contacts.actions.recording import Telling, record_contacts
from amends.contacts.models import Contact
from amends.contacts.models.mailboxes import Mailbox
from amends.contacts.queries.addresses import mail_addresses_of
from amends.contacts.rules.kinds import Channel, Direction, MailKind, Source
from amends.journal.actions import record_each
from amends.people.rules.address import greeting
from amends.staff.models import Team
from amends.standards.queries import calendar_for
from amends.standards.rules.calendar import Calendar

FEW = 5
# Stand-ins for what differs from letter to letter: no template holds them, nor anybody's name.
_GREETING, _REFERENCE, _LINK = "\x01greeting\x01", "\x01reference\x01", "\x01link\x01"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fresh:
    """What somebody wrote anew, and the team that gets it. acknowledged: whether we may answer."""

    contact: Contact
    team: Team
    acknowledged: bool


@dataclass(frozen=True, slots=True)
class _Begun:
    """A case not saved yet, with the contact it begins with and where its letter goes, if any."""

    case: Case
    contact: Contact
    address: str


@transaction.atomic
def open_fresh(told: Sequence[Fresh], *, at: datetime) -> list[Case]:
    """Open a case on each contact in `told` and acknowledge it, where it may be; return the cases.

    A customer who cannot be reached by mail gets no acknowledgement.
    """
    calendars = {key: calendar_for(key) for key in {each.team.pk for each in told}}
    begun = _begun(told, at)
    for each in begun:
        if each.address:
            step_up(each.case, State.ACKNOWLEDGED, at=at)
        _count_due(each.case, calendars[each.case.team_id])
    _save(begun)
    record_each([(opened(each.case, each.contact), each.contact.person) for each in begun], at=at)
    _acknowledge([each for each in begun if each.address], calendars, at)
    _start_clocks([each.case for each in begun])
    return [each.case for each in begun]


def _start_clocks(cases: Sequence[Case]) -> None:
    """Let clocks run where any could: of a few at once, of many in a job that follows at once.

    They cost more than all else about a new case, and a burst of mail must not wait for them.
    """
    if not cases or not clocks_may_run():
        return
    if len(cases) > FEW:
        keys: list[JSONValue] = [case.pk for case in cases]
        app.configure_task("cases.count_due_of").defer(cases=keys)
        return
    for case in cases:
        count_due(case)


def _begun(told: Sequence[Fresh], at: datetime) -> list[_Begun]:
    references = next_references(len(told))
    procedures = {kind: newest_for(kind) for kind in {_kind(each.contact) for each in told}}
    addresses = _addresses(told)
    begun = []
    for each, reference in zip(told, references, strict=True):
        opening = Opening(
            kind=_kind(each.contact),
            team=each.team,
            language=each.contact.language,
            as_history=each.contact.as_history,
        )
        procedure = procedures[opening.kind]
        case = case_told_in(each.contact, opening, reference, procedure, at=at)
        address = addresses.get(case.person_id or 0, "") if each.acknowledged else ""
        begun.append(_Begun(case, each.contact, address))
    return begun


def _kind(contact: Contact) -> CaseKind:
    inside = bool(contact.person and contact.person.is_inside)
    return CaseKind.INTERNAL if inside else CaseKind.COMPLAINT


def _addresses(told: Iterable[Fresh]) -> dict[int, str]:
    people = [each.contact.person for each in told if each.acknowledged]
    return mail_addresses_of([person for person in people if person])


def _count_due(case: Case, calendar: Calendar | None) -> None:
    """Say when a case is due of which nothing is known yet but when it came."""
    if case.as_history:
        return
    facts = DueFacts(
        state=State(case.state),
        received_at=case.received_at,
        state_since=case.state_since,
        calendar=calendar,
    )
    moment = next_due(facts)
    case.next_due_at, case.next_due = (moment.at, moment.what) if moment else (None, "")


def _save(begun: Sequence[_Begun]) -> None:
    write_rows(Case, (each.case for each in begun))
    write_rows(Issue, (Issue(case=each.case, statement=each.case.gist) for each in begun))
    write_rows(
        CaseContact,
        (
            CaseContact(case=each.case, contact=each.contact, at=each.contact.started_at)
            for each in begun
        ),
    )


def _acknowledge(
    begun: Sequence[_Begun], calendars: Mapping[int, Calendar | None], at: datetime
) -> None:
    """Write to the customers that their words arrived, who has them, and when they hear more."""
    if not begun:
        return
    letters = _letters(begun, calendars, at)
    contacts = record_contacts(
        [(_as_told(each, letter, at), None) for each, letter in zip(begun, letters, strict=True)],
        at=at,
    )
    write_rows(
        CaseContact,
        (
            CaseContact(case=each.case, contact=contact, at=contact.started_at)
            for each, contact in zip(begun, contacts, strict=True)
        ),
    )
    said = [CaseAcknowledged(case_id=each.case.pk, state=each.case.state) for each in begun]
    added = [
        ContactAdded(case_id=each.case.pk, contact_id=contact.pk, state=each.case.state)
        for each, contact in zip(begun, contacts, strict=True)
    ]
    record_each([(event, None) for event in (*said, *added)], at=at)
    queue_mails(
        [replace(letter, contact=one) for letter, one in zip(letters, contacts, strict=True)],
        by=None,
        at=at,
    )


def _letters(
    begun: Sequence[_Begun], calendars: Mapping[int, Calendar | None], at: datetime
) -> list[Letter]:
    """Return the letters; what is the same for many of them is rendered once."""
    forms: dict[tuple[object, ...], str] = {}
    boxes: dict[tuple[str, int], Mailbox | None] = {}
    letters = []
    for each in begun:
        case = each.case
        alike = (case.language, case.kind, case.team_id, case.received_at)
        with translation.override(case.language):
            if alike not in forms:
                forms[alike] = _form(case, calendars[case.team_id], at)
            letter = _letter(each, forms[alike])
        came = (each.contact.arrival.source if each.contact.arrival else "", case.team_id)
        if came not in boxes:
            boxes[came] = mailbox_for(came[0], team_id=came[1])
        letters.append(replace(letter, mailbox=boxes[came]))
    return letters


def _form(case: Case, calendar: Calendar | None, at: datetime) -> str:
    author = answerer_of(case)
    inside = bool(case.person and case.person.is_inside)
    facts = {
        "greeting": _GREETING,
        "reference": _REFERENCE,
        "link": _LINK,
        "signature": signature_of(author, inside=inside),
        "who": author.name,
        "complains": case.kind == CaseKind.COMPLAINT,
        "by_at": heard_by(house_time(case.received_at), calendar),
    }
    return written(f"cases/mail/{MailKind.ACKNOWLEDGEMENT}.txt", facts, at)


def _letter(begun: _Begun, form: str) -> Letter:
    case, person = begun.case, begun.case.person
    text = form.replace(_GREETING, greeting(person.addressee, case.language) if person else "")
    own_id = begun.contact.message_id
    return Letter(
        kind=MailKind.ACKNOWLEDGEMENT,
        to_address=begun.address,
        to_name=person.name if person else "",
        subject=f"{SUBJECTS[MailKind.ACKNOWLEDGEMENT]} [{case.reference}]",
        text=text.replace(_REFERENCE, case.reference).replace(_LINK, link_of(case)),
        language=case.language,
        author=answerer_of(case),
        references=(own_id,) if own_id else (),
        automatic=True,
    )


def _as_told(begun: _Begun, letter: Letter, at: datetime) -> Telling:
    author = answerer_of(begun.case)
    return Telling(
        channel=Channel.EMAIL,
        direction=Direction.OUT,
        text=letter.text,
        source=Source.WRITTEN,
        started_at=at,
        ended_at=at,
        person=begun.case.person,
        handled_by=author,
        department=author.department,
        subject=letter.subject,
        language=letter.language,
        automatic=True,
    )
