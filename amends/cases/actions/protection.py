"""What must not go on while we look, such as dunning or a disconnection."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.cases.actions.within import locked_for, settle
from amends.cases.events.handling import HoldConfirmed, HoldLifted, HoldSet
from amends.cases.models.case import Case
from amends.cases.models.protection import Hold
from amends.journal.actions import record
from amends.staff.models import Staff


class HoldSaysNothing(Refused):
    text = _("Say what must not go on, and who was told.")


class HoldEndsInThePast(Refused):
    text = _("A hold needs an end that is still to come.")


class HoldLiftedAlready(Refused):
    text = _("This hold was lifted already.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Standstill:
    """What must not go on, until when, and who was told to stop it."""

    what: str
    until: datetime
    told_whom: str


@transaction.atomic
def set_hold(case: Case, *, standstill: Standstill, by: Staff, at: datetime) -> Hold:
    """Write down what must not go on while we look, and return the hold.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, HoldSaysNothing, HoldEndsInThePast.
    """
    case = locked_for(case, by=by)
    if not (standstill.what.strip() and standstill.told_whom.strip()):
        raise HoldSaysNothing
    if standstill.until <= at:
        raise HoldEndsInThePast
    hold = Hold.objects.create(
        case=case,
        what=standstill.what.strip(),
        until=standstill.until,
        told_whom=standstill.told_whom.strip(),
        set_at=at,
        set_by=by,
    )
    settle(case)
    record(HoldSet(case_id=case.pk, hold_id=hold.pk), by=by, at=at)
    return hold


@transaction.atomic
def confirm_hold(hold: Hold, *, by: Staff, at: datetime) -> Hold:
    """Write down that those who were told said that it holds. The first time counts.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, HoldLiftedAlready.
    """
    case, hold = _locked_hold(hold, by)
    hold.confirmed_at = hold.confirmed_at or at
    hold.save(update_fields=["confirmed_at"])
    record(HoldConfirmed(case_id=case.pk, hold_id=hold.pk), by=by, at=at)
    return hold


@transaction.atomic
def lift_hold(hold: Hold, *, by: Staff, at: datetime) -> Hold:
    """Let go on what was held.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, HoldLiftedAlready.
    """
    case, hold = _locked_hold(hold, by)
    hold.lifted_at = at
    hold.save(update_fields=["lifted_at"])
    settle(case)
    record(HoldLifted(case_id=case.pk, hold_id=hold.pk), by=by, at=at)
    return hold


def _locked_hold(hold: Hold, by: Staff) -> tuple[Case, Hold]:
    case = locked_for(hold.case, by=by)
    hold = Hold.objects.select_for_update().get(pk=hold.pk)
    if hold.lifted_at:
        raise HoldLiftedAlready
    return case, hold
