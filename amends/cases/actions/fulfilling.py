"""Doing what was decided: each remedy becomes a promise, kept on its day and asked after."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.cases.actions.deciding import NothingDecided
from amends.cases.actions.options import RemedyDueInThePast
from amends.cases.actions.within import (
    NotTheOrder,
    ask_at,
    first_ask_at,
    locked_by,
    locked_for,
    move,
    must_be_able,
    settle,
)
from amends.cases.events.deciding import DecisionCarriedOut, RemedyOwed
from amends.cases.events.handling import PromiseAccepted, PromiseMade
from amends.cases.models.case import Case
from amends.cases.models.deciding import Decision, Remedy
from amends.cases.models.promises import FollowUp, Promise
from amends.cases.queries.proposing import decision_to_do
from amends.cases.rules.due import BEFORE_ASKING_AGAIN
from amends.cases.rules.kinds import Basis, How
from amends.cases.rules.lifecycle import State
from amends.cases.rules.proposing import is_done_by_letter, waits_for_their_yes
from amends.journal.actions import Actor, record
from amends.staff.models import Staff
from amends.staff.rules.authority import RemedyKind


class WaitsForTheirYes(Refused):
    text = _("Part of it is a gesture of ours. Ask the customer whether they take it.")


class RemedyUnplanned(Refused):
    text = _("Say who does “%(what)s”, and by when.")


@transaction.atomic
def accept_decision(case: Case, *, how: How, by: Actor, at: datetime) -> Case:
    """Write down the customer's yes to what was decided, begin to do it, and return the case.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, NotTheOrder, NothingDecided, RemedyUnplanned,
    RemedyDueInThePast, CannotLookAfterIt.
    """
    case = locked_by(case, by=by)
    decision = _decision_on(case)
    decision.accepted_at, decision.accepted_how = at, how.value
    decision.save(update_fields=["accepted_at", "accepted_how"])
    return _carry_out(decision, by, at)


@transaction.atomic
def carry_out_decision(case: Case, *, by: Staff, at: datetime) -> Case:
    """Begin to do what is owed whatever the customer says, and return the case.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, NotTheOrder, NothingDecided,
    WaitsForTheirYes, RemedyUnplanned, RemedyDueInThePast, CannotLookAfterIt.
    """
    case = locked_for(case, by=by)
    decision = _decision_on(case)
    remedies = decision.proposal.option.remedies.filter(dropped_at=None)
    if waits_for_their_yes({Basis(basis) for basis in remedies.values_list("basis", flat=True)}):
        raise WaitsForTheirYes
    return _carry_out(decision, by, at)


def _decision_on(case: Case) -> Decision:
    """Return what was decided on `case`, which waits to be done."""
    if case.state != State.DECIDED:
        raise NotTheOrder(reference=case.reference)
    decision = decision_to_do(case)
    if decision is None:
        raise NothingDecided(reference=case.reference)
    decision.case = case
    return decision


def _carry_out(decision: Decision, by: Actor, at: datetime) -> Case:
    case = decision.case
    remedies = decision.proposal.option.remedies.filter(dropped_at=None).select_related("owner")
    move(case, State.FULFILLING, at=at)
    # What was begun before the decision was looked at again is not promised a second time.
    begun = remedies.filter(done_at=None, promise=None)
    owed = [each for each in begun if not is_done_by_letter(RemedyKind(each.kind))]
    for remedy in owed:
        _promise(decision, remedy, by, at)
    if not Promise.objects.filter(case=case).owed().exists():
        _ask_soon(case, at)
    settle(case)
    record(
        DecisionCarriedOut(
            case_id=case.pk,
            decision_id=decision.pk,
            how=decision.accepted_how,
            state=case.state,
        ),
        by=by,
        at=at,
    )
    return case


def _ask_soon(case: Case, at: datetime) -> None:
    """Take a case on which nothing is owed any more to its question, some days after the letter."""
    case.done_at, case.done_what = case.done_at or at, case.done_what or case.gist
    move(case, State.FOLLOW_UP, at=at)
    FollowUp.objects.create(case=case, due_at=ask_at(case, at + BEFORE_ASKING_AGAIN, at=at))


def _promise(decision: Decision, remedy: Remedy, by: Actor, at: datetime) -> None:
    """Promise the customer what `remedy` gives; it was approved when it was decided."""
    case = decision.case
    if remedy.owner is None or remedy.due_at is None:
        raise RemedyUnplanned(what=remedy.what)
    if remedy.due_at <= at:
        raise RemedyDueInThePast
    must_be_able(case, remedy.owner)
    promise = Promise.objects.create(
        case=case,
        what=remedy.what,
        due_at=remedy.due_at,
        owner=remedy.owner,
        made_by=decision.decider,
        made_at=at,
        remedy=remedy.kind,
        basis=remedy.basis,
        amount=remedy.amount,
        currency=remedy.currency,
        told_at=decision.decided_at,
        yes_at=decision.accepted_at,
        yes_how=decision.accepted_how,
    )
    FollowUp.objects.create(case=case, promise=promise, due_at=first_ask_at(case, remedy.due_at))
    remedy.promise = promise
    remedy.save(update_fields=["promise"])
    made = PromiseMade(
        case_id=case.pk,
        promise_id=promise.pk,
        due_at=remedy.due_at.isoformat(),
        state=case.state,
        owner_id=case.owner_id,
    )
    owed = RemedyOwed(case_id=case.pk, remedy_id=remedy.pk, promise_id=promise.pk)
    yes = PromiseAccepted(
        case_id=case.pk, promise_id=promise.pk, how=decision.accepted_how, state=case.state
    )
    for event in [made, owed, *([yes] if decision.accepted_at else [])]:
        record(event, by=by, at=at)
