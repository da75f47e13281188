"""Whether a matter is for us to decide at all: with reasons, reviewable, and taken back in words.

That it is not ends the case; `elsewhere` does that, and tells the customer whom to turn to.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.cases.actions.ruling import Grounds, ReasonsNeeded, end_ruling, rule
from amends.cases.actions.within import locked_for, settle
from amends.cases.events.admissibility import AdmittedInSpite
from amends.cases.models.case import Case
from amends.cases.queries.ways import ruling_of
from amends.cases.rules.admissibility import Ground, Ruled
from amends.journal.actions import record
from amends.staff.models import Staff


class NothingAgainstIt(Refused):
    text = _("That it is not ours is no bound that can be passed over. Choose another.")


class NothingRuled(Refused):
    text = _("Nothing was decided on whether %(reference)s is looked at.")


class SoAlready(Refused):
    text = _("It is decided already that %(reference)s is looked at. Take that back first.")


@transaction.atomic
def admit_in_spite(case: Case, *, grounds: Grounds, by: Staff, at: datetime) -> Case:
    """Look at `case` although it is late, was decided before or could be refused; return it.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, ReasonsNeeded, NothingAgainstIt, DaysNeeded,
    DaysOutOfOrder, EarlierNeeded, NotTheSameCustomer, SoAlready.
    """
    case = locked_for(case, by=by)
    if grounds.ground is Ground.NOT_OURS:
        raise NothingAgainstIt
    if ruling_of(case):
        raise SoAlready(reference=case.reference)
    ruling = rule(case, Ruled.IN_SPITE, grounds, by=by, at=at)
    settle(case)
    admitted = AdmittedInSpite(case_id=case.pk, ruling_id=ruling.pk, ground=ruling.ground)
    record(admitted, by=by, at=at)
    return case


@transaction.atomic
def take_back_ruling(case: Case, *, reason: str, by: Staff, at: datetime) -> Case:
    """Say that what spoke against `case` does not hold after all, and return it.

    What ended a case is taken back by opening it again.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, ReasonsNeeded, NothingRuled.
    """
    case = locked_for(case, by=by)
    if not reason.strip():
        raise ReasonsNeeded
    ruling = ruling_of(case)
    if ruling is None:
        raise NothingRuled(reference=case.reference)
    end_ruling(ruling, reason, by=by, at=at)
    return case
