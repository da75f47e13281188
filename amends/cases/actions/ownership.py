"""Who owns a case: taken, assigned, handed over. The giver keeps it until the taker accepts."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.base.time_words import date_words
from amends.cases.actions.within import (
    CannotLookAfterIt,
    NotYours,
    is_barred,
    locked_for,
    locked_open,
    must_be_able,
    put_in_charge,
    settle,
)
from amends.cases.events.handling import (
    CaseAssigned,
    CaseGivenToTeam,
    CaseTaken,
    HandoverAccepted,
    HandoverDeclined,
    HandoverOffered,
    HandoverWithdrawn,
)
from amends.cases.models.case import Case
from amends.cases.models.colleagues import Handover
from amends.cases.models.promises import Promise
from amends.cases.queries.file import WAITING
from amends.cases.queries.safety import is_spared
from amends.cases.rules.due import TO_ACCEPT_HANDOVER
from amends.journal.actions import record
from amends.staff.actions.authorise import require
from amends.staff.models import Staff, Team
from amends.staff.queries import absence_of
from amends.staff.rules.permissions import Act


class TakenAlready(Refused):
    text = _("%(owner)s has taken %(reference)s already.")


class NobodyOwnsIt(Refused):
    text = _("Nobody has taken %(reference)s yet. Take it first, or assign it.")


class ToTheSamePerson(Refused):
    text = _("%(name)s has %(reference)s already.")


class WithTheTeamAlready(Refused):
    text = _("%(reference)s waits in %(name)s already.")


class SummaryNeeded(Refused):
    text = _("Say in a few sentences what matters, so that the customer need not say it again.")


class HandoverWaits(Refused):
    text = _("%(name)s was asked already. Wait for the answer, or take the handover back.")


class HandoverOver(Refused):
    text = _("This handover does not wait any more. Look at the case again.")


class NotOfferedToYou(Refused):
    text = _("This handover was offered to %(name)s.")


class WhyNotNeeded(Refused):
    text = _("Say why, so that %(name)s can find somebody else.")


class IsAway(Refused):
    """Nothing new is given to somebody who is away: `until` is their last day away."""

    text = _("%(name)s is away until %(until)s. Give it to who stands in, or to the team.")

    def __init__(self, *, name: str, until: str, deputies: str) -> None:
        super().__init__(name=name, until=until, deputies=deputies)

    def __str__(self) -> str:
        if not self.facts["deputies"]:
            return super().__str__()
        text = _("%(name)s is away until %(until)s. %(deputies)s stands in: give it to them.")
        return str(text) % self.facts


@transaction.atomic
def take_case(case: Case, *, by: Staff, at: datetime) -> Case:
    """Make `by` the owner of a case that nobody has taken; taking one's own again changes nothing.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, TakenAlready.
    """
    case = locked_for(case, by=by)
    if case.owner_id == by.pk:
        return case
    if case.owner:
        raise TakenAlready(owner=case.owner, reference=case.reference)
    put_in_charge(case, by, at=at)
    settle(case)
    record(CaseTaken(case_id=case.pk, owner_id=by.pk), by=by, at=at)
    return case


@transaction.atomic
def assign_case(case: Case, *, to: Staff, by: Staff, at: datetime) -> Case:
    """Make `to` the owner, whoever owned it before; what that colleague still owed passes along.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, ToTheSamePerson, IsAway,
    CannotLookAfterIt.
    """
    case = locked_for(case, by=by, act=Act.ASSIGN_CASE)
    if case.owner_id == to.pk:
        raise ToTheSamePerson(name=to.name, reference=case.reference)
    _must_be_here(to, at)
    if is_spared(case, to, at=at):
        raise CannotLookAfterIt(name=to.name)
    before = case.owner
    put_in_charge(case, to, at=at)
    if before:
        _pass_promises(case, before, to)
    Handover.objects.filter(case=case, **WAITING).update(withdrawn_at=at)
    settle(case)
    record(
        CaseAssigned(case_id=case.pk, owner_id=to.pk, from_id=before.pk if before else None),
        by=by,
        at=at,
    )
    return case


@transaction.atomic
def give_to_team(case: Case, *, to: Team, by: Staff, at: datetime) -> Case:
    """Let `case` wait in the team `to` until somebody there takes it, and return it.

    Until then the team's duty owner answers, and keeps what the owner before still owed.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, WithTheTeamAlready, CannotLookAfterIt.
    """
    case = locked_for(case, by=by, act=Act.ASSIGN_CASE)
    if case.team_id == to.pk and case.owner is None:
        raise WithTheTeamAlready(name=to.name, reference=case.reference)
    must_be_able(case, to.duty_owner)
    if case.owner:
        _pass_promises(case, case.owner, to.duty_owner)
    case.team, case.department = to, to.department
    case.owner = case.owned_since = None
    Handover.objects.filter(case=case, **WAITING).update(withdrawn_at=at)
    settle(case)
    record(CaseGivenToTeam(case_id=case.pk, team_id=to.pk, owner_id=None), by=by, at=at)
    return case


@transaction.atomic
def offer_handover(
    case: Case, *, to: Staff, summary: str, by: Staff, at: datetime, emotion_note: str = ""
) -> Handover:
    """Offer `case` to a colleague, with what matters and what is still owed, and return the offer.

    Only its owner hands a case over, or who may assign cases. The owner keeps it until then.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, NobodyOwnsIt, SummaryNeeded,
    ToTheSamePerson, HandoverWaits, CannotLookAfterIt.
    """
    case = locked_for(case, by=by)
    if case.owner is None:
        raise NobodyOwnsIt(reference=case.reference)
    if case.owner_id != by.pk and not by.may(Act.ASSIGN_CASE):
        raise NotYours(reference=case.reference, owner=case.owner)
    _check_offer(case, to, summary)
    handover = Handover.objects.create(
        case=case,
        giver=case.owner,
        taker=to,
        summary=summary.strip(),
        open_promises=_owed(case),
        emotion_note=emotion_note.strip(),
        offered_at=at,
        due_at=at + TO_ACCEPT_HANDOVER,
    )
    settle(case)
    record(HandoverOffered(case_id=case.pk, handover_id=handover.pk, taker_id=to.pk), by=by, at=at)
    return handover


@transaction.atomic
def accept_handover(handover: Handover, *, by: Staff, at: datetime) -> Case:
    """Take over the case that was offered to `by`, with the promises its giver still owes.

    Raises NotAllowed, CaseHasEnded, HandoverOver, NotOfferedToYou, CannotLookAfterIt.
    """
    require(by, Act.WORK_ON_CASE)
    case, handover = _locked_waiting(handover)
    if handover.taker_id != by.pk:
        raise NotOfferedToYou(name=handover.taker.name)
    put_in_charge(case, by, at=at)
    _pass_promises(case, handover.giver, by)
    handover.accepted_at = at
    handover.save(update_fields=["accepted_at"])
    settle(case)
    record(HandoverAccepted(case_id=case.pk, handover_id=handover.pk, owner_id=by.pk), by=by, at=at)
    return case


@transaction.atomic
def decline_handover(handover: Handover, *, reason: str, by: Staff, at: datetime) -> Case:
    """Decline to take over the case that was offered to `by`, and say why.

    Raises NotAllowed, CaseHasEnded, HandoverOver, NotOfferedToYou, WhyNotNeeded.
    """
    require(by, Act.WORK_ON_CASE)
    case, handover = _locked_waiting(handover)
    if handover.taker_id != by.pk:
        raise NotOfferedToYou(name=handover.taker.name)
    if not reason.strip():
        raise WhyNotNeeded(name=handover.giver.name)
    handover.declined_at, handover.declined_reason = at, reason.strip()
    handover.save(update_fields=["declined_at", "declined_reason"])
    settle(case)
    record(HandoverDeclined(case_id=case.pk, handover_id=handover.pk), by=by, at=at)
    return case


@transaction.atomic
def withdraw_handover(handover: Handover, *, by: Staff, at: datetime) -> Case:
    """Take back an offer that nobody has answered; its giver may, and who may assign cases.

    Raises NotAllowed, CaseHasEnded, HandoverOver, NotYours.
    """
    require(by, Act.WORK_ON_CASE)
    case, handover = _locked_waiting(handover)
    if handover.giver_id != by.pk and (is_barred(case, by) or not by.may(Act.ASSIGN_CASE)):
        raise NotYours(reference=case.reference, owner=case.owner)
    handover.withdrawn_at = at
    handover.save(update_fields=["withdrawn_at"])
    settle(case)
    record(HandoverWithdrawn(case_id=case.pk, handover_id=handover.pk), by=by, at=at)
    return case


def _must_be_here(colleague: Staff, at: datetime) -> None:
    if away := absence_of(colleague, at=at):
        names = ", ".join(each.name for each in away.deputies.all())
        raise IsAway(name=colleague.name, until=date_words(away.last_on), deputies=names)


def _check_offer(case: Case, to: Staff, summary: str) -> None:
    if not summary.strip():
        raise SummaryNeeded
    if case.owner_id == to.pk:
        raise ToTheSamePerson(name=to.name, reference=case.reference)
    waiting = Handover.objects.filter(case=case, **WAITING).select_related("taker").first()
    if waiting:
        raise HandoverWaits(name=waiting.taker.name)
    must_be_able(case, to)


def _owed(case: Case) -> list[dict[str, object]]:
    """Return what is owed on `case` as it stands when it is handed over."""
    owed = Promise.objects.filter(case=case).owed().order_by("due_at", "pk")
    return [
        {"promise_id": promise.pk, "what": promise.what, "due_at": promise.due_at.isoformat()}
        for promise in owed
    ]


def _locked_waiting(handover: Handover) -> tuple[Case, Handover]:
    case = locked_open(handover.case)
    waiting = Handover.objects.select_for_update(of=("self",)).select_related("giver", "taker")
    found = waiting.filter(pk=handover.pk, **WAITING).first()
    if found is None:
        raise HandoverOver
    return case, found


def _pass_promises(case: Case, giver: Staff, taker: Staff) -> None:
    Promise.objects.filter(case=case, owner=giver).owed().update(owner=taker)
