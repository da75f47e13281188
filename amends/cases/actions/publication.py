"""Whether a customer's story may be told to others: their own word, and never taken for granted."""

from datetime import datetime

from django.db import transaction

from amends.cases.actions.within import locked, must_be_allowed, settle
from amends.cases.events.weighing import PublicationAnswered
from amends.cases.models.case import Case
from amends.cases.rules.kinds import How
from amends.cases.rules.weighing import Consent, answered
from amends.journal.actions import Actor, record
from amends.staff.models import Staff
from amends.staff.rules.permissions import Act


@transaction.atomic
def answer_publication(case: Case, *, said: Consent, how: How, by: Actor, at: datetime) -> Case:
    """Write down whether the story of `case` may be told, as its customer `said`; return the case.

    It can be said, and taken back, at any time, also once the case has ended.

    Raises NotAllowed, Barred, NotYours.
    """
    case = locked(case)
    if isinstance(by, Staff):
        must_be_allowed(case, by=by, act=Act.WORK_ON_CASE)
    case.publication_consent = answered(said, before=case.publication_consent)
    case.publication_how, case.publication_at = how, at
    settle(case)
    told = PublicationAnswered(case_id=case.pk, consent=case.publication_consent, how=how)
    record(told, by=by, at=at)
    return case
