"""Taking down a sheet: a call, a visit to the desk or a letter, from the first word to the promise.

One transaction: the contact, the case, the apology, the promise with the customer's yes or what was
done at once, and the thanks are all there, or none of them is and the sheet is kept as it was.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db import transaction

from amends.cases.actions.closing import apologise, close_if_nothing_is_missing, thank
from amends.cases.actions.fields import fill_in
from amends.cases.actions.follow_up import (
    NOTHING_GIVEN,
    finish_on_the_spot,
    finish_without_customer,
)
from amends.cases.actions.giving import Gift
from amends.cases.actions.opening import Opening, add_contact, open_case
from amends.cases.actions.parties import Identity, LooksAfterIt, check_identity, name_party
from amends.cases.actions.promises import Offer, accept_promise, make_promise
from amends.cases.actions.putting_aside import note_put_aside
from amends.cases.actions.safety import bring_call_to_case
from amends.cases.actions.within import Barred, FieldsMissing, may_help_on
from amends.cases.models.case import Case
from amends.cases.models.promises import Promise
from amends.cases.models.sheets import TakenDown
from amends.cases.queries.fields import missing_at
from amends.cases.rules.fields import Filled, Stage
from amends.cases.rules.kinds import How, Part
from amends.contacts.actions.attachments import Upload, attach_files
from amends.contacts.actions.drafts import drop_draft
from amends.contacts.actions.recording import Telling, record_contact
from amends.contacts.models import Contact
from amends.contacts.queries.drafts import draft_of
from amends.contacts.rules.kinds import DraftKind
from amends.people.actions.persons import Particulars, add_person
from amends.people.actions.representing import add_representation
from amends.people.models import Person
from amends.people.queries import representatives_of
from amends.people.rules.kinds import PointKind
from amends.staff.actions.authorise import require
from amends.staff.models import Staff
from amends.staff.rules.permissions import Act


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody we did not know before this contact, and the ways to reach them."""

    particulars: Particulars
    points: tuple[tuple[PointKind, str], ...] = ()


Who = Person | Newcomer | None


@dataclass(frozen=True, slots=True)
class Promised:
    """What is promised, and how the customer said yes to it; None while the answer is to come."""

    offer: Offer
    yes: How | None


@dataclass(frozen=True, slots=True)
class DoneNow:
    """What was done, what was given, and how the customer said yes to it; None if not there."""

    what: str
    yes: How | None
    gift: Gift = NOTHING_GIVEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """All that one sheet says.

    key: the sheet's own id. telling: the contact, without its people. who: the one who spoke, if
    they said; speaks_for: whom they spoke for, on what authority. onto: an open case that this
    belongs to; otherwise `opening` says what a new one is opened with. about: the colleague
    complained about. own: what our own fields hold, by their keys.
    """

    key: str
    telling: Telling
    opening: Opening
    who: Who = None
    speaks_for: Who = None
    authority: str = ""
    onto: Case | None = None
    apologised: bool = False
    thanked: bool = False
    ending: Promised | DoneNow | None = None
    about: Staff | None = None
    identity: Identity | None = None
    uploads: tuple[Upload, ...] = ()
    own: Mapping[int, Filled] = field(default_factory=dict)


@transaction.atomic
def take_down(sheet: Sheet, *, by: Staff, at: datetime) -> TakenDown:
    """Take down `sheet`, forget its draft, and return what became of it.

    The same sheet again, by a second click or from a second tab, changes nothing and returns what
    the first one did.

    Raises NotAllowed, NothingSaid, EndsBeforeItStarts, NoName, NumberTaken, CannotReach,
    SpeaksForThemselves, CaseHasEnded, Barred, NotYours, LooksAfterIt, PromiseSaysNothing,
    PromiseDueInThePast, BeyondAuthority, AmountWithoutRemedy, AmountNeeded, NothingWritten,
    TooManyFiles, FileTooLarge, FileEmpty, KindNotAccepted, NoSuchField, CannotHold, FieldsMissing.
    """
    require(by, Act.RECORD_CONTACT)
    # Their own row is held, so that two clicks at once come one after the other.
    Staff.objects.select_for_update(no_key=True).get(pk=by.pk)
    draft = draft_of(by, DraftKind.SHEET, sheet.key)
    if draft:
        drop_draft(draft, by=by, at=at)
    if taken := TakenDown.objects.filter(staff=by, key=sheet.key).first():
        return taken
    contact = _contact(sheet, by, at)
    case = _case(sheet, contact, by, at)
    bring_call_to_case(case, sheet=sheet.key, by=by, at=at)
    aside = draft.parked_at if draft else None
    note_put_aside(case, contact=contact, since=aside, by=by, at=at)
    promise = None
    _fill_in(sheet, case, by, at)
    if sheet.ending or may_help_on(case, by):
        promise = _agree(sheet, case, by, at)
        _name_others(sheet, case, contact, by, at)
    return TakenDown.objects.create(
        staff=by, key=sheet.key, case=case, contact=contact, promise=promise, at=at
    )


def _contact(sheet: Sheet, by: Staff, at: datetime) -> Contact:
    speaker = _known(sheet.who, by, at)
    represented = _known(sheet.speaks_for, by, at)
    if speaker and represented:
        known = representatives_of(represented).filter(representative=speaker)
        if not known.exists():
            add_representation(
                represented, representative=speaker, authority=sheet.authority, by=by, at=at
            )
    telling = replace(sheet.telling, person=speaker, speaks_for=represented)
    contact = record_contact(telling, by=by, at=at)
    attach_files(contact, uploads=sheet.uploads, by=by, at=at)
    return contact


def _known(who: Who, by: Staff, at: datetime) -> Person | None:
    if isinstance(who, Newcomer):
        return add_person(who.particulars, points=who.points, by=by, at=at)
    return who


def _case(sheet: Sheet, contact: Contact, by: Staff, at: datetime) -> Case:
    if sheet.onto is None:
        return open_case(contact, opening=sheet.opening, by=by, at=at)
    if not Case.objects.visible_to(by).filter(pk=sheet.onto.pk).exists():
        raise Barred
    return add_contact(sheet.onto, contact=contact, by=by, at=at)


def _fill_in(sheet: Sheet, case: Case, by: Staff, at: datetime) -> None:
    """Fill in our own fields; whoever takes down a new case is asked for them there and then."""
    if sheet.own:
        fill_in(case, values=sheet.own, by=by, at=at)
    if sheet.onto is None and (asked := missing_at(case, [Stage.RECEIPT])):
        raise FieldsMissing(reference=case.reference, asked=asked)


def _agree(sheet: Sheet, case: Case, by: Staff, at: datetime) -> Promise | None:
    """Do on `case` what was said and agreed, in the order in which it was."""
    ending = sheet.ending
    promise = None
    if ending and sheet.about == by:
        raise LooksAfterIt(name=by.name, reference=case.reference)
    if sheet.apologised:
        apologise(case, by=by, at=at)
    if isinstance(ending, Promised):
        promise = make_promise(case, offer=ending.offer, by=by, at=at)
        if ending.yes:
            promise = accept_promise(promise, how=ending.yes, by=by, at=at)
    if isinstance(ending, DoneNow):
        _finish(case, ending, by, at)
    if sheet.thanked:
        thank(case, by=by, at=at)
    return promise


def _finish(case: Case, done: DoneNow, by: Staff, at: datetime) -> None:
    if done.yes:
        finish_on_the_spot(case, done=done.what, yes_how=done.yes, gift=done.gift, by=by, at=at)
    else:
        finish_without_customer(case, done=done.what, gift=done.gift, by=by, at=at)


def _name_others(sheet: Sheet, case: Case, contact: Contact, by: Staff, at: datetime) -> None:
    """Write down who spoke, how sure we are of it, and last, for it bars, whom it is about."""
    if contact.person and contact.speaks_for:
        name_party(case, part=Part.REPRESENTATIVE, who=contact.person, by=by, at=at)
    if contact.person and sheet.identity:
        check_identity(case, person=contact.person, identity=sheet.identity, by=by, at=at)
    if sheet.about:
        name_party(case, part=Part.COMPLAINED_ABOUT, who=sheet.about, by=by, at=at)
    elif isinstance(sheet.ending, DoneNow):
        close_if_nothing_is_missing(case, by=by, at=at)
