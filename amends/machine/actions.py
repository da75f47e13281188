"""Asking an outside model, and keeping what was sent and what came back."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.base.limits import may_try
from amends.base.refusal import Refused
from amends.cases.actions.within import must_be_allowed
from amends.cases.models.case import Case
from amends.journal.actions import record
from amends.machine.events import OutsideModelAsked
from amends.machine.models import Asked
from amends.machine.queries import Question, is_set_up
from amends.machine.rules.masking import unmasked, without_addresses
from amends.machine.rules.uses import Failure
from amends.staff.models import Staff
from amends.staff.rules.permissions import Act

KEPT_FOR = timedelta(days=90)
MOST_AN_HOUR = 30


class NoModel(Refused):
    text = _("No outside model is set up here.")


class SensitiveStays(Refused):
    text = _("This case is marked sensitive: nothing of it leaves.")


class NothingToSend(Refused):
    text = _("There are no words on this case yet that could be sent.")


class AskedTooOften(Refused):
    text = _("You asked very often within the hour. Try again a little later.")


@transaction.atomic
def begin_asking(case: Case, *, question: Question, by: Staff, at: datetime) -> Asked:
    """Write down what of `case` is about to be sent, and return it; it is sent afterwards.

    Raises NotAllowed, Barred, NotYours, NoModel, SensitiveStays, NothingToSend, AskedTooOften.
    """
    must_be_allowed(case, by=by, act=Act.WORK_ON_CASE)
    if not is_set_up():
        raise NoModel
    if case.sensitive_since:
        raise SensitiveStays
    if not question.data:
        raise NothingToSend
    if not may_try("ask-model", str(by.pk), most=MOST_AN_HOUR, per=timedelta(hours=1)):
        raise AskedTooOften
    asked = Asked.objects.create(
        case=case,
        use=question.use,
        by=by,
        at=at,
        model=settings.MODEL_NAME[:100],
        sent=question.data,
        expires_at=at + KEPT_FOR,
    )
    told = OutsideModelAsked(
        case_id=case.pk, asked_id=asked.pk, use=question.use, model=asked.model
    )
    record(told, by=by, at=at)
    return asked


@transaction.atomic
def keep_answer(
    asked: Asked, *, question: Question, text: str, failure: Failure | None, at: datetime
) -> Asked:
    """Keep what came back, with what the masks stand for, or why nothing did."""
    answer = unmasked(without_addresses(text), question.masks.of)
    asked.answer, asked.failure = ("", failure.value) if failure else (answer, "")
    asked.answered_at = at
    asked.save(update_fields=["answer", "failure", "answered_at"])
    return asked


@transaction.atomic
def forget_asked(asked: Asked, *, at: datetime) -> None:
    """Forget what was sent and answered, when its time has passed."""
    Asked.objects.filter(pk=asked.pk, expires_at__lte=at).delete()
