"""Letters to a customer, in the customer's language, from a named author.

Each is a moment of truth: it is committed as a contact of the case together with the mail, in the
transaction of whatever made it necessary. A customer who cannot be reached by mail gets none, and
the function returns None: what is next on the case does not hang on a letter.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from django.db import transaction
from django.utils import translation
from django.utils.functional import Promise as Words
from django.utils.translation import gettext_lazy as _

from amends.base.text import said_in
from amends.cases.actions.opening import add_contact
from amends.cases.actions.within import locked, settle, step_up
from amends.cases.events.handling import CaseAcknowledged
from amends.cases.models.case import Case
from amends.cases.models.promises import FollowUp, Promise
from amends.cases.queries.letters import (
    answerer_of,
    house_time,
    mailbox_of_case,
    signature_of,
    thread_of,
    written,
)
from amends.cases.queries.links import link_of
from amends.cases.rules.answering import heard_by
from amends.cases.rules.kinds import CaseKind, Verdict
from amends.cases.rules.lifecycle import State
from amends.contacts.actions.attachments import Upload, attach_files
from amends.contacts.actions.mail import Letter, NoAddress, queue_mail
from amends.contacts.actions.recording import Telling, record_contact
from amends.contacts.models import Contact, OutgoingMail
from amends.contacts.models.mailboxes import Mailbox
from amends.contacts.rules.kinds import Channel, Direction, MailKind, Source
from amends.journal.actions import Actor, record
from amends.people.models import Person
from amends.people.queries import mail_address_of
from amends.people.rules.address import greeting
from amends.staff.models import Staff
from amends.staff.queries import default_team, organisation
from amends.standards.queries import calendar_for

SUBJECTS: Mapping[MailKind, Words] = {
    MailKind.REPLY: _("About what you told us"),
    MailKind.ACKNOWLEDGEMENT: _("We have what you told us"),
    MailKind.PROMISE_SLIP: _("What we promise you"),
    MailKind.PROMISE_BROKEN: _("We did not do what we promised"),
    MailKind.PUT_RIGHT: _("Is it put right?"),
    MailKind.THANKS: _("Thank you for telling us"),
    MailKind.NOTICE: _("The page of your case"),
}


class Told(StrEnum):
    """What a customer is told of the way of their case; each has its text in `cases/mail/told/`."""

    FORWARDED = "forwarded"
    OUT_OF_SCOPE = "out-of-scope"
    REVIEW_ASKED = "review-asked"
    REVIEW_FINISHED = "review-finished"
    READ_BACK = "read-back"
    TERM_EXTENDED = "term-extended"
    SUMMARY = "summary"


@transaction.atomic
def acknowledge_by_mail(case: Case, *, at: datetime) -> OutgoingMail | None:
    """Tell the customer that their words arrived, who has them and when they hear what we will do.

    It goes out by itself, and takes a case that nobody has answered yet one step on. Any other
    case is left as it is.
    """
    case = locked(case)
    if case.state != State.RECEIVED or case.as_history or not mail_address_of(case.person):
        return None
    step_up(case, State.ACKNOWLEDGED, at=at)
    settle(case)
    record(CaseAcknowledged(case_id=case.pk, state=case.state), by=None, at=at)
    facts = {
        "who": answerer_of(case).name,
        "complains": case.kind == CaseKind.COMPLAINT,
        "by_at": heard_by(house_time(case.received_at), calendar_for(case.team_id)),
    }
    return _send(case, MailKind.ACKNOWLEDGEMENT, facts, by=None, at=at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a colleague writes to a customer, in the customer's language.

    to: an address of theirs; empty for the one they are written to. next_step, next_at: what
    happens next and by when, told at the end. held_for: how long it can be undone. cc, bcc: who
    gets it too; strangers_are_meant: also people who have no part in the case.
    """

    text: str
    subject: str = ""
    to: str = ""
    next_step: str = ""
    next_at: datetime | None = None
    held_for: timedelta = timedelta(0)
    cc: tuple[str, ...] = ()
    bcc: tuple[str, ...] = ()
    strangers_are_meant: bool = False
    files: tuple[Upload, ...] = ()


@transaction.atomic
def send_reply(case: Case, *, reply: Reply, by: Staff, at: datetime) -> OutgoingMail:
    """Write `reply` as a contact of `case` and as a mail that leaves when it is held no longer.

    Raises NoAddress, TooManyFiles, FileTooLarge, FileEmpty, KindNotAccepted.
    """
    person = case.person
    mailbox = mailbox_of_case(case)
    with translation.override(case.language):
        facts = {
            "text": reply.text.strip(),
            "below": _signature_of(mailbox, case),
            "next_step": reply.next_step.strip().removesuffix(".") if reply.next_at else "",
            "next_at": reply.next_at,
            "link": link_of(case),
            "signature": signature_of(by, inside=bool(person and person.is_inside)),
        }
        letter = Letter(
            kind=MailKind.REPLY,
            to_address=reply.to or mail_address_of(case.person),
            to_name=person.name if person else "",
            subject=_with_reference(reply.subject or str(SUBJECTS[MailKind.REPLY]), case),
            text=written("cases/mail/reply.txt", facts, at),
            language=case.language,
            references=thread_of(case),
            held_for=reply.held_for,
            mailbox=mailbox,
            cc=reply.cc,
            bcc=reply.bcc,
            author=by,
        )
    if not letter.to_address:
        raise NoAddress
    contact = _as_contact(case, letter, by, by, at)
    attach_files(contact, uploads=reply.files, by=by, at=at)
    return queue_mail(replace(letter, contact=contact), by=by, at=at)


@transaction.atomic
def tell_customer(
    case: Case, *, told: Told, facts: Mapping[str, object], by: Staff, at: datetime
) -> OutgoingMail:
    """Write to the customer, in their language, what became of their case; return the mail.

    Raises NoAddress.
    """
    person = case.person
    with translation.override(case.language):
        house = organisation()
        around = {
            "case": case,
            "greeting": greeting(person.addressee, case.language) if person else "",
            "outside": said_in(case.language, house.outside_body, house=house.language),
        }
        text = written(f"cases/mail/told/{told}.txt", {**around, **facts}, at)
    return send_reply(case, reply=Reply(text=text), by=by, at=at)


@transaction.atomic
def send_slip(promise: Promise, *, by: Staff, at: datetime) -> OutgoingMail | None:
    """Send the customer the slip of `promise` and return the mail."""
    facts = {"promise": promise}
    mail = _send(promise.case, MailKind.PROMISE_SLIP, facts, by=by, at=at)
    if mail:
        Promise.objects.filter(pk=promise.pk, told_at=None).update(told_at=at)
    return mail


@transaction.atomic
def send_apology_for_broken(promise: Promise, *, by: Staff, at: datetime) -> OutgoingMail | None:
    """Say first, before anything else, that we did not keep `promise`; return the mail.

    The promise agreed instead, where there is one, stands in the same letter as its slip.
    """
    facts = {"promise": promise, "anew": promise.replaced_by}
    mail = _send(promise.case, MailKind.PROMISE_BROKEN, facts, by=by, at=at)
    if mail and promise.replaced_by:
        Promise.objects.filter(pk=promise.replaced_by.pk, told_at=None).update(told_at=at)
    return mail


@transaction.atomic
def send_question(follow_up: FollowUp, *, at: datetime) -> OutgoingMail | None:
    """Ask by mail whether it is put right, and return the mail."""
    facts = {"promise": follow_up.promise, "asked_at": follow_up.asked_at}
    return _send(follow_up.case, MailKind.PUT_RIGHT, facts, by=None, at=at)


@transaction.atomic
def send_thanks(case: Case, *, by: Actor | None, at: datetime) -> OutgoingMail | None:
    """Thank the customer for telling us, now that `case` is closed, and return the mail."""
    facts = {"put_right": case.verdict == Verdict.YES, "unheard": case.verdict == Verdict.NO_ANSWER}
    return _send(case, MailKind.THANKS, facts, by=by, at=at)


@transaction.atomic
def send_page(case: Case, *, by: Actor | None, at: datetime) -> OutgoingMail | None:
    """Send the customer the address of the page of `case`, and return the mail."""
    return _send(case, MailKind.NOTICE, {}, by=by, at=at)


@transaction.atomic
def send_list(person: Person, *, link: str, at: datetime) -> OutgoingMail:
    """Send `person` the address of all their cases, at the address that we write to; return it.

    Raises NoAddress.
    """
    language = person.language or organisation().language
    with translation.override(language):
        facts = {
            "greeting": greeting(person.addressee, language),
            "link": link,
            "signature": signature_of(default_team().duty_owner, inside=person.is_inside),
        }
        letter = Letter(
            kind=MailKind.NOTICE,
            to_address=mail_address_of(person),
            to_name=person.name,
            subject=str(_("All your cases")),
            text=written("cases/mail/own-cases.txt", facts, at),
            language=language,
            automatic=True,
        )
    return queue_mail(letter, by=person, at=at)


def _send(
    case: Case, kind: MailKind, facts: Mapping[str, object], *, by: Actor | None, at: datetime
) -> OutgoingMail | None:
    """Write a letter about `case`, as a contact of it and as a mail; None if nobody gets it.

    What no colleague sent is automatic, and signed by who answers for the case.
    """
    address = mail_address_of(case.person)
    if not address:
        return None
    author = by if isinstance(by, Staff) else answerer_of(case)
    letter = replace(_composed(case, kind, author, facts, at), mailbox=mailbox_of_case(case))
    contact = _as_contact(case, letter, author, by, at)
    letter = replace(
        letter,
        to_address=address,
        contact=contact,
        author=author,
        automatic=contact.automatic,
    )
    return queue_mail(letter, by=by, at=at)


def _composed(
    case: Case, kind: MailKind, author: Staff, facts: Mapping[str, object], at: datetime
) -> Letter:
    person = case.person
    with translation.override(case.language):
        around = {
            "greeting": greeting(person.addressee, case.language) if person else "",
            "signature": signature_of(author, inside=bool(person and person.is_inside)),
            "reference": case.reference,
            "link": link_of(case),
        }
        return Letter(
            kind=kind,
            to_address="",
            to_name=person.name if person else "",
            subject=f"{SUBJECTS[kind]} [{case.reference}]",
            text=written(f"cases/mail/{kind}.txt", {**around, **facts}, at),
            language=case.language,
            references=thread_of(case),
        )


def _signature_of(mailbox: Mailbox | None, case: Case) -> str:
    """Return what a mailbox has below every reply, in the customer's language."""
    return said_in(case.language, mailbox.signature) if mailbox else ""


def _as_contact(
    case: Case, letter: Letter, author: Staff, by: Actor | None, at: datetime
) -> Contact:
    telling = Telling(
        channel=Channel.EMAIL,
        direction=Direction.OUT,
        text=letter.text,
        source=Source.WRITTEN,
        started_at=at,
        ended_at=at,
        person=case.person,
        handled_by=author,
        department=author.department,
        subject=letter.subject,
        language=letter.language,
        automatic=not isinstance(by, Staff),
    )
    contact = record_contact(telling, by=by, at=at)
    add_contact(case, contact=contact, by=by, at=at)
    return contact


def _with_reference(subject: str, case: Case) -> str:
    return subject if case.reference in subject else f"{subject} [{case.reference}]"
