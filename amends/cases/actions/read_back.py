"""Reading back how we understood a customer, and what happens next. Source: requirements S3-82."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.cases.actions.from_portal import add_words
from amends.cases.actions.letters import Told, tell_customer
from amends.cases.actions.said_along import add_said_along
from amends.cases.actions.within import locked_for, locked_open
from amends.cases.events.own_words import ReadBackAnswered, ReadBackAsked
from amends.cases.models.case import Case
from amends.cases.models.read_back import ReadBack
from amends.journal.actions import Actor, record
from amends.people.queries import mail_address_of
from amends.staff.models import Staff


class NothingUnderstood(Refused):
    text = _("Write down how you understood them, and what happens next.")


class ReadBackOver(Refused):
    text = _("This was answered already. Thank you.")


class CorrectionNeeded(Refused):
    text = _("Tell us in your own words how it is.")


@transaction.atomic
def ask_read_back(case: Case, *, text: str, by: Staff, at: datetime) -> ReadBack:
    """Tell the customer how we understood them and what happens next, and ask whether it is so.

    It stands on their page, and goes to them by mail where they have an address. The newest counts.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, NothingUnderstood.
    """
    case = locked_for(case, by=by)
    if not text.strip():
        raise NothingUnderstood
    case.read_backs.filter(ended_at=None).update(ended_at=at)
    asked = ReadBack.objects.create(case=case, text=text.strip(), by=by, at=at)
    record(ReadBackAsked(case_id=case.pk, read_back_id=asked.pk), by=by, at=at)
    if mail_address_of(case.person):
        tell_customer(case, told=Told.READ_BACK, facts={"read_back": asked}, by=by, at=at)
    return asked


@transaction.atomic
def confirm_read_back(read_back: ReadBack, *, by: Actor, at: datetime, words: str = "") -> ReadBack:
    """Write down that the customer says it is so, in their own `words` if they like; return it.

    Raises CaseHasEnded, ReadBackOver.
    """
    answered = _answered(read_back, confirmed=True, words=words, by=by, at=at)
    if words.strip():
        add_said_along(answered.case, words=words, by=by, at=at)
    return answered


@transaction.atomic
def correct_read_back(read_back: ReadBack, *, words: str, by: Actor, at: datetime) -> ReadBack:
    """Write down in the customer's `words` how it is instead, tell who has the case; return it.

    Raises CaseHasEnded, ReadBackOver, CorrectionNeeded.
    """
    if not words.strip():
        raise CorrectionNeeded
    answered = _answered(read_back, confirmed=False, words=words, by=by, at=at)
    add_words(answered.case, words=words, by=by, at=at)
    return answered


def _answered(
    read_back: ReadBack, *, confirmed: bool, words: str, by: Actor, at: datetime
) -> ReadBack:
    case = locked_open(read_back.case)
    read_back = ReadBack.objects.select_for_update().get(pk=read_back.pk)
    if read_back.answered_at or read_back.ended_at:
        raise ReadBackOver
    read_back.case, read_back.answered_at = case, at
    read_back.confirmed, read_back.words = confirmed, words.strip()
    read_back.save()
    record(
        ReadBackAnswered(case_id=case.pk, read_back_id=read_back.pk, confirmed=confirmed),
        by=by,
        at=at,
    )
    return read_back
