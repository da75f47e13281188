"""Words that would hurt a customer wait for a senior; everything else leaves as it is written."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from amends.base.refusal import Refused
from amends.cases.actions.help import AnswerNeeded, answer_help, ask_for_help
from amends.cases.actions.within import locked_for
from amends.cases.events.held import ReplyHeld, ReplyReleased, ReplyReturned
from amends.cases.models.case import Case
from amends.cases.models.held import HeldReply
from amends.journal.actions import record
from amends.language.remarks import hurting
from amends.staff.actions.authorise import require
from amends.staff.models import Staff
from amends.staff.rules.permissions import Act

_ASKED = _(
    "My reply is held back because of the words “%(words)s”. Please read it and say whether it "
    "can leave."
)


class NothingHoldsIt(Refused):
    text = _("Nothing holds this reply back. Send it.")


class JudgedAlready(Refused):
    text = _("%(name)s has read it already.")


class OwnWords(Refused):
    text = _("These are your own words. Another senior reads them.")


@transaction.atomic
def ask_release(case: Case, *, text: str, by: Staff, at: datetime) -> HeldReply:
    """Ask the senior on duty to read a reply that is held back, and return it.

    Asked twice for the same text, the same request stands.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, NothingHoldsIt, NobodyToAsk.
    """
    case = locked_for(case, by=by)
    words = hurting(text, case.language)
    if not words:
        raise NothingHoldsIt
    waiting = HeldReply.objects.filter(case=case, author=by, text=text.strip(), judged_by=None)
    if asked := waiting.first():
        return asked
    with override(by.language):
        question = str(_ASKED) % {"words": "”, “".join(words)}
    request = ask_for_help(case, text=question, by=by, at=at)
    held = HeldReply.objects.create(
        case=case, author=by, text=text.strip(), request=request, held_at=at
    )
    record(ReplyHeld(case_id=case.pk, held_id=held.pk), by=by, at=at)
    return held


@transaction.atomic
def release_reply(held: HeldReply, *, reason: str, by: Staff, at: datetime) -> HeldReply:
    """Let a held reply leave as it is written, and return it; its author sends it.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, OwnWords, AnswerNeeded, JudgedAlready.
    """
    held = _to_be_judged(held, reason, by)
    held.judged_by, held.released_at = by, at
    held.save(update_fields=["judged_by", "released_at"])
    _answer(held, reason, by, at)
    record(ReplyReleased(case_id=held.case_id, held_id=held.pk), by=by, at=at)
    return held


@transaction.atomic
def return_reply(held: HeldReply, *, reason: str, by: Staff, at: datetime) -> HeldReply:
    """Give a held reply back to its author with a word on how to say it, and return it.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, OwnWords, AnswerNeeded, JudgedAlready.
    """
    held = _to_be_judged(held, reason, by)
    held.judged_by, held.returned_at = by, at
    held.save(update_fields=["judged_by", "returned_at"])
    _answer(held, reason, by, at)
    record(ReplyReturned(case_id=held.case_id, held_id=held.pk), by=by, at=at)
    return held


def _to_be_judged(held: HeldReply, reason: str, by: Staff) -> HeldReply:
    require(by, Act.ANSWER_HELP)
    locked_for(held.case, by=by)
    held = HeldReply.objects.select_for_update(of=("self",)).get(pk=held.pk)
    if held.author_id == by.pk:
        raise OwnWords
    if held.judged_by is not None:
        raise JudgedAlready(name=held.judged_by.name)
    if not reason.strip():
        raise AnswerNeeded
    return held


def _answer(held: HeldReply, reason: str, by: Staff, at: datetime) -> None:
    """Answer the question by which the senior was asked, unless somebody answered it before."""
    if held.request and held.request.answered_at is None:
        answer_help(held.request, answer=reason, by=by, at=at)
