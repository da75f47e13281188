"""A matter that is somebody else's: forwarded to whoever took it, or directed to whom it belongs.

The customer is told before it ends here; by mail it is told in the same act.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.cases.actions.letters import Told, tell_customer
from amends.cases.actions.within import let_go, locked_for, move, must_owe_nothing, settle
from amends.cases.events.turns import CaseForwarded, RuledOutOfScope
from amends.cases.models.case import Case
from amends.cases.models.turns import Forwarding
from amends.cases.rules.kinds import How, Outcome
from amends.cases.rules.lifecycle import State
from amends.journal.actions import record
from amends.staff.models import Staff


class WhyElsewhereNeeded(Refused):
    text = _("Say why it is not ours; the customer reads it.")


class ReceiverNeeded(Refused):
    text = _("Say who takes it, and who there said yes to it.")


class SignpostNeeded(Refused):
    text = _("Say whom they can turn to, and how.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """Who takes a case over from us: the organisation, and who there accepted it."""

    name: str
    accepted_by: str


@transaction.atomic
def forward_case(
    case: Case, *, receiver: Receiver, reason: str, told_how: How, by: Staff, at: datetime
) -> Case:
    """End `case` here because `receiver`, who accepted it, answers for it; return it.

    The customer is told by mail now (How.EMAIL), or was told already. We keep our copy.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, WhyElsewhereNeeded, ReceiverNeeded,
    StillOwed, NotTheOrder, NoAddress.
    """
    case = locked_for(case, by=by)
    if not reason.strip():
        raise WhyElsewhereNeeded
    if not (receiver.name.strip() and receiver.accepted_by.strip()):
        raise ReceiverNeeded
    must_owe_nothing(case)
    move(case, State.FORWARDED, at=at)
    case.ended_reason, case.closed_by = reason.strip(), by
    case.signpost = receiver.name.strip()
    forwarding = Forwarding.objects.create(
        case=case,
        to=receiver.name.strip(),
        accepted_by=receiver.accepted_by.strip(),
        told_how=told_how,
        by=by,
        at=at,
    )
    _end(case, at)
    if told_how is How.EMAIL:
        tell_customer(case, told=Told.FORWARDED, facts={"receiver": receiver}, by=by, at=at)
    record(
        CaseForwarded(case_id=case.pk, forwarding_id=forwarding.pk, state=case.state), by=by, at=at
    )
    return case


@transaction.atomic
def rule_out_of_scope(
    case: Case, *, reason: str, signpost: str, told_how: How, by: Staff, at: datetime
) -> Case:
    """End `case` because it is not ours to decide, and say why and whom to turn to; return it.

    The customer is told by mail now (How.EMAIL), or was told already.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, WhyElsewhereNeeded, SignpostNeeded,
    StillOwed, NotTheOrder, NoAddress.
    """
    case = locked_for(case, by=by)
    if not reason.strip():
        raise WhyElsewhereNeeded
    if not signpost.strip():
        raise SignpostNeeded
    must_owe_nothing(case)
    move(case, State.OUT_OF_SCOPE, at=at)
    case.ended_reason, case.signpost = reason.strip(), signpost.strip()
    case.outcome, case.closed_by = Outcome.OUT_OF_SCOPE, by
    _end(case, at)
    if told_how is How.EMAIL:
        tell_customer(case, told=Told.OUT_OF_SCOPE, facts={}, by=by, at=at)
    record(RuledOutOfScope(case_id=case.pk, told_how=told_how, state=case.state), by=by, at=at)
    return case


def _end(case: Case, at: datetime) -> None:
    let_go(case, at=at)
    settle(case)
