"""The summary that ends the short way of a law: settled early, accepted, and said in writing."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.cases.actions.letters import Told, tell_customer
from amends.cases.actions.timekeeping import mark
from amends.cases.actions.within import locked, must_be_allowed, settle
from amends.cases.events.clocks import SummarySent
from amends.cases.models.case import Case
from amends.cases.queries.clocks import clocks_told, short_ways
from amends.cases.rules.kinds import How
from amends.journal.actions import record
from amends.staff.models import Staff
from amends.staff.rules.permissions import Act
from amends.standards.rules.history import What
from amends.standards.rules.law import Happening
from amends.standards.rules.law_history import happenings


class NoShortWay(Refused):
    text = _("No short way of a law is open on %(reference)s: the final letter answers it.")


class NotAcceptedYet(Refused):
    text = _("They have not said yes yet. Only what they accepted can be summed up.")


class SayWhatWasAgreed(Refused):
    text = _("Say what was agreed.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a customer is told of what was agreed, in their language, and by which way.

    told_how: by a mail that is written now (How.EMAIL), or how they were told already.
    """

    agreed: str
    told_how: How = How.EMAIL


@transaction.atomic
def send_summary(case: Case, *, summary: Summary, by: Staff, at: datetime) -> Case:
    """Tell the customer in short what was agreed and to whom they may turn; return the case.

    With it the short way of a law is gone in time, and the term of the long one stays as it is for
    whatever comes. Once its days are over there is only the long way.

    Raises NotAllowed, Barred, NotYours, SayWhatWasAgreed, NoShortWay, NotAcceptedYet, NoAddress.
    """
    case = locked(case)
    must_be_allowed(case, by=by, act=Act.WORK_ON_CASE)
    if not summary.agreed.strip():
        raise SayWhatWasAgreed
    telling = clocks_told(case)
    if not short_ways(telling, at):
        raise NoShortWay(reference=case.reference)
    if Happening.ACCEPTED not in happenings(telling.entries):
        raise NotAcceptedYet
    if summary.told_how is How.EMAIL:
        facts = {"agreed": summary.agreed.strip()}
        tell_customer(case, told=Told.SUMMARY, facts=facts, by=by, at=at)
    mark(case, What.SUMMARY_SENT, at=at)
    settle(case)
    record(SummarySent(case_id=case.pk, how=summary.told_how), by=by, at=at)
    return case
