"""Opening a case on what somebody told us, and adding to it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.cases.actions.begun import case_told_in, opened
from amends.cases.actions.within import Barred, is_barred, locked, move, next_references, settle
from amends.cases.events.handling import ContactAdded
from amends.cases.models.case import Case, CaseContact, Issue
from amends.cases.queries.procedures import newest_for
from amends.cases.rules.kinds import CaseKind, Next
from amends.cases.rules.lifecycle import State
from amends.contacts.models import Contact
from amends.contacts.rules.kinds import Direction
from amends.journal.actions import Actor, record
from amends.staff.actions.authorise import require
from amends.staff.models import Staff, Team
from amends.staff.rules.permissions import Act


class ContactElsewhere(Refused):
    text = _("This contact belongs to %(reference)s already.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What a case is opened with. `owner` is set when somebody took it at once."""

    kind: CaseKind
    team: Team
    language: str
    owner: Staff | None = None
    gist: str = ""
    requested_remedy: str = ""
    remedy_not_said: bool = False
    need_by: datetime | None = None
    need_reason: str = ""
    received_at: datetime | None = None
    as_history: bool = False


@transaction.atomic
def open_case(contact: Contact, *, opening: Opening, by: Actor | None, at: datetime) -> Case:
    """Open a case on what was told in `contact`, with its first issue, and return it.

    Raises NotAllowed, ContactElsewhere.
    """
    if isinstance(by, Staff):
        require(by, _act_of(opening))
    _must_be_free(contact)
    procedure = newest_for(opening.kind)
    case = case_told_in(contact, opening, next_references(1)[0], procedure, at=at)
    _first_save(case)
    Issue.objects.create(case=case, statement=case.gist)
    CaseContact.objects.create(case=case, contact=contact, at=contact.started_at)
    if not opening.as_history or opening.owner:
        settle(case)  # what is brought in by the thousand, and nobody's yet, is due by nothing
    record(opened(case, contact), by=by, at=at)
    return case


@transaction.atomic
def add_contact(case: Case, *, contact: Contact, by: Actor | None, at: datetime) -> Case:
    """Put `contact` on `case`, whatever its state, and return the case as it now stands.

    What comes from a customer who is waited for ends the wait.

    Raises NotAllowed, Barred, ContactElsewhere.
    """
    if isinstance(by, Staff):
        require(by, Act.RECORD_CONTACT)
        if is_barred(case, by):
            raise Barred
    case = locked(case)
    _must_be_free(contact, but_for=case)
    CaseContact.objects.get_or_create(
        case=case, contact=contact, defaults={"at": contact.started_at}
    )
    if _is_what_was_awaited(case, contact):
        case.waits.filter(ended_at=None).update(ended_at=at, came=True)
        move(case, State.INVESTIGATING, at=at)
    if case.is_open:
        settle(case)
    record(ContactAdded(case_id=case.pk, contact_id=contact.pk, state=case.state), by=by, at=at)
    return case


def _is_what_was_awaited(case: Case, contact: Contact) -> bool:
    from_them = contact.direction == Direction.IN and not contact.automatic
    return case.state == State.WAITING_CUSTOMER and from_them


def _act_of(opening: Opening) -> Act:
    if opening.as_history:
        return Act.IMPORT
    return Act.ASK_INSIDE if opening.kind is CaseKind.INTERNAL else Act.RECORD_CONTACT


def _must_be_free(contact: Contact, *, but_for: Case | None = None) -> None:
    elsewhere = CaseContact.objects.filter(contact=contact).select_related("case")
    other = elsewhere.exclude(case=but_for).first()
    if other:
        raise ContactElsewhere(reference=other.case.reference)


def _first_save(case: Case) -> None:
    """Insert `case` with the due moment of a case just received; `settle` then refines it."""
    if not case.as_history:
        case.next_due_at, case.next_due = case.received_at, Next.ANSWER
    case.save(force_insert=True)
