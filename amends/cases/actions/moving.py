"""Putting a contact to the case it belongs to, and back if that was a slip.

Its words, its files, its marks and the mail it left as go along untouched: they hang on the contact
and not on the case.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.cases.actions.opening import Opening, add_contact, open_case
from amends.cases.actions.within import CaseHasEnded, locked, move, must_be_allowed, settle
from amends.cases.events.moving import ContactMoved, ContactMovedBack
from amends.cases.events.turns import CaseMerged, CaseTookIn
from amends.cases.models.case import Case, CaseContact
from amends.cases.models.moving import Moving
from amends.cases.models.turns import Merging
from amends.cases.rules.kinds import CaseKind
from amends.cases.rules.lifecycle import State
from amends.cases.rules.moving import MoveFacts, Obstacle, may_move_back, obstacle_to_moving
from amends.contacts.models import Contact
from amends.journal.actions import record
from amends.journal.queries import entries_of
from amends.staff.models import Staff
from amends.staff.rules.permissions import Act


class MovesNowhere(Refused):
    text = _("Name another case: this is the one it is on.")


class CaseBeganWithIt(Refused):
    text = _("%(reference)s began with it. Join the two cases, or split this one.")


class ThereAlready(Refused):
    text = _("It is on %(reference)s, too. It was split in two, and stays on both.")


class NotOnThisCase(Refused):
    text = _("It is not on %(reference)s any more. Look at it again.")


class TooLateToMoveBack(Refused):
    text = _("It cannot be put back with a click any more. Move it from the case it is on.")


@transaction.atomic
def move_contact(
    contact: Contact, *, out_of: Case, into: Case | None, by: Staff, at: datetime
) -> Moving:
    """Put `contact` from the case `out_of` to `into`, or to a new case where that is None.

    Both cases are due anew. Within minutes it can be put back with a click.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, NotOnThisCase, MovesNowhere, CaseBeganWithIt,
    ThereAlready.
    """
    out_of, into = _both_locked(out_of, into, by)
    link = CaseContact.objects.filter(case=out_of, contact=contact).first()
    if link is None:
        raise NotOnThisCase(reference=out_of.reference)
    _must_go(link, out_of, into)
    link.delete()
    there = into or _opened(contact, out_of, by, at)
    if into:
        add_contact(into, contact=contact, by=by, at=at)
        into.refresh_from_db()
    moving = Moving.objects.create(
        contact=contact, out_of=out_of, into=there, opened=into is None, by=by, at=at
    )
    settle(out_of)
    _tell(ContactMoved, moving, out_of, there, by, at)
    return moving


@transaction.atomic
def move_contact_back(moving: Moving, *, by: Staff, at: datetime) -> Case:
    """Put back what was moved minutes ago; return the case that it is on again.

    A case that was opened for it leads to that one from then on. A wait that it ended stays ended.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, TooLateToMoveBack.
    """
    there, back = _both_locked(moving.into, moving.out_of, by)
    moving = Moving.objects.select_for_update(of=("self",)).get(pk=moving.pk)
    link = CaseContact.objects.filter(case=there, contact=moving.contact_id).first()
    in_time = moving.undone_at is None and may_move_back(moved_at=moving.at, at=at)
    if back is None or link is None or not in_time or _went_on(moving, there):
        raise TooLateToMoveBack
    link.case, link.came_from = back, None
    link.save(update_fields=["case", "came_from"])
    moving.undone_at = at
    moving.save(update_fields=["undone_at"])
    if moving.opened:
        _join(there, back, by, at)
    settle(there)
    settle(back)
    _tell(ContactMovedBack, moving, there, back, by, at)
    return back


def _both_locked(one: Case, other: Case | None, by: Staff) -> tuple[Case, Case | None]:
    """Return both cases locked, the older first; the one that is gone to must be open."""
    cases = sorted([one, *([other] if other else [])], key=lambda each: each.pk)
    held = {each.pk: locked(each) for each in cases}
    for each in held.values():
        must_be_allowed(each, by=by, act=Act.WORK_ON_CASE)
    there = held[other.pk] if other else None
    if there and not there.is_open:
        raise CaseHasEnded(reference=there.reference)
    return held[one.pk], there


def _must_go(link: CaseContact, out_of: Case, into: Case | None) -> None:
    began = out_of.case_contacts.earliest("at", "pk")
    facts = MoveFacts(
        same_case=into == out_of,
        began=began.pk == link.pk,
        there=CaseContact.objects.filter(contact=link.contact_id).exclude(pk=link.pk).exists(),
    )
    obstacle = obstacle_to_moving(facts)
    if obstacle is Obstacle.SAME_CASE:
        raise MovesNowhere
    if obstacle is Obstacle.BEGAN_WITH_IT:
        raise CaseBeganWithIt(reference=out_of.reference)
    if obstacle is Obstacle.THERE_ALREADY and into:
        raise ThereAlready(reference=into.reference)
    if obstacle:
        raise ThereAlready(reference=out_of.reference)


def _opened(contact: Contact, out_of: Case, by: Staff, at: datetime) -> Case:
    opening = Opening(
        kind=CaseKind(out_of.kind),
        team=out_of.team,
        language=contact.language or out_of.language,
        received_at=contact.started_at,
    )
    return open_case(contact, opening=opening, by=by, at=at)


def _went_on(moving: Moving, opened: Case) -> bool:
    """Return whether anything was done on a case since it was opened for the contact."""
    told = entries_of(f"case:{opened.pk}").exclude(kind__in=["CaseOpened", "ContactMoved"])
    return moving.opened and told.exists()


def _join(opened: Case, back: Case, by: Staff, at: datetime) -> None:
    """Let the reference of a case that was opened by mistake lead to the other one."""
    Merging.objects.create(
        case=opened,
        into=back,
        reason=str(_("It was opened for a contact that was put back.")),
        was=opened.state,
        was_since=opened.state_since,
        received_before_at=back.received_at,
        by=by,
        at=at,
    )
    move(opened, State.MERGED, at=at)
    opened.merged_into, opened.closed_by = back, by
    record(CaseMerged(case_id=opened.pk, into_id=back.pk, state=opened.state), by=by, at=at)
    record(CaseTookIn(case_id=back.pk, other_id=opened.pk), by=by, at=at)


def _tell(
    kind: type[ContactMoved | ContactMovedBack],
    moving: Moving,
    left: Case,
    there: Case,
    by: Staff,
    at: datetime,
) -> None:
    contact = moving.contact_id
    for case, other, away in ((left, there, True), (there, left, False)):
        record(
            kind(
                case_id=case.pk,
                contact_id=contact,
                other_id=other.pk,
                away=away,
                state=case.state,
            ),
            by=by,
            at=at,
        )
