"""Passing a customer's thanks on to the colleague they are meant for."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.cases.actions.within import locked_for
from amends.cases.events.handling import ThanksPassedOn
from amends.cases.models.case import Case
from amends.cases.models.thanks import Thanks
from amends.journal.actions import record
from amends.staff.models import Staff


class NoThanks(Refused):
    text = _("Write down what they said, in their words.")


class ThankedAlready(Refused):
    text = _("%(name)s has these thanks already.")


@transaction.atomic
def pass_on_thanks(case: Case, *, to: Staff, words: str, by: Staff, at: datetime) -> Thanks:
    """Pass on to the colleague `to` what the customer of `case` said of them.

    They find it on My day, and hear of it in the way they chose.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, NoThanks, ThankedAlready.
    """
    case = locked_for(case, by=by)
    if not words.strip():
        raise NoThanks
    if Thanks.objects.filter(case=case, to=to).exists():
        raise ThankedAlready(name=to.name)
    thanks = Thanks.objects.create(case=case, to=to, words=words.strip(), by=by, at=at)
    record(ThanksPassedOn(case_id=case.pk, thanks_id=thanks.pk, to_id=to.pk), by=by, at=at)
    return thanks
