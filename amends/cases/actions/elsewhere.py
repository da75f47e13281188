"""A matter that is somebody else's: forwarded to whoever took it, or directed to whom it belongs.

The customer is told before it ends here; by mail it is told in the same act.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.cases.actions.letters import Told, tell_customer
from amends.cases.actions.ruling import Grounds, end_ruling, rule
from amends.cases.actions.within import (
    NotTheOrder,
    let_go,
    locked_for,
    move,
    must_owe_nothing,
    settle,
)
from amends.cases.events.turns import CaseForwarded, RuledOutOfScope
from amends.cases.models.case import Case
from amends.cases.models.turns import Forwarding
from amends.cases.queries.ways import ruling_of
from amends.cases.rules.admissibility import Ruled
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
    grounds = Grounds(reasons=reason)
    return rule_inadmissible(
        case, grounds=grounds, signpost=signpost, told_how=told_how, by=by, at=at
    )


@transaction.atomic
def rule_inadmissible(
    case: Case, *, grounds: Grounds, signpost: str, told_how: How, by: Staff, at: datetime
) -> Case:
    """End `case` because it is not for us to decide, and say why and whom to turn to; return it.

    It is not ours, too late, decided before, before another forum, or not theirs to tell. The
    customer is told by mail now (How.EMAIL), or was told already, and may have it looked at by
    another person. That it was to be looked at in spite of something stands no more.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, WhyElsewhereNeeded, SignpostNeeded,
    DaysNeeded, DaysOutOfOrder, EarlierNeeded, NotTheSameCustomer, StillOwed, NotTheOrder,
    NoAddress.
    """
    case = locked_for(case, by=by)
    if not grounds.reasons.strip():
        raise WhyElsewhereNeeded
    if not signpost.strip():
        raise SignpostNeeded
    if case.state == State.INTERNAL_REVIEW:
        raise NotTheOrder(reference=case.reference)
    must_owe_nothing(case)
    if before := ruling_of(case):
        end_ruling(before, grounds.reasons, by=by, at=at)
    ruling = rule(case, Ruled.INADMISSIBLE, grounds, by=by, at=at)
    move(case, State.OUT_OF_SCOPE, at=at)
    case.ended_reason, case.signpost = ruling.reasons, signpost.strip()
    case.outcome, case.closed_by = Outcome.OUT_OF_SCOPE, by
    _end(case, at)
    if told_how is How.EMAIL:
        tell_customer(case, told=Told.OUT_OF_SCOPE, facts={"ruling": ruling}, by=by, at=at)
    ruled = RuledOutOfScope(
        case_id=case.pk,
        told_how=told_how,
        state=case.state,
        ground=ruling.ground,
        ruling_id=ruling.pk,
    )
    record(ruled, by=by, at=at)
    return case


def _end(case: Case, at: datetime) -> None:
    let_go(case, at=at)
    settle(case)
