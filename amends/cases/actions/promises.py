"""Promises: made, answered, kept, renegotiated, broken."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.cases.actions.giving import Gift, must_be_within_authority
from amends.cases.actions.within import (
    ask_at,
    first_ask_at,
    locked_by,
    locked_for,
    locked_if_free,
    move,
    must_be_able,
    put_in_charge,
    settle,
    step_up,
)
from amends.cases.events.handling import (
    BrokenPromiseApologised,
    PromiseAccepted,
    PromiseBroken,
    PromiseCountered,
    PromiseKept,
    PromiseMade,
    PromiseRenegotiated,
)
from amends.cases.models.case import Case
from amends.cases.models.deciding import Remedy
from amends.cases.models.promises import FollowUp, Promise
from amends.cases.queries.linked import first_before
from amends.cases.rules.due import BEFORE_ASKING
from amends.cases.rules.kinds import Basis, How
from amends.cases.rules.lifecycle import State
from amends.cases.rules.sentences import promised
from amends.cases.rules.turns import NOT_BEGUN
from amends.journal.actions import Actor, record
from amends.staff.models import Staff
from amends.staff.queries import organisation
from amends.staff.rules.authority import RemedyKind
from amends.staff.rules.permissions import Act


class PromiseDueInThePast(Refused):
    text = _("A promise needs a moment in the future.")


class PromiseSaysNothing(Refused):
    text = _("Say in one sentence what is promised.")


class PromiseNotOpen(Refused):
    text = _("This promise is not open any more. Look at the case again.")


class NothingToApologiseFor(Refused):
    text = _("This promise was not broken.")


class NoEvidence(Refused):
    text = _("Say in a few words what was done.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A promise, before it is made. `owner` keeps it; `amount` is in our own currency."""

    what: str
    due_at: datetime
    owner: Staff | None = None
    remedy: RemedyKind = RemedyKind.NONE
    basis: Basis = Basis.POLICY
    amount: Decimal | None = None


@transaction.atomic
def make_promise(case: Case, *, offer: Offer, by: Staff, at: datetime) -> Promise:
    """Promise the customer of `case` what `offer` says, and plan to ask on that day.

    The first promise answers, acknowledges and assesses the case: it names who does what by when.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, PromiseSaysNothing, PromiseDueInThePast,
    BeyondAuthority, AmountWithoutRemedy, AmountNeeded, CannotLookAfterIt.
    """
    case = locked_for(case, by=by, act=Act.MAKE_PROMISE)
    _check(case, offer, by, at)
    promise = _create(case, offer, by, at)
    if case.owner_id is None:
        put_in_charge(case, by, at=at)
    _take_up_again(case, at)
    step_up(case, State.ASSESSED, at=at)
    settle(case)
    record(
        PromiseMade(
            case_id=case.pk,
            promise_id=promise.pk,
            due_at=offer.due_at.isoformat(),
            state=case.state,
            owner_id=case.owner_id,
        ),
        by=by,
        at=at,
    )
    return promise


@transaction.atomic
def accept_promise(promise: Promise, *, how: How, by: Actor, at: datetime) -> Promise:
    """Write down the customer's yes to `promise` and return it. A second yes changes nothing.

    A yes is taken also where the work on it waits for another case.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, PromiseNotOpen.
    """
    case, promise = _locked_promise(promise, by)
    if promise.yes_at:
        return promise
    promise.yes_at, promise.yes_how = at, how
    promise.save(update_fields=["yes_at", "yes_how"])
    _begin_if_it_may(case, at)
    settle(case)
    record(
        PromiseAccepted(case_id=case.pk, promise_id=promise.pk, how=how, state=case.state),
        by=by,
        at=at,
    )
    return promise


@transaction.atomic
def counter_promise(
    promise: Promise,
    *,
    wished: datetime,
    words: str,
    by: Actor,
    at: datetime,
    how: How = How.LINK,
) -> Promise:
    """Write down that the customer needs another moment than `promise` says, and return it.

    Until we answer, a later moment is waited for: the promise breaks then, and is asked after then.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, PromiseNotOpen, PromiseDueInThePast.
    """
    case, promise = _locked_promise(promise, by)
    if wished <= at:
        raise PromiseDueInThePast
    promise.countered_at, promise.counter_for, promise.counter_words = at, wished, words
    promise.yes_at, promise.yes_how, promise.counter_how = None, "", how
    promise.save()
    _pending(promise).update(due_at=first_ask_at(case, promise.holds_until))
    settle(case)
    record(
        PromiseCountered(case_id=case.pk, promise_id=promise.pk, counter_for=wished.isoformat()),
        by=by,
        at=at,
    )
    return promise


@transaction.atomic
def keep_promise(promise: Promise, *, evidence: str, by: Staff, at: datetime) -> Promise:
    """Mark `promise` kept, with `evidence` of what was done, and return it.

    A promise that was broken is made good late; it stays on record as broken. When nothing more is
    owed the case goes on to being asked after; what was done before the customer answered the slip
    is taken as agreed.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, PromiseNotOpen, NoEvidence.
    """
    case = locked_for(promise.case, by=by)
    promise = _locked_owed(promise)
    if not evidence.strip():
        raise NoEvidence
    if promise.broken_at:
        promise.done_late_at = at
    else:
        promise.kept_at = at
    promise.kept_evidence = evidence
    promise.save()
    case.done_at, case.done_what, case.verdict = at, evidence, ""
    _plan_to_ask(promise, at)
    if not Promise.objects.filter(case=case).owed().exists():
        step_up(case, State.FOLLOW_UP, at=at)
    settle(case)
    record(PromiseKept(case_id=case.pk, promise_id=promise.pk, state=case.state), by=by, at=at)
    return promise


@transaction.atomic
def renegotiate_promise(promise: Promise, *, offer: Offer, by: Staff, at: datetime) -> Promise:
    """Put a new promise in the place of `promise`, open or broken, and return the new one.

    The same promise for the very moment that the customer wished for has their yes already.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, PromiseNotOpen, PromiseSaysNothing,
    PromiseDueInThePast, BeyondAuthority, AmountWithoutRemedy, AmountNeeded, CannotLookAfterIt.
    """
    case = locked_for(promise.case, by=by, act=Act.MAKE_PROMISE)
    promise = _locked_owed(promise)
    _check(case, offer, by, at)
    agreed = promise.waits_for_answer and _is_what_was_wished(promise, offer)
    new = _create(case, offer, by, at)
    promise.replaced_at, promise.replaced_by = at, new
    promise.save(update_fields=["replaced_at", "replaced_by"])
    Remedy.objects.filter(promise=promise).update(promise=new)
    _pending(promise).update(due_at=None, dropped_at=at)
    _take_up_again(case, at)
    if agreed:
        new.yes_at, new.yes_how = at, promise.counter_how
        new.save(update_fields=["yes_at", "yes_how"])
        _begin_if_it_may(case, at)
    settle(case)
    record(
        PromiseRenegotiated(
            case_id=case.pk,
            promise_id=promise.pk,
            new_promise_id=new.pk,
            due_at=offer.due_at.isoformat(),
            agreed=agreed,
            state=case.state,
        ),
        by=by,
        at=at,
    )
    return new


@transaction.atomic
def apologise_for_broken(promise: Promise, *, by: Staff, at: datetime) -> Promise:
    """Write down that we said first, before anything else, that we did not keep `promise`.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, NothingToApologiseFor.
    """
    case = locked_for(promise.case, by=by)
    promise = Promise.objects.select_for_update().get(pk=promise.pk)
    if promise.broken_at is None:
        raise NothingToApologiseFor
    promise.apologised_at = promise.apologised_at or at
    promise.save(update_fields=["apologised_at"])
    case.apology_at = case.apology_at or at
    settle(case)
    record(BrokenPromiseApologised(case_id=case.pk, promise_id=promise.pk), by=by, at=at)
    return promise


@transaction.atomic
def mark_promise_broken(promise: Promise, *, at: datetime) -> bool:
    """Mark an overdue `promise` broken.

    Return False if it was settled meanwhile, or if somebody is at the case just now: then it is
    looked at again a moment later.
    """
    case = locked_if_free(promise.case_id)
    overdue = Promise.objects.filter(pk=promise.pk).overdue(at)
    if case is None or not overdue.update(broken_at=at):
        return False
    _pending(promise).update(due_at=None, dropped_at=at)
    settle(case)
    record(PromiseBroken(case_id=case.pk, promise_id=promise.pk), by=None, at=at)
    return True


def _check(case: Case, offer: Offer, by: Staff, at: datetime) -> None:
    if not offer.what.strip():
        raise PromiseSaysNothing
    if offer.due_at <= at:
        raise PromiseDueInThePast
    must_be_within_authority(Gift(offer.remedy, offer.amount), by=by)
    if offer.owner:
        must_be_able(case, offer.owner)


def _create(case: Case, offer: Offer, by: Staff, at: datetime) -> Promise:
    promise = Promise.objects.create(
        case=case,
        what=promised(offer.what),
        due_at=offer.due_at,
        owner=offer.owner or by,
        made_by=by,
        made_at=at,
        remedy=offer.remedy,
        basis=offer.basis,
        amount=offer.amount,
        currency=organisation().currency if offer.amount is not None else "",
    )
    FollowUp.objects.create(case=case, promise=promise, due_at=first_ask_at(case, offer.due_at))
    return promise


def _take_up_again(case: Case, at: datetime) -> None:
    """Take a case that was to be asked after back into work: something more is owed."""
    if case.state == State.FOLLOW_UP:
        move(case, State.FULFILLING, at=at)


def _begin_if_it_may(case: Case, at: datetime) -> None:
    """Go on to what was agreed, unless another case must end first."""
    if not (State(case.state) in NOT_BEGUN and first_before(case)):
        step_up(case, State.FULFILLING, at=at)


def _is_what_was_wished(promise: Promise, offer: Offer) -> bool:
    same_words = promised(offer.what) == promise.what
    return same_words and offer.due_at == promise.counter_for and bool(promise.counter_how)


def _locked_promise(promise: Promise, by: Actor) -> tuple[Case, Promise]:
    case = locked_by(promise.case, by=by)
    promise = Promise.objects.select_for_update().get(pk=promise.pk)
    if not promise.is_open:
        raise PromiseNotOpen
    return case, promise


def _locked_owed(promise: Promise) -> Promise:
    promise = Promise.objects.select_for_update().get(pk=promise.pk)
    if not promise.is_owed:
        raise PromiseNotOpen
    return promise


def _pending(promise: Promise) -> QuerySet[FollowUp]:
    return FollowUp.objects.filter(promise=promise, answered_at=None, dropped_at=None)


def _plan_to_ask(promise: Promise, at: datetime) -> None:
    """Ask after `promise`, now that it is done, also where the question was dropped or answered."""
    if _pending(promise).exists():
        return
    wanted = max(at, promise.due_at) + BEFORE_ASKING
    due_at = ask_at(promise.case, wanted, at=at)
    dropped = FollowUp.objects.filter(promise=promise, answered_at=None)
    if not dropped.update(due_at=due_at, dropped_at=None):
        FollowUp.objects.create(case=promise.case, due_at=due_at)
