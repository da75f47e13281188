"""Our letter on what an outside body decided: a new version of the final response, gate and all."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from amends.base.refusal import Refused
from amends.cases.actions.deciding import NotReadyToDecide, Said, keep_written
from amends.cases.actions.final_responses import journal_decision, send_letter
from amends.cases.actions.options import OptionSaysNothing
from amends.cases.actions.within import locked_for, settle
from amends.cases.models.case import Case
from amends.cases.models.deciding import Decision, FinalResponse, Option, Proposal
from amends.cases.models.turns import OutsideProceeding
from amends.cases.queries.final_letter import final_letter_of
from amends.cases.queries.proposing import draft_of_decision
from amends.cases.rules.kinds import How
from amends.cases.rules.proposing import Undecided
from amends.cases.rules.sentences import promised
from amends.staff.models import Staff
from amends.staff.queries import organisation
from amends.staff.rules.permissions import Act


class NoLetterOwed(Refused):
    text = _("No letter on what was decided outside is owed on %(reference)s.")


@transaction.atomic
def write_answer_to_outside(
    case: Case, *, what: str, said: Said, by: Staff, at: datetime
) -> Decision:
    """Keep what we write on what an outside body decided, and return the draft.

    what: what we do now, in one sentence, as the customer will read it.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, NoLetterOwed, OptionSaysNothing.
    """
    case, proceeding = _locked_owing(case, by)
    if not what.strip():
        raise OptionSaysNothing
    proposal = _proposal(case, proceeding, what, by, at)
    return keep_written(proposal, said=said, proceeding=proceeding, by=by, at=at)


@transaction.atomic
def answer_outside_decision(
    case: Case, *, by: Staff, at: datetime, medium: How = How.EMAIL
) -> FinalResponse:
    """Send our letter on what an outside body decided, and return it.

    The state of the case stays: what was decided outside is done by its day.

    Raises NotAllowed, Barred, NotYours, CaseHasEnded, NoLetterOwed, NotReadyToDecide (whose
    `obstacles` and `gaps` say why), NoAddress.
    """
    case, proceeding = _locked_owing(case, by)
    draft = draft_of_decision(case)
    if draft is None or draft.proceeding_id != proceeding.pk:
        raise NotReadyToDecide(reference=case.reference, obstacles=[Undecided.NO_REASONS])
    draft.case, draft.decider, draft.proceeding = case, by, proceeding
    drafted = final_letter_of(draft, at=at)
    if drafted.gaps:
        raise NotReadyToDecide(reference=case.reference, gaps=drafted.gaps)
    draft.decided_at, draft.outcome = at, case.outcome
    draft.save()
    response = send_letter(draft, drafted, medium, at)
    case.letter_owed_since = None
    settle(case)
    journal_decision(case, draft, response, at=at)
    return response


def _locked_owing(case: Case, by: Staff) -> tuple[Case, OutsideProceeding]:
    """Return the case and the proceeding on which a letter is owed."""
    case = locked_for(case, by=by, act=Act.MAKE_PROMISE)
    decided = OutsideProceeding.objects.filter(case=case, decided_at__isnull=False)
    proceeding = decided.order_by("-pk").first()
    if case.letter_owed_since is None or proceeding is None:
        raise NoLetterOwed(reference=case.reference)
    return case, proceeding


def _proposal(
    case: Case, proceeding: OutsideProceeding, what: str, by: Staff, at: datetime
) -> Proposal:
    """Return what the letter says we do now, as an option that nobody weighs any more."""
    draft = draft_of_decision(case)
    if draft and draft.proceeding_id == proceeding.pk:
        Option.objects.filter(pk=draft.proposal.option_id).update(what=promised(what))
        return draft.proposal
    option = Option.objects.create(
        case=case,
        what=promised(what),
        currency=organisation().currency,
        by=by,
        at=at,
        changed_at=at,
    )
    return Proposal.objects.create(
        case=case,
        option=option,
        by=by,
        at=at,
        view=proceeding.reasons,
        heard_at=proceeding.decided_at,
        ended_at=at,
    )
