"""Approval, the proposal, the decision and its letter, and beginning to do it."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from amends.base.typesetting import typeset
from amends.cases.actions import proposing
from amends.cases.actions.deciding import (
    NotReadyToDecide,
    Said,
    decide_case,
    note_delivery,
    send_final_response_again,
    write_decision,
)
from amends.cases.actions.fulfilling import accept_decision, carry_out_decision
from amends.cases.actions.proposing import (
    NothingProposed,
    ask_approval,
    hear_view,
    propose_remedy,
    take_proposal_back,
)
from amends.cases.queries.approving import approvers_of
from amends.cases.queries.final_letter import PAPER, final_letter_of
from amends.cases.queries.investigation import response_in
from amends.cases.queries.proposing import (
    draft_of_decision,
    last_decision_of,
    option_in,
    proposal_of,
)
from amends.cases.rules.final_letter import as_facts
from amends.cases.rules.kinds import How
from amends.staff.rules.permissions import Act as Permission
from amends.web.acts import found as found_row
from amends.web.cases.acting import Act, NoFields, blind_first, found, given, perform
from amends.web.cases.acts.looking import back
from amends.web.cases.deciding_words import GAPS
from amends.web.cases.forms import deciding as forms
from amends.web.http import StaffRequest, needs

either = require_http_methods(["GET", "HEAD", "POST"])


@needs(Permission.WORK_ON_CASE)
@either
def approval(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """Ask whether something may be given that is more than one may give."""
    case = found(request, reference)
    one = found_row(lambda: option_in(case, pk))
    act = Act(
        title=_("Ask for approval"),
        button=_("Ask"),
        done=_("Asked. You hear by mail when there is an answer."),
        about=one.what,
        back=back(case),
    )
    form = forms.AskApproval(given(request), able=approvers_of(one, asked_by=request.user))

    def run(said: dict[str, Any]) -> None:
        ask_approval(one, **said, by=request.user, at=timezone.now())

    return perform(request, case, act, form, run)


@needs(Permission.MAKE_PROMISE)
@either
def propose(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """Put one way to put it right to the customer."""
    case = found(request, reference)
    one = found_row(lambda: option_in(case, pk))
    act = Act(
        title=_("Put it to the customer"),
        button=_("Propose it"),
        done=_("Proposed. Nothing was sent: call or write to them, and write down what they say."),
        about=_(
            "Amends sends nothing. Once it is proposed, you call or write to the customer, "
            "and write down what they say to it: %(what)s"
        )
        % {"what": one.what},
        back=back(case),
    )

    def run(_said: dict[str, Any]) -> None:
        propose_remedy(one, by=request.user, at=timezone.now())

    return perform(request, case, act, NoFields(given(request)), run)


@needs(Permission.WORK_ON_CASE)
@either
def view(request: StaffRequest, reference: str) -> HttpResponse:
    """Write down what the customer says to the proposal."""
    case = found(request, reference)
    proposal = proposal_of(case)
    act = Act(
        title=_("What they say to it"),
        button=_("Write it down"),
        done=_("Written down."),
        about=proposal.option.what if proposal else "",
        back=back(case),
    )

    def run(said: dict[str, Any]) -> None:
        if proposal is None:
            raise NothingProposed
        told = proposing.View(**{**said, "how": How(said["how"]) if said["how"] else None})
        hear_view(proposal, view=told, by=request.user, at=timezone.now())

    return perform(request, case, act, forms.View(given(request)), run)


@needs(Permission.WORK_ON_CASE)
@either
def look_again(request: StaffRequest, reference: str) -> HttpResponse:
    """Take the proposal back, and look into the case again."""
    case = found(request, reference)
    act = Act(
        title=_("Look again"),
        button=_("Take the proposal back"),
        done=_("Taken back. Look again."),
        about=_("Because of what they said, or of what came to light."),
        back=back(case),
    )

    def run(_said: dict[str, Any]) -> None:
        proposal = proposal_of(case)
        if proposal is None:
            raise NothingProposed
        take_proposal_back(proposal, by=request.user, at=timezone.now())

    return perform(request, case, act, NoFields(given(request)), run)


@needs(Permission.MAKE_PROMISE)
@either
def write(request: StaffRequest, reference: str) -> HttpResponse:
    """Write what only a person can write into the final response."""
    case = found(request, reference)
    draft = draft_of_decision(case)
    initial = {name: getattr(draft, name) for name in forms.Write.base_fields} if draft else {}
    act = Act(
        title=_("The decision, in words"),
        button=_("Keep it"),
        done=_("Kept. Read the letter as they will."),
        about=_(
            "In the customer's language. What was found and what is given stands there already."
        ),
        back=back(case),
        shows_kept=True,
    )

    def run(said: dict[str, Any]) -> None:
        write_decision(case, said=Said(**said), by=request.user, at=timezone.now())

    return perform(request, case, act, forms.Write(given(request), initial=initial), run)


@needs(Permission.MAKE_PROMISE)
@either
def decide(request: StaffRequest, reference: str) -> HttpResponse:
    """Decide the case, and send the final response; or say what the letter lacks."""
    case = found(request, reference)
    draft = draft_of_decision(case)
    gaps = final_letter_of(draft, at=timezone.now()).gaps if draft else ()
    act = Act(
        title=_("Decide, and tell them"),
        button=_("Decide and send"),
        done=_("Decided. The final response is on its way."),
        about=_("You sign it. It leaves at once, and every version of it is kept."),
        fields="web/cases/fields/decide.html",
        shows={"gaps": [GAPS[gap] for gap in gaps]},
        back=back(case),
    )
    form = forms.Decide(given(request), initial={"medium": How.EMAIL.value})

    def run(said: dict[str, Any]) -> None:
        if draft is None:
            raise NotReadyToDecide(reference=case.reference)
        decide_case(case, medium=How(said["medium"]), by=request.user, at=timezone.now())

    return perform(request, case, act, form, run)


@needs(Permission.MAKE_PROMISE)
@either
def again(request: StaffRequest, reference: str) -> HttpResponse:
    """Send the final response once more."""
    case = found(request, reference)
    act = Act(
        title=_("Send it once more"),
        button=_("Send it"),
        done=_("Sent. Every version is kept."),
        back=back(case),
    )
    form = forms.Decide(given(request), initial={"medium": How.LETTER.value})

    def run(said: dict[str, Any]) -> None:
        medium, by = How(said["medium"]), request.user
        send_final_response_again(case, medium=medium, by=by, at=timezone.now())

    return perform(request, case, act, form, run)


@needs(Permission.WORK_ON_CASE)
@either
def delivered(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """Write down that the customer has the final response."""
    case = found(request, reference)
    one = found_row(lambda: response_in(case, pk))
    act = Act(
        title=_("They have it"), button=_("Write it down"), done=_("Written down."), back=back(case)
    )

    def run(said: dict[str, Any]) -> None:
        note_delivery(one, **said, by=request.user, at=timezone.now())

    return perform(request, case, act, forms.Delivered(given(request)), run)


@needs(Permission.WORK_ON_CASE)
@either
def accepted(request: StaffRequest, reference: str) -> HttpResponse:
    """Write down the customer's yes to the decision, and begin to do it."""
    case = found(request, reference)
    act = Act(
        title=_("They accept it"),
        button=_("Begin to do it"),
        done=_("Each remedy is a promise now, on its day."),
        back=back(case),
    )

    def run(said: dict[str, Any]) -> None:
        accept_decision(case, how=How(said["how"]), by=request.user, at=timezone.now())

    return perform(request, case, act, forms.Accept(given(request)), run)


@needs(Permission.WORK_ON_CASE)
@either
def carry_out(request: StaffRequest, reference: str) -> HttpResponse:
    """Begin to do what is owed whatever the customer says."""
    case = found(request, reference)
    act = Act(
        title=_("Do what is owed"),
        button=_("Begin to do it"),
        done=_("Each remedy is a promise now, on its day."),
        about=_("What law, contract or our rules give is owed without a yes."),
        back=back(case),
    )

    def run(_said: dict[str, Any]) -> None:
        carry_out_decision(case, by=request.user, at=timezone.now())

    return perform(request, case, act, NoFields(given(request)), run)


@needs(Permission.SEE_CASES)
@require_safe
@blind_first
def letter(request: StaffRequest, reference: str) -> HttpResponse:
    """Show the final response as it would leave now, or as it was decided, set for print."""
    case = found(request, reference)
    decision = draft_of_decision(case) or last_decision_of(case)
    if decision is None:
        raise Http404
    pdf = typeset(PAPER, as_facts(final_letter_of(decision, at=timezone.now()).letter))
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{case.reference}.pdf"'
    return response
