"""What waits for one's approval: who asks, for what, and why."""

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from amends.base.money_words import money_words
from amends.cases.actions.proposing import answer_approval
from amends.cases.queries.approving import approval_for, approvals_for
from amends.cases.queries.investigation import like_cases
from amends.staff.rules.permissions import Act
from amends.web.acts import found, taken
from amends.web.cases.acting import given
from amends.web.cases.forms.deciding import AnswerApproval
from amends.web.http import StaffRequest, needs, say

if TYPE_CHECKING:
    from amends.cases.models.deciding import Approval


@needs(Act.MAKE_PROMISE)
@require_safe
def approvals(request: StaffRequest) -> HttpResponse:
    """Show what waits for the reader's approval, the longest waiting first."""
    waiting = [_shown(approval) for approval in approvals_for(request.user)]
    facts = {"waiting": waiting, "now": timezone.localtime()}
    return render(request, "web/approvals/approvals.html", facts)


@needs(Act.MAKE_PROMISE)
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: StaffRequest, pk: int) -> HttpResponse:
    """Read why something should be given, and say yes or no."""
    approval = found(lambda: approval_for(request.user, pk))
    form = AnswerApproval(given(request))
    if form.is_valid() and _answered(request, approval, form):
        return redirect("approvals")
    like = like_cases(approval.case, staff=request.user)
    facts = {
        "approval": approval,
        "shown": _shown(approval),
        "like": like,
        "usual": money_words(like.usual, like.currency) if like.usual is not None else "",
        "form": form,
        "now": timezone.localtime(),
    }
    status = 422 if form.errors else 200
    return render(request, "web/approvals/answer.html", facts, status=status)


def _answered(request: StaffRequest, approval: "Approval", form: AnswerApproval) -> bool:
    said: dict[str, Any] = form.cleaned_data
    granted = said["granted"] == "yes"
    if not taken(
        form,
        lambda: answer_approval(
            approval, granted=granted, words=said["words"], by=request.user, at=timezone.now()
        ),
    ):
        return False
    say(request, _("Approved.") if granted else _("Not approved. They are told why."))
    return True


def _shown(approval: "Approval") -> dict[str, object]:
    """Return an approval with what it would give, and what that is worth on either side."""
    option = approval.option
    return {
        "it": approval,
        "gives": [
            (each, money_words(each.amount, each.currency) if each.amount is not None else "")
            for each in option.remedies.all()
            if each.dropped_at is None
        ],
        "cost": money_words(option.cost, option.currency) if option.cost is not None else "",
        "value": money_words(option.value, option.currency) if option.value is not None else "",
    }
