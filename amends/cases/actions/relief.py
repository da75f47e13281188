"""What the customer got in the end, where what was given does not tell."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.cases.actions.within import locked, must_be_allowed, settle
from amends.cases.events.weighing import ReliefNoted
from amends.cases.models.case import Case
from amends.cases.rules.lifecycle import State
from amends.cases.rules.weighing import Relief
from amends.journal.actions import record
from amends.staff.models import Staff
from amends.staff.rules.permissions import Act


class NotClosedYet(Refused):
    text = _("Say what they got once %(reference)s is closed.")


@transaction.atomic
def note_relief(case: Case, *, relief: Relief, by: Staff, at: datetime) -> Case:
    """Say what the customer of a closed case got in the end, and return the case.

    Raises NotAllowed, Barred, NotYours, NotClosedYet.
    """
    case = locked(case)
    must_be_allowed(case, by=by, act=Act.WORK_ON_CASE)
    if case.state != State.CLOSED:
        raise NotClosedYet(reference=case.reference)
    case.relief = relief
    settle(case)
    record(ReliefNoted(case_id=case.pk, relief=relief), by=by, at=at)
    return case
