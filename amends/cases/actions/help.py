"""Asking a colleague for help. Nobody is asked in vain, and nothing is counted against anybody."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.cases.actions.within import Barred, is_barred, locked, must_be_able, rouse
from amends.cases.events.handling import (
    HelpAnswered,
    HelpAnsweredInConfidence,
    HelpAnsweredOnCase,
    HelpAsked,
    HelpAskedInConfidence,
    HelpAskedOnCase,
)
from amends.cases.models.case import Case
from amends.cases.models.colleagues import HelpRequest
from amends.cases.queries.colleagues import helper_for
from amends.journal.actions import record
from amends.staff.actions.authorise import require
from amends.staff.models import Staff
from amends.staff.queries import deputies_at
from amends.staff.rules.permissions import Act


class QuestionNeeded(Refused):
    text = _("Say in a sentence what you need.")


class NobodyToAsk(Refused):
    text = _("Nobody else works here yet. Invite a colleague in the settings.")


class ConfidantNeeded(Refused):
    text = _("Choose whom you ask in confidence. Nobody else will see it.")


class AskOneself(Refused):
    text = _("Ask somebody else.")


class AnswerNeeded(Refused):
    text = _("Write down what you advise, or what you did.")


class AskedOfAnother(Refused):
    text = _("This was asked of somebody else.")


class HelpGivenAlready(Refused):
    text = _("%(name)s has answered already.")


@transaction.atomic
def ask_for_help(
    case: Case | None, *, text: str, by: Staff, at: datetime, of: Staff | None = None
) -> HelpRequest:
    """Ask a colleague for help, about `case` or about nothing in particular; return the request.

    of: None for the senior on duty, or the next who is there.

    Raises NotAllowed, Barred, QuestionNeeded, NobodyToAsk, AskOneself, CannotLookAfterIt.
    """
    _must_ask_well(case, text, by)
    helper = of or helper_for(by, case=case)
    if helper is None:
        raise NobodyToAsk
    _must_be_asked(case, helper, by)
    request = HelpRequest.objects.create(
        case=case, asked_by=by, asked_of=helper, text=text.strip(), asked_at=at
    )
    record(_asked(request), by=by, at=at)
    return request


@transaction.atomic
def ask_in_confidence(
    case: Case | None, *, text: str, of: Staff | None, by: Staff, at: datetime
) -> HelpRequest:
    """Ask one colleague for help, so that nobody else ever reads it; return the request.

    Nothing of it stands on `case`, and it passes to nobody.

    Raises NotAllowed, Barred, QuestionNeeded, ConfidantNeeded, AskOneself, CannotLookAfterIt.
    """
    _must_ask_well(case, text, by)
    if of is None:
        raise ConfidantNeeded
    _must_be_asked(case, of, by)
    request = HelpRequest.objects.create(
        case=case, asked_by=by, asked_of=of, text=text.strip(), asked_at=at, in_confidence=True
    )
    record(HelpAskedInConfidence(request_id=request.pk), by=by, at=at)
    return request


@transaction.atomic
def answer_help(request: HelpRequest, *, answer: str, by: Staff, at: datetime) -> HelpRequest:
    """Answer a colleague who asked for help, and return the request.

    Whoever was asked may answer, who stands in for them, and everybody who answers for others; in
    confidence only the one.

    Raises NotAllowed, AskedOfAnother, Barred, AnswerNeeded, HelpGivenAlready.
    """
    request = (
        HelpRequest.objects.select_for_update(of=("self",))
        .select_related("case", "answered_by")
        .get(pk=request.pk)
    )
    if request.asked_of_id != by.pk and request.in_confidence:
        raise AskedOfAnother
    if by.pk not in {request.asked_of_id, *_instead_of(request, at)}:
        require(by, Act.ANSWER_HELP)
    if request.case and is_barred(request.case, by):
        raise Barred
    if request.answered_by:
        raise HelpGivenAlready(name=request.answered_by.name)
    if not answer.strip():
        raise AnswerNeeded
    request.answered_by, request.answered_at, request.answer = by, at, answer.strip()
    request.save(update_fields=["answered_by", "answered_at", "answer"])
    if request.case and not request.in_confidence:
        rouse(locked(request.case))
    record(_answered(request), by=by, at=at)
    return request


def _must_ask_well(case: Case | None, text: str, by: Staff) -> None:
    require(by, Act.WORK_ON_CASE)
    if case and is_barred(case, by):
        raise Barred
    if not text.strip():
        raise QuestionNeeded


def _must_be_asked(case: Case | None, helper: Staff, by: Staff) -> None:
    if helper.pk == by.pk:
        raise AskOneself
    if case:
        must_be_able(case, helper)


def _instead_of(request: HelpRequest, at: datetime) -> list[int]:
    """Return who stands in for whom was asked."""
    asked = request.asked_of_id
    return deputies_at([asked], at=at).get(asked, []) if asked else []


def _asked(request: HelpRequest) -> HelpAsked | HelpAskedOnCase:
    if request.case_id is None:
        return HelpAsked(request_id=request.pk)
    return HelpAskedOnCase(case_id=request.case_id, request_id=request.pk)


def _answered(
    request: HelpRequest,
) -> HelpAnswered | HelpAnsweredOnCase | HelpAnsweredInConfidence:
    if request.in_confidence:
        return HelpAnsweredInConfidence(request_id=request.pk)
    if request.case_id is None:
        return HelpAnswered(request_id=request.pk)
    return HelpAnsweredOnCase(case_id=request.case_id, request_id=request.pk)
