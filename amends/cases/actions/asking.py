"""Amends asks by itself, on the promised day, whether it is put right."""

from datetime import datetime

from django.db import transaction

from amends.cases.actions.follow_up import note_attempt
from amends.cases.actions.letters import send_question
from amends.cases.actions.promises import mark_promise_broken
from amends.cases.actions.within import ask_at, locked, settle
from amends.cases.events.handling import PutRightHanded
from amends.cases.models.case import Case
from amends.cases.models.promises import FollowUp
from amends.cases.rules.asking import asks_by_mail
from amends.cases.rules.kinds import AttemptResult, How
from amends.journal.actions import record
from amends.people.queries import mail_address_of
from amends.people.rules.kinds import Preference


@transaction.atomic
def ask_put_right(follow_up: FollowUp, *, at: datetime) -> None:
    """Ask the customer whether it is put right, or hand the question to who answers for the case.

    A promise that is open past its moment is broken, and nobody asks about that. Nobody is asked
    while we are closed: where the hours changed meanwhile, or we come late, it waits until we open.
    """
    case = locked(follow_up.case)
    if follow_up.promise and follow_up.promise.is_open:
        mark_promise_broken(follow_up.promise, at=at)
    elif (opens_at := ask_at(case, at, at=at)) > at:
        FollowUp.objects.filter(pk=follow_up.pk).update(due_at=opens_at)
        settle(case)
    elif _asks_by_mail(case, follow_up) and send_question(follow_up, at=at):
        note_attempt(follow_up, how=How.EMAIL, result=AttemptResult.SENT, by=None, at=at)
    else:
        _hand(case, follow_up, at)


def _asks_by_mail(case: Case, follow_up: FollowUp) -> bool:
    if case.person is None:
        return False
    return asks_by_mail(
        has_mail=bool(mail_address_of(case.person)),
        prefers=Preference(case.person.prefers) if case.person.prefers else None,
        asked=follow_up.attempts.filter(by=None).count(),
    )


def _hand(case: Case, follow_up: FollowUp, at: datetime) -> None:
    FollowUp.objects.filter(pk=follow_up.pk).update(handed_at=at)
    settle(case)
    record(PutRightHanded(case_id=case.pk, follow_up_id=follow_up.pk), by=None, at=at)
