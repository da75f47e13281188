"""What a customer answers, on their page, to what we propose and to what we decided."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.cases.actions.from_portal import add_words
from amends.cases.actions.fulfilling import accept_decision
from amends.cases.actions.proposing import NothingProposed, View, hear_view
from amends.cases.actions.within import locked_for, locked_open, settle
from amends.cases.events.own_words import MoreTimeAsked, NothingToAnswer
from amends.cases.models.case import Case
from amends.cases.models.deciding import Proposal
from amends.cases.queries.file import file_of
from amends.cases.rules.kinds import How
from amends.contacts.actions.recording import NothingSaid
from amends.journal.actions import Actor, record
from amends.staff.models import Staff


class TimeAlreadyPast(Refused):
    text = _("Choose a day still to come.")


class NothingWaitsForAnswer(Refused):
    text = _("Nothing that they wrote waits for an answer.")


@transaction.atomic
def agree_to_proposal(proposal: Proposal, *, words: str, by: Actor, at: datetime) -> Proposal:
    """Take the customer's yes to what we propose, in their `words`.

    Raises CaseHasEnded, NothingProposed, ViewNeeded.
    """
    view = View(words=words, how=How.LINK, value_confirmed=True)
    return hear_view(proposal, view=view, by=by, at=at)


@transaction.atomic
def counter_proposal(proposal: Proposal, *, words: str, by: Actor, at: datetime) -> Proposal:
    """Take what would put it right instead, in the customer's own words.

    Raises CaseHasEnded, NothingProposed, NothingSaid.
    """
    if not words.strip():
        raise NothingSaid
    view = View(words=words, how=How.LINK, value_confirmed=False)
    heard = hear_view(proposal, view=view, by=by, at=at)
    add_words(heard.case, words=words, by=by, at=at)
    return heard


@transaction.atomic
def ask_for_time(
    proposal: Proposal, *, until: datetime, by: Actor, at: datetime, words: str = ""
) -> Case:
    """Note that the customer thinks about what we propose `until` then.

    Raises CaseHasEnded, NothingProposed, TimeAlreadyPast.
    """
    case = locked_open(proposal.case)
    proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if proposal.ended_at:
        raise NothingProposed
    if until <= at:
        raise TimeAlreadyPast
    record(
        MoreTimeAsked(case_id=case.pk, proposal_id=proposal.pk, until=until.isoformat()),
        by=by,
        at=at,
    )
    if words.strip():
        add_words(case, words=words, by=by, at=at)
    return case


@transaction.atomic
def agree_to_decision(case: Case, *, by: Actor, at: datetime) -> Case:
    """Take the customer's yes to what was decided, on their page.

    Raises CaseHasEnded, NotTheOrder, NothingDecided, RemedyUnplanned, RemedyDueInThePast,
    CannotLookAfterIt.
    """
    return accept_decision(case, how=How.LINK, by=by, at=at)


@transaction.atomic
def leave_unanswered(case: Case, *, by: Staff, at: datetime) -> Case:
    """Note that what the customer wrote last, such as thanks, needs no answer; return the case.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, NothingWaitsForAnswer.
    """
    case = locked_for(case, by=by)
    if not file_of(case).written_at:
        raise NothingWaitsForAnswer
    case.nothing_to_answer_at = at
    settle(case)
    record(NothingToAnswer(case_id=case.pk), by=by, at=at)
    return case
