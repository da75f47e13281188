"""Sending the letter that tells a decision, and writing in the journal what was decided.

These are not use cases: they are called by the actions that decide, and decide again.
"""

from datetime import datetime

from amends.base.typesetting import typeset
from amends.cases.actions.opening import add_contact
from amends.cases.events.deciding import CaseDecided, RemedyGiven
from amends.cases.models.case import Case
from amends.cases.models.deciding import Decision, FinalResponse
from amends.cases.queries.final_letter import PAPER, Drafted
from amends.cases.queries.letters import thread_of
from amends.cases.rules.final_letter import as_facts, as_text
from amends.cases.rules.kinds import How
from amends.cases.rules.proposing import is_done_by_letter
from amends.contacts.actions.attachments import Upload, attach_files
from amends.contacts.actions.mail import Letter, NoAddress, queue_mail
from amends.contacts.actions.recording import Telling, record_contact
from amends.contacts.models import Contact
from amends.contacts.rules.kinds import Channel, Direction, MailKind, Source
from amends.journal.actions import record
from amends.people.queries import mail_address_of
from amends.staff.rules.authority import RemedyKind

_CHANNELS = {How.EMAIL: Channel.EMAIL, How.LETTER: Channel.LETTER}


def journal_decision(
    case: Case, decision: Decision, response: FinalResponse, *, at: datetime
) -> None:
    """Write in the journal what was decided, and what the letter gave by itself."""
    by = decision.decider
    decided = CaseDecided(
        case_id=case.pk,
        decision_id=decision.pk,
        option_id=decision.proposal.option_id,
        outcome=decision.outcome,
        admits=decision.admits,
        response_id=response.pk,
        state=case.state,
    )
    record(decided, by=by, at=at)
    for remedy in decision.proposal.option.remedies.filter(dropped_at=None, done_at=None):
        if is_done_by_letter(RemedyKind(remedy.kind)):
            remedy.done_at, remedy.evidence = at, f"#{response.pk}"
            remedy.save(update_fields=["done_at", "evidence"])
            record(RemedyGiven(case_id=case.pk, remedy_id=remedy.pk), by=by, at=at)


def send_letter(decision: Decision, drafted: Drafted, medium: How, at: datetime) -> FinalResponse:
    """Write the final response as a contact with its PDF, and as a mail where it goes by mail.

    Raises NoAddress.
    """
    case, author, letter = decision.case, decision.decider, drafted.letter
    address = mail_address_of(case.person) if medium is How.EMAIL else ""
    if medium is How.EMAIL and not address:
        raise NoAddress
    text = as_text(letter)
    contact = _contact(decision, letter.subject, text, medium, at)
    pdf = Upload(f"{case.reference}.pdf", typeset(PAPER, as_facts(letter)))
    attach_files(contact, uploads=[pdf], by=author, at=at)
    if address:
        mail = Letter(
            kind=MailKind.REPLY,
            to_address=address,
            to_name=case.person.name if case.person else "",
            subject=letter.subject,
            text=text,
            language=case.language,
            references=thread_of(case),
            author=author,
            contact=contact,
        )
        queue_mail(mail, by=author, at=at)
    return FinalResponse.objects.create(
        decision=decision,
        version=FinalResponse.objects.filter(decision__case=case).count() + 1,
        medium=medium,
        language=case.language,
        letter=as_facts(letter),
        text=text,
        hard_to_read=drafted.hard_to_read,
        contact=contact,
        by=author,
        sent_at=at,
    )


def _contact(decision: Decision, subject: str, text: str, medium: How, at: datetime) -> Contact:
    """Return the moment of truth that a final response is."""
    case, author = decision.case, decision.decider
    telling = Telling(
        channel=_CHANNELS.get(medium, Channel.LETTER),
        direction=Direction.OUT,
        text=text,
        source=Source.WRITTEN,
        started_at=at,
        ended_at=at,
        person=case.person,
        handled_by=author,
        department=author.department,
        subject=subject,
        language=case.language,
    )
    contact = record_contact(telling, by=author, at=at)
    add_contact(case, contact=contact, by=author, at=at)
    return contact
