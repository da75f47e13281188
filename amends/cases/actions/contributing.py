"""Naming who had a hand in the service behind a case; also once it has ended."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.cases.actions.within import locked, must_be_allowed
from amends.cases.events.contributing import ContributionDropped, ContributionNamed
from amends.cases.models.case import Case
from amends.cases.models.contributing import Contribution
from amends.journal.actions import record
from amends.people.models import Person
from amends.staff.models import Department, Staff
from amends.staff.rules.permissions import Act


class StepNeeded(Refused):
    text = _("Say in a few words what they did for the customer.")


class OneOfTheTwo(Refused):
    text = _("Name one: a department of ours, or a supplier.")


class NamedAlready(Refused):
    text = _("This step stands there already.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """A step of the service, whose it was, and whether it went wrong there."""

    step: str
    department: Department | None = None
    supplier: Person | None = None
    went_wrong: bool = False


@transaction.atomic
def name_contribution(case: Case, *, hand: Hand, by: Staff, at: datetime) -> Contribution:
    """Write down who took a step of the service behind `case`, and return it.

    Raises NotAllowed, Barred, NotYours, StepNeeded, OneOfTheTwo, NamedAlready.
    """
    case = locked(case)
    must_be_allowed(case, by=by, act=Act.WORK_ON_CASE)
    step = hand.step.strip()
    if not step:
        raise StepNeeded
    if (hand.department is None) == (hand.supplier is None):
        raise OneOfTheTwo
    whose = {"department": hand.department, "supplier": hand.supplier}
    if case.contributions.filter(step__iexact=step, dropped_at=None, **whose).exists():
        raise NamedAlready
    made = Contribution.objects.create(
        case=case, step=step, **whose, went_wrong=hand.went_wrong, by=by, at=at
    )
    named = ContributionNamed(case_id=case.pk, contribution_id=made.pk, went_wrong=made.went_wrong)
    record(named, by=by, at=at)
    return made


@transaction.atomic
def drop_contribution(contribution: Contribution, *, by: Staff, at: datetime) -> Contribution:
    """Say that they had no hand in it after all, and return it. The first time counts.

    Raises NotAllowed, Barred, NotYours.
    """
    case = locked(contribution.case)
    must_be_allowed(case, by=by, act=Act.WORK_ON_CASE)
    contribution = Contribution.objects.select_for_update().get(pk=contribution.pk)
    if contribution.dropped_at is None:
        contribution.dropped_at = at
        contribution.save(update_fields=["dropped_at"])
        dropped = ContributionDropped(case_id=case.pk, contribution_id=contribution.pk)
        record(dropped, by=by, at=at)
    return contribution
