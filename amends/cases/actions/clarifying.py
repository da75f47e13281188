"""What the customer needs and when, who they are, and that the details are clear."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.cases.actions.within import locked_for, settle
from amends.cases.events.handling import (
    Clarified,
    CustomerNamed,
    CustomerNotFound,
    DatesNoted,
    NeedBySet,
    NeedsNoted,
    WishNoted,
)
from amends.cases.models.case import Case
from amends.contacts.models import Contact
from amends.journal.actions import record
from amends.people.actions.persons import Particulars, Points, add_person
from amends.people.models import Person
from amends.staff.models import Staff
from amends.staff.rules.authority import RemedyKind


class NeedInThePast(Refused):
    text = _("The day by which they need it must be still to come.")


class NothingWished(Refused):
    text = _("Write down what would put it right, in their words, or that they did not say.")


class DatesOutOfOrder(Refused):
    text = _("It happened first, then they noticed it, and neither is still to come.")


class WhatWasTriedNeeded(Refused):
    text = _("Say what was tried to find or reach the customer.")


class CustomerKnownAlready(Refused):
    text = _("This case belongs to %(name)s. Open another one for somebody else.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """What the customer has need of, wishes, requires and expects; four things, never one."""

    need: str = ""
    wish: str = ""
    requirement: str = ""
    expectation: str = ""


@transaction.atomic
def note_wish(
    case: Case,
    *,
    wish: str,
    by: Staff,
    at: datetime,
    not_said: bool = False,
    kinds: Collection[RemedyKind] = (),
) -> Case:
    """Write down how the customer would like it put right, or that they did not say.

    kinds: what of the things we give that comes to; their words stand beside it.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, NothingWished.
    """
    case = locked_for(case, by=by)
    if not wish.strip() and not not_said:
        raise NothingWished
    case.requested_remedy, case.remedy_not_said = wish.strip(), not wish.strip()
    case.requested = [kind.value for kind in RemedyKind if kind in kinds] if wish.strip() else []
    settle(case)
    record(WishNoted(case_id=case.pk, said=bool(wish.strip())), by=by, at=at)
    return case


@transaction.atomic
def note_needs(case: Case, *, needs: Needs, by: Staff, at: datetime) -> Case:
    """Write down what the customer needs, wishes, requires and expects, each for itself.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded.
    """
    case = locked_for(case, by=by)
    case.need, case.wish = needs.need.strip(), needs.wish.strip()
    case.requirement, case.expectation = needs.requirement.strip(), needs.expectation.strip()
    settle(case)
    record(NeedsNoted(case_id=case.pk), by=by, at=at)
    return case


@transaction.atomic
def set_need_by(
    case: Case, *, need_by: datetime | None, reason: str, by: Staff, at: datetime
) -> Case:
    """Write down by when the customer needs it and why, or that there is no such day.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, NeedInThePast.
    """
    case = locked_for(case, by=by)
    if need_by is not None and need_by <= at:
        raise NeedInThePast
    case.need_by, case.need_reason = need_by, reason.strip() if need_by else ""
    settle(case)
    record(NeedBySet(case_id=case.pk, need_by=need_by.isoformat() if need_by else ""), by=by, at=at)
    return case


@transaction.atomic
def note_dates(
    case: Case, *, happened_on: date | None, aware_on: date | None, by: Staff, at: datetime
) -> Case:
    """Write down on which day it happened, and on which the customer became aware of it.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, DatesOutOfOrder.
    """
    case = locked_for(case, by=by)
    told = [day for day in (happened_on, aware_on) if day]
    if told != sorted(told) or any(day > at.date() for day in told):
        raise DatesOutOfOrder
    case.happened_on, case.aware_on = happened_on, aware_on
    settle(case)
    record(DatesNoted(case_id=case.pk), by=by, at=at)
    return case


@transaction.atomic
def mark_clarified(case: Case, *, by: Staff, at: datetime) -> Case:
    """Write down that all details are clear. The first time counts.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded.
    """
    case = locked_for(case, by=by)
    case.clarified_at = case.clarified_at or at
    settle(case)
    record(Clarified(case_id=case.pk), by=by, at=at)
    return case


@transaction.atomic
def name_customer(case: Case, *, person: Person, by: Staff, at: datetime) -> Case:
    """Say who the customer of `case` is; its contacts with nobody yet are theirs too.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, CustomerKnownAlready.
    """
    case = locked_for(case, by=by)
    if case.person and case.person != person:
        raise CustomerKnownAlready(name=case.person.name)
    case.person, case.unreachable = person, ""
    Contact.objects.filter(case_contacts__case=case, person=None).update(person=person)
    settle(case)
    record(CustomerNamed(case_id=case.pk, person_id=person.pk), by=by, at=at)
    return case


@transaction.atomic
def name_new_customer(
    case: Case, *, particulars: Particulars, points: Points, by: Staff, at: datetime
) -> Case:
    """Say that the customer of `case` is somebody we did not know, and write them down.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, CustomerKnownAlready, NoName, NumberTaken,
    CannotReach.
    """
    person = add_person(particulars, points=points, by=by, at=at)
    return name_customer(case, person=person, by=by, at=at)


@transaction.atomic
def note_unreachable(case: Case, *, tried: str, by: Staff, at: datetime) -> Case:
    """Write down what was tried, because the customer cannot be found or reached.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, WhatWasTriedNeeded.
    """
    case = locked_for(case, by=by)
    if not tried.strip():
        raise WhatWasTriedNeeded
    case.unreachable = tried.strip()
    settle(case)
    record(CustomerNotFound(case_id=case.pk), by=by, at=at)
    return case
