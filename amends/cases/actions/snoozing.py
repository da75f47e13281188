"""Putting a case out of sight for a while, never past anything that is due on it."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.base.time_words import day_words
from amends.cases.actions.within import locked_for, locked_if_free
from amends.cases.events.snoozing import CaseSnoozed, CaseWoke
from amends.cases.models.case import Case
from amends.cases.models.snoozing import Snooze
from amends.cases.rules.snoozing import snoozes_until_at_most
from amends.journal.actions import record
from amends.staff.models import Staff


class SnoozeWithoutReason(Refused):
    text = _("Say why, for whoever looks for it meanwhile.")


class SnoozedIntoThePast(Refused):
    text = _("Say until when: a moment still to come.")


class NothingToSnoozeUntil(Refused):
    text = _("Something is due on %(reference)s already, or nothing at all. It stays in sight.")


class SnoozedPastDue(Refused):
    text = _("Something is due on %(reference)s %(moment)s. Until then at the latest.")


class NotSnoozed(Refused):
    text = _("%(reference)s is in sight already.")


@transaction.atomic
def snooze_case(case: Case, *, until: datetime, reason: str, by: Staff, at: datetime) -> Snooze:
    """Put `case` out of sight until a moment, and return what was noted of it.

    Whatever is done on it, or said by the customer, brings it back at once.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, SnoozeWithoutReason, SnoozedIntoThePast,
    NothingToSnoozeUntil, SnoozedPastDue.
    """
    case = locked_for(case, by=by)
    if not reason.strip():
        raise SnoozeWithoutReason
    last = snoozes_until_at_most(case.next_due_at, at)
    if last is None:
        raise NothingToSnoozeUntil(reference=case.reference)
    if until <= at:
        raise SnoozedIntoThePast
    if until > last:
        moment = day_words(localtime(last), localtime(at))
        raise SnoozedPastDue(reference=case.reference, moment=moment)
    snooze = Snooze.objects.create(case=case, until=until, reason=reason.strip(), by=by, at=at)
    case.snoozed_until = until
    case.save(update_fields=["snoozed_until"])
    record(CaseSnoozed(case_id=case.pk, snooze_id=snooze.pk, until=until.isoformat()), by=by, at=at)
    return snooze


@transaction.atomic
def wake_case(case: Case, *, by: Staff, at: datetime) -> Case:
    """Bring a snoozed case back into sight before its moment, and return it.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, NotSnoozed.
    """
    case = locked_for(case, by=by)
    if case.snoozed_until is None:
        raise NotSnoozed(reference=case.reference)
    _wake(case, by=by, at=at, in_time=False)
    return case


@transaction.atomic
def wake_in_time(case: Case, *, at: datetime) -> bool:
    """Bring a snoozed case back into sight by the clock.

    Return False if it is in sight, or if somebody is at it just now.
    """
    free = locked_if_free(case.pk)
    if free is None or free.snoozed_until is None or free.snoozed_until > at:
        return False
    _wake(free, by=None, at=at, in_time=True)
    return True


def _wake(case: Case, *, by: Staff | None, at: datetime, in_time: bool) -> None:
    case.snoozed_until = None
    case.save(update_fields=["snoozed_until"])
    record(CaseWoke(case_id=case.pk, in_time=in_time), by=by, at=at)
