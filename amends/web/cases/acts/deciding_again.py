"""A decision written anew: after another look here, or as an outside body decided."""

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amends.cases.actions.after_outside import answer_outside_decision, write_answer_to_outside
from amends.cases.actions.deciding import Said
from amends.cases.actions.reviewing import Second, finish_review, write_reviewed_decision
from amends.cases.queries.final_letter import final_letter_of
from amends.cases.queries.proposing import draft_of_decision, last_decision_of, options_of
from amends.cases.queries.ways import review_in, review_of
from amends.cases.rules.kinds import How, Outcome
from amends.cases.rules.turns import Reviewed
from amends.staff.rules.permissions import Act as Permission
from amends.web.acts import found as found_row
from amends.web.cases.acting import Act, found, given, perform
from amends.web.cases.acts.looking import back
from amends.web.cases.deciding_words import GAPS
from amends.web.cases.forms import deciding as plain
from amends.web.cases.forms import deciding_again as forms
from amends.web.http import StaffRequest, needs

if TYPE_CHECKING:
    from amends.cases.models.case import Case
    from amends.cases.models.deciding import Decision
    from amends.cases.models.turns import InternalReview

either = require_http_methods(["GET", "HEAD", "POST"])


@needs(Permission.WORK_ON_CASE)
@either
def write(request: StaffRequest, reference: str) -> HttpResponse:
    """Write a decision that stands in the place of an earlier one."""
    case = found(request, reference)
    if review := review_of(case):
        return _write_reviewed(request, case, review)
    return _write_after_outside(request, case)


def _write_reviewed(request: StaffRequest, case: "Case", review: "InternalReview") -> HttpResponse:
    draft = draft_of_decision(case)
    initial = _written(draft)
    if draft:
        initial["option"] = draft.proposal.option_id
    form = forms.WriteReviewed(given(request), initial=initial, options=options_of(case))

    def run(said: dict[str, Any]) -> None:
        option = said.pop("option")
        write_reviewed_decision(
            review, said=Said(**said), option=option, by=request.user, at=timezone.now()
        )

    return perform(request, case, _act(case), form, run)


def _write_after_outside(request: StaffRequest, case: "Case") -> HttpResponse:
    draft = draft_of_decision(case)
    initial = _written(draft)
    if draft:
        initial["what"] = draft.proposal.option.what
    form = forms.WriteAfterOutside(given(request), initial=initial)

    def run(said: dict[str, Any]) -> None:
        what = said.pop("what")
        write_answer_to_outside(
            case, what=what, said=Said(**said), by=request.user, at=timezone.now()
        )

    return perform(request, case, _act(case), form, run)


def _act(case: "Case") -> Act:
    return Act(
        title=_("The new decision, in words"),
        button=_("Keep it"),
        done=_("Kept. Read the letter as they will."),
        about=_("It stands in the place of the first. Both letters are kept."),
        back=back(case),
    )


def _written(draft: "Decision | None") -> dict[str, object]:
    names = plain.Write.base_fields
    return {name: getattr(draft, name) for name in names} if draft else {}


@needs(Permission.MAKE_PROMISE)
@either
def send(request: StaffRequest, reference: str) -> HttpResponse:
    """Send our letter on what an outside body decided."""
    case = found(request, reference)
    act = Act(
        title=_("Send the letter"),
        button=_("Send it"),
        done=_("On its way. It stands in the place of the first."),
        fields="web/cases/fields/decide.html",
        shows={"gaps": _gaps(case)},
        back=back(case),
    )
    form = plain.Decide(given(request), initial={"medium": How.EMAIL.value})

    def run(said: dict[str, Any]) -> None:
        medium = How(said["medium"])
        answer_outside_decision(case, medium=medium, by=request.user, at=timezone.now())

    return perform(request, case, act, form, run)


@needs(Permission.WORK_ON_CASE)
@either
def review_done(request: StaffRequest, reference: str) -> HttpResponse:
    """Write down what one came to who looked at a decision again."""
    case = found(request, reference)
    one = found_row(lambda: review_in(case))
    told = last_decision_of(case) is not None
    act = Act(
        title=_("What did you come to?"),
        button=_("Tell them"),
        done=_("Written down, and told to the customer."),
        about=one.reason,
        fields="web/cases/fields/review.html",
        shows={
            "gaps": _gaps(case),
            "told": told,
            "written": draft_of_decision(case) is not None,
            "write_url": back(case),
        },
        back=back(case) if told else "",
    )
    form = forms.FinishReview(given(request), told=told)

    def run(said: dict[str, Any]) -> None:
        second = Second(
            result=Reviewed(said["result"]),
            reasons=said["reasons"],
            outcome=Outcome(said["outcome"]) if said.get("outcome") else None,
            medium=How(said.get("medium") or How.EMAIL),
        )
        finish_review(one, second=second, by=request.user, at=timezone.now())

    return perform(request, case, act, form, run)


def _gaps(case: "Case") -> list[object]:
    draft = draft_of_decision(case)
    gaps = final_letter_of(draft, at=timezone.now()).gaps if draft else ()
    return [GAPS[gap] for gap in gaps]
