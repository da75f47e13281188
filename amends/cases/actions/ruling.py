"""What several acts do that say whether a matter is for us to decide; no use cases."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.cases.events.admissibility import RulingTakenBack
from amends.cases.models.admissibility import Ruling
from amends.cases.models.case import Case
from amends.cases.rules.admissibility import Ground, Ruled, are_in_order, lacks_dates
from amends.journal.actions import Actor, record
from amends.staff.models import Staff


class ReasonsNeeded(Refused):
    text = _("Say why, in words that the customer may read.")


class DaysNeeded(Refused):
    text = _("Say when it happened, or when they learned of it: late is counted from a day.")


class DaysOutOfOrder(Refused):
    text = _("First it happened, then they learned of it, then they complained; none in future.")


class EarlierNeeded(Refused):
    text = _("Name the case in which the same matter was decided.")


class NotTheSameCustomer(Refused):
    text = _("%(reference)s is not of this customer. Look at the reference once more.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """Why a matter may not be ours to decide, the days it rests on, and the earlier case."""

    reasons: str
    ground: Ground = Ground.NOT_OURS
    happened_on: date | None = None
    aware_on: date | None = None
    complained_on: date | None = None
    earlier: Case | None = None


def rule(case: Case, ruled: Ruled, grounds: Grounds, *, by: Staff, at: datetime) -> Ruling:
    """Write down what is decided on `case`, locked by the caller, and return that.

    The days that are told are noted on the case, too; the caller saves it.

    Raises ReasonsNeeded, DaysNeeded, DaysOutOfOrder, EarlierNeeded, NotTheSameCustomer.
    """
    if not grounds.reasons.strip():
        raise ReasonsNeeded
    case.happened_on = grounds.happened_on or case.happened_on
    case.aware_on = grounds.aware_on or case.aware_on
    days = (case.happened_on, case.aware_on, grounds.complained_on)
    if lacks_dates(grounds.ground, happened_on=case.happened_on, aware_on=case.aware_on):
        raise DaysNeeded
    if not are_in_order(days, today=at.date()):
        raise DaysOutOfOrder
    return Ruling.objects.create(
        case=case,
        ruled=ruled,
        ground=grounds.ground,
        reasons=grounds.reasons.strip(),
        happened_on=case.happened_on,
        aware_on=case.aware_on,
        complained_on=grounds.complained_on,
        earlier=_earlier(case, grounds),
        by=by,
        at=at,
    )


def end_ruling(ruling: Ruling, reason: str, *, by: Actor, at: datetime) -> None:
    """Write down that `ruling`, whose case the caller holds, stands no more."""
    ruling.taken_back_at, ruling.taken_back_why = at, reason.strip()
    ruling.save(update_fields=["taken_back_at", "taken_back_why"])
    ended = RulingTakenBack(case_id=ruling.case_id, ruling_id=ruling.pk, ground=ruling.ground)
    record(ended, by=by, at=at)


def _earlier(case: Case, grounds: Grounds) -> Case | None:
    if grounds.ground is not Ground.REPEATED:
        return None
    earlier = grounds.earlier
    if earlier is None or earlier.pk == case.pk:
        raise EarlierNeeded
    if earlier.person_id != case.person_id or case.person_id is None:
        raise NotTheSameCustomer(reference=earlier.reference)
    return earlier
