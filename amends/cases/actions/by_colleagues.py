"""What a colleague sends us by mail: said on a case, or passed on from somebody else.

It is never taken for a customer's. What they wrote to somebody in the case is a contact of theirs;
what they wrote only to us is a note; what they passed on is told by whoever wrote it first.
"""

from datetime import datetime

from django.db import transaction

from amends.cases.actions.opening import add_contact
from amends.cases.actions.within import locked, rouse
from amends.cases.events.handling import NoteAdded
from amends.cases.models.case import Case, CaseNote
from amends.cases.queries.threads import written_to_in
from amends.contacts.actions.attachments import file_attachments
from amends.contacts.actions.recording import Telling, record_contact
from amends.contacts.models import Arrival, Contact
from amends.contacts.rules.kinds import Channel, Direction, Source
from amends.contacts.rules.messages import Inbound
from amends.contacts.rules.quotes import own_words
from amends.journal.actions import record
from amends.people.models import Person
from amends.people.queries import people_reached_by
from amends.staff.models import Staff


@transaction.atomic
def take_in_colleagues(
    case: Case, *, mail: Inbound, arrival: Arrival, by: Staff, at: datetime
) -> Contact | CaseNote:
    """Put what `by` wrote in `mail` to `case`, and return the contact or the note that it became.

    Raises NotAllowed, Barred.
    """
    written_to = written_to_in(case, mail)
    if not written_to:
        return _note(case, own_words(mail.text) or mail.subject, by, at)
    contact = record_contact(_telling(case, mail, arrival, written_to, by, at), by=by, at=at)
    file_attachments(contact, files=mail.attachments, by=by, at=at)
    add_contact(case, contact=contact, by=by, at=at)
    return contact


def _telling(
    case: Case, mail: Inbound, arrival: Arrival, written_to: str, by: Staff, at: datetime
) -> Telling:
    return Telling(
        channel=Channel.EMAIL,
        direction=Direction.OUT,
        text=mail.text,
        source=Source.WRITTEN,
        started_at=at,
        ended_at=at,
        person=_reached(case, written_to),
        handled_by=by,
        department=by.department,
        subject=mail.subject[:300],
        language=case.language,
        as_history=arrival.as_history,
        arrival=arrival,
        message_id=mail.message_id,
        sender_name=by.name,
        sender_address=by.email,
    )


def _reached(case: Case, address: str) -> Person | None:
    """Return whom `address` reaches: the customer of `case` where it is theirs, too."""
    people = list(people_reached_by(address))
    return case.person if case.person in people else next(iter(people), None)


def _note(case: Case, text: str, by: Staff, at: datetime) -> CaseNote:
    """Add what was written to us alone; a customer quoted in it with an @ is nobody mentioned."""
    case = locked(case)
    note = CaseNote.objects.create(case=case, text=text.strip(), by=by, at=at)
    rouse(case)
    record(NoteAdded(case_id=case.pk, note_id=note.pk), by=by, at=at)
    return note
