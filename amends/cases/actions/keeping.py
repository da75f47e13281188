"""Keeping the records of ended cases: until when, what is past that, and what must not go."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import DateTimeField, ExpressionWrapper, Func, OuterRef, Subquery, Value
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.cases.events.keeping import (
    KeepingTermSet,
    RecordFrozen,
    RecordPastKeeping,
    RecordThawed,
)
from amends.cases.models.case import Case
from amends.cases.models.keeping import Keeping, KeepingTerm
from amends.cases.rules.keeping import FEWEST_YEARS, MOST_YEARS
from amends.journal.actions import record
from amends.staff.actions.authorise import require
from amends.staff.models import Staff
from amends.staff.rules.permissions import Act


class WhyKept(Refused):
    text = _("Say why it must be kept, for whoever wants to let it go.")


class NoSuchTerm(Refused):
    text = _("Between 1 and 30 years.")


@transaction.atomic
def set_keeping_term(*, years: int, by: Staff, at: datetime) -> None:
    """Keep the records of all cases so many years after their end, those that ended before, too.

    Raises NotAllowed, NoSuchTerm.
    """
    require(by, Act.EDIT_TEAMS)
    if not FEWEST_YEARS <= years <= MOST_YEARS:
        raise NoSuchTerm
    KeepingTerm.objects.update_or_create(pk=1, defaults={"years": years})
    Keeping.objects.update(keep_until=_years_after_the_end(years))
    Keeping.objects.filter(keep_until__gt=at).update(past_at=None)
    record(KeepingTermSet(years=years), by=by, at=at)


def _years_after_the_end(years: int) -> Any:  # noqa: ANN401 - an expression of the database
    ended = Subquery(Case.objects.filter(pk=OuterRef("pk")).values("closed_at")[:1])
    span = Func(Value(years), template="make_interval(years => %(expressions)s)")
    return ExpressionWrapper(ended + span, output_field=DateTimeField())


@transaction.atomic
def note_past_keeping(keeping: Keeping, *, at: datetime) -> None:
    """Note that a record need not be kept any longer: somebody decides what becomes of it.

    The caller holds it and its case.
    """
    keeping.past_at = at
    keeping.save(update_fields=["past_at"])
    record(RecordPastKeeping(case_id=keeping.case_id), by=None, at=at)


@transaction.atomic
def freeze_record(keeping: Keeping, *, reason: str, by: Staff, at: datetime) -> Keeping:
    """Keep a record whatever the date, for a reason such as a lawsuit, and return it.

    Raises NotAllowed, WhyKept.
    """
    require(by, Act.EDIT_TEAMS)
    if not reason.strip():
        raise WhyKept
    keeping = Keeping.objects.select_for_update().get(pk=keeping.pk)
    keeping.frozen_at, keeping.frozen_by, keeping.frozen_reason = at, by, reason.strip()
    keeping.save(update_fields=["frozen_at", "frozen_by", "frozen_reason"])
    record(RecordFrozen(case_id=keeping.case_id), by=by, at=at)
    return keeping


@transaction.atomic
def thaw_record(keeping: Keeping, *, by: Staff, at: datetime) -> Keeping:
    """Let a record be kept no longer than its date again, and return it.

    Raises NotAllowed.
    """
    require(by, Act.EDIT_TEAMS)
    keeping = Keeping.objects.select_for_update().get(pk=keeping.pk)
    if keeping.frozen_at is None:
        return keeping
    keeping.frozen_at = keeping.frozen_by = None
    keeping.frozen_reason = ""
    keeping.save(update_fields=["frozen_at", "frozen_by", "frozen_reason"])
    record(RecordThawed(case_id=keeping.case_id), by=by, at=at)
    return keeping
