"""Ways to put it right beside each other: what each gives, costs and is worth."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.cases.actions.giving import AmountWithoutRemedy
from amends.cases.actions.within import locked_for, must_be_able, settle
from amends.cases.events.deciding import (
    OptionAdded,
    OptionChanged,
    OptionDropped,
    RemedyAdded,
    RemedyDropped,
)
from amends.cases.models.case import Case
from amends.cases.models.deciding import Decision, Option, Remedy
from amends.cases.rules.kinds import Basis
from amends.cases.rules.sentences import promised
from amends.journal.actions import record
from amends.staff.models import Staff
from amends.staff.queries import organisation
from amends.staff.rules.authority import MONEY, RemedyKind


class OptionSaysNothing(Refused):
    text = _("Say in one sentence how it would be put right.")


class RemedySaysNothing(Refused):
    text = _("Say how it is given, as the customer will read it.")


class RemedyDueInThePast(Refused):
    text = _("A remedy needs a moment in the future.")


class ProposedAlready(Refused):
    text = _("This was put to the customer. Take the proposal back first.")


class WhyLeftAsideNeeded(Refused):
    text = _("Say why it is left aside, so that whoever reads it later understands.")


class NegativeSum(Refused):
    text = _("A sum is not less than nothing.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way to put it right; cost and value in our own currency, None where it is not known."""

    what: str
    cost: Decimal | None = None
    value: Decimal | None = None
    value_words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gives:
    """One thing that an option gives, how, by whom and by when; `amount` in our own currency."""

    kind: RemedyKind
    what: str
    basis: Basis = Basis.POLICY
    amount: Decimal | None = None
    owner: Staff | None = None
    due_at: datetime | None = None


@transaction.atomic
def add_option(case: Case, *, way: Way, by: Staff, at: datetime) -> Option:
    """Write down one more way to put it right, and return it.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, OptionSaysNothing, NegativeSum.
    """
    case = locked_for(case, by=by)
    _check_way(way)
    option = Option.objects.create(
        case=case,
        what=promised(way.what),
        cost=way.cost,
        value=way.value,
        value_words=way.value_words.strip(),
        currency=organisation().currency,
        by=by,
        at=at,
        changed_at=at,
    )
    record(OptionAdded(case_id=case.pk, option_id=option.pk), by=by, at=at)
    return option


@transaction.atomic
def change_option(option: Option, *, way: Way, by: Staff, at: datetime) -> Option:
    """Say better what `option` is, costs and is worth, until it is proposed; return it.

    An approval given before counts no more.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, ProposedAlready, OptionSaysNothing,
    NegativeSum.
    """
    case, option = _locked_option(option, by)
    _check_way(way)
    option.what, option.changed_at = promised(way.what), at
    option.cost, option.value = way.cost, way.value
    option.value_words = way.value_words.strip()
    option.save(update_fields=["what", "changed_at", "cost", "value", "value_words"])
    settle(case)
    record(OptionChanged(case_id=case.pk, option_id=option.pk), by=by, at=at)
    return option


@transaction.atomic
def drop_option(option: Option, *, why: str, by: Staff, at: datetime) -> Option:
    """Take `option` off the table, and say why; what was weighed stays to be read.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, ProposedAlready, WhyLeftAsideNeeded.
    """
    case, option = _locked_option(option, by)
    if not why.strip():
        raise WhyLeftAsideNeeded
    if option.dropped_at is None:
        option.dropped_at, option.dropped_why = at, why.strip()
        option.save(update_fields=["dropped_at", "dropped_why"])
    record(OptionDropped(case_id=case.pk, option_id=option.pk), by=by, at=at)
    return option


@transaction.atomic
def add_remedy(option: Option, *, gives: Gives, by: Staff, at: datetime) -> Remedy:
    """Let `option` give one more thing, and return it. An approval given before counts no more.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, ProposedAlready, RemedySaysNothing,
    RemedyDueInThePast, AmountWithoutRemedy, NegativeSum, CannotLookAfterIt.
    """
    case, option = _locked_option(option, by)
    _check(case, gives, at)
    remedy = Remedy.objects.create(
        option=option,
        kind=gives.kind,
        basis=gives.basis,
        what=promised(gives.what),
        amount=gives.amount,
        currency=option.currency if gives.amount is not None else "",
        owner=gives.owner or by,
        due_at=gives.due_at,
    )
    option.changed_at = at
    option.save(update_fields=["changed_at"])
    record(
        RemedyAdded(
            case_id=case.pk,
            option_id=option.pk,
            remedy_id=remedy.pk,
            remedy=gives.kind,
            amount="" if gives.amount is None else str(gives.amount),
        ),
        by=by,
        at=at,
    )
    return remedy


@transaction.atomic
def drop_remedy(remedy: Remedy, *, by: Staff, at: datetime) -> Remedy:
    """Let its option give this no more. An approval given before counts no more.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, ProposedAlready.
    """
    case, option = _locked_option(remedy.option, by)
    remedy.dropped_at = remedy.dropped_at or at
    remedy.save(update_fields=["dropped_at"])
    option.changed_at = at
    option.save(update_fields=["changed_at"])
    settle(case)
    record(RemedyDropped(case_id=case.pk, option_id=option.pk, remedy_id=remedy.pk), by=by, at=at)
    return remedy


def _check_way(way: Way) -> None:
    if not way.what.strip():
        raise OptionSaysNothing
    if any(sum_ is not None and sum_ < 0 for sum_ in (way.cost, way.value)):
        raise NegativeSum


def _check(case: Case, gives: Gives, at: datetime) -> None:
    if not gives.what.strip():
        raise RemedySaysNothing
    if gives.due_at is not None and gives.due_at <= at:
        raise RemedyDueInThePast
    if gives.amount is not None and gives.kind not in MONEY:
        raise AmountWithoutRemedy
    if gives.amount is not None and gives.amount < 0:
        raise NegativeSum
    if gives.owner:
        must_be_able(case, gives.owner)


def _locked_option(option: Option, by: Staff) -> tuple[Case, Option]:
    """Return the case and the option, which nobody was told of yet."""
    case = locked_for(option.case, by=by)
    option = Option.objects.select_for_update().get(pk=option.pk)
    told = option.proposals.filter(ended_at=None).exists()
    if told or Decision.objects.filter(proposal__option=option, decided_at__isnull=False).exists():
        raise ProposedAlready
    return case, option
