"""Writing to the customer, calls logged, notes for colleagues."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.cases.actions.fit_to_send import addressed, must_be_fit_to_send
from amends.cases.actions.letters import Reply, send_reply
from amends.cases.actions.opening import add_contact
from amends.cases.actions.using_answers import count_answers_not_used, count_answers_used
from amends.cases.actions.within import locked, locked_for, must_be_allowed, rouse, settle, step_up
from amends.cases.events.handling import NoteAdded, ReplySent, ReplyUndone
from amends.cases.models.attention import Mention
from amends.cases.models.case import Case, CaseContact, CaseNote
from amends.cases.models.promises import Promise
from amends.cases.queries.mentions import handles_of_all, may_be_mentioned
from amends.cases.rules.acknowledging import ReplyFacts, acknowledges
from amends.cases.rules.lifecycle import State
from amends.cases.rules.mentions import mentioned_in
from amends.contacts.actions.recording import Telling, record_contact
from amends.contacts.actions.sending import AlreadyLeft, withdraw_mail
from amends.contacts.models import Contact, OutgoingMail
from amends.journal.actions import record
from amends.staff.models import Staff
from amends.staff.rules.permissions import Act


class NextStepInThePast(Refused):
    text = _("The next step needs a moment in the future.")


class NoteSaysNothing(Refused):
    text = _("Write the note first.")


class NobodyOfThatName(Refused):
    text = _("Nobody here is called @%(name)s. Choose from the list, or leave out the @.")


class MayNotReadIt(Refused):
    text = _("%(name)s may not read this case, and is not told of it. Leave out the @.")


@transaction.atomic
def reply_by_mail(case: Case, *, reply: Reply, by: Staff, at: datetime) -> OutgoingMail:
    """Write to the customer of `case` and return the mail, which leaves when it is held no longer.

    A reply that names the next step and its date, or comes after a promise, acknowledges the case.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, NothingToSend, OnlyGreeted,
    NextStepInThePast, NotTheirAddress, NoAddress, NotFilledIn, HeldBack, StrangersCopied,
    TooManyFiles, FileTooLarge, FileEmpty, KindNotAccepted.
    """
    must_be_fit_to_send(case, reply)
    case = locked_for(case, by=by)
    if reply.next_at is not None and reply.next_at <= at:
        raise NextStepInThePast
    mail = send_reply(case, reply=addressed(case, reply), by=by, at=at)
    facts = ReplyFacts(
        author=by.name,
        reference=case.reference,
        next_step=reply.next_step,
        next_at=reply.next_at,
        promised=Promise.objects.filter(case=case).open().exists(),
    )
    if acknowledges(facts):
        step_up(case, State.ACKNOWLEDGED, at=at)
    settle(case)
    count_answers_used(case, reply.text, at=at)
    record(ReplySent(case_id=case.pk, mail_id=mail.pk, state=case.state), by=by, at=at)
    return mail


@transaction.atomic
def undo_reply(mail: OutgoingMail, *, by: Staff, at: datetime) -> Case:
    """Take back a reply before it leaves, and return its case. The customer sees no trace of it.

    If it was what acknowledged the case, the case waits for an answer again.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, AlreadyLeft.
    """
    link = CaseContact.objects.select_related("case").get(contact__mail=mail)
    case = locked_for(link.case, by=by)
    if mail.send_at <= at:
        raise AlreadyLeft
    withdraw_mail(mail, by=by, at=at)
    if case.state == State.ACKNOWLEDGED and case.acknowledged_at == mail.written_at:
        # The one step back there is: what was never told the customer did not happen.
        case.state, case.state_since = State.RECEIVED, case.registered_at
        case.acknowledged_at = None
    settle(case)
    count_answers_not_used(case, mail.text)
    record(ReplyUndone(case_id=case.pk, mail_id=mail.pk, state=case.state), by=by, at=at)
    return case


@transaction.atomic
def log_call(case: Case, *, telling: Telling, by: Staff, at: datetime) -> Contact:
    """Write down one more contact of `case`, such as a call, and return it.

    Its customer is the one of the case, unless `telling` names another.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, NothingSaid, EndsBeforeItStarts.
    """
    case = locked_for(case, by=by)
    told = replace(telling, person=telling.person or case.person, handled_by=by)
    contact = record_contact(told, by=by, at=at)
    add_contact(case, contact=contact, by=by, at=at)
    return contact


@transaction.atomic
def add_note(case: Case, *, text: str, by: Staff, at: datetime) -> CaseNote:
    """Add a note for colleagues and return it; also to a case that has ended.

    Whoever is named in it with an @ is told, if they may read the case.

    Raises NotAllowed, Barred, NotYours, NoteSaysNothing, NobodyOfThatName, MayNotReadIt.
    """
    case = locked(case)
    must_be_allowed(case, by=by, act=Act.WORK_ON_CASE)
    if not text.strip():
        raise NoteSaysNothing
    mentioned = _mentioned(case, text)
    note = CaseNote.objects.create(case=case, text=text.strip(), by=by, at=at)
    Mention.objects.bulk_create(Mention(note=note, staff=each) for each in mentioned)
    rouse(case)
    record(NoteAdded(case_id=case.pk, note_id=note.pk), by=by, at=at)
    return note


def _mentioned(case: Case, text: str) -> list[Staff]:
    """Return whom a note on `case` mentions."""
    if "@" not in text:
        return []
    mentioned = mentioned_in(text, handles_of_all())
    if mentioned.unknown:
        raise NobodyOfThatName(name=mentioned.unknown[0])
    may_read = may_be_mentioned(case).in_bulk(mentioned.found)
    for key in mentioned.found:
        if key not in may_read:
            raise MayNotReadIt(name=Staff.objects.get(pk=key).name)
    return [may_read[key] for key in mentioned.found]
