"""A reply that is to leave later: moved, sent now, taken back."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from amends.cases.actions.planning import drop_planned, move_planned, send_planned_now
from amends.cases.queries.planned import planned_in
from amends.contacts.actions.drafts import take_up_again
from amends.staff.rules.permissions import Act
from amends.web.acts import attempt
from amends.web.acts import found as found_row
from amends.web.cases.acting import address, found
from amends.web.cases.enclosing import key_of
from amends.web.cases.forms.fields import moment
from amends.web.http import StaffRequest, needs, say


class Leaves(forms.Form):
    """When it is to leave instead."""

    leaves_at = moment(_("Leaves"), required=True)


@needs(Act.WORK_ON_CASE)
@require_POST
def move(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """Let a reply leave at another moment."""
    case = found(request, reference)
    planned, form = found_row(lambda: planned_in(case, pk)), Leaves(request.POST)
    if not form.is_valid():
        say(request, _("Choose the day and the hour."))
        return redirect(address(case))
    leaves_at = form.cleaned_data["leaves_at"]
    attempt(
        request,
        lambda: move_planned(planned, leaves_at=leaves_at, by=request.user, at=timezone.now()),
        said=_("Moved."),
    )
    return redirect(address(case))


@needs(Act.WORK_ON_CASE)
@require_POST
def now(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """Let a reply leave now."""
    case = found(request, reference)
    planned = found_row(lambda: planned_in(case, pk))
    attempt(
        request,
        lambda: send_planned_now(planned, by=request.user, at=timezone.now()),
        said=_("It is on its way."),
    )
    return redirect(address(case))


@needs(Act.WORK_ON_CASE)
@require_POST
def drop(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """Take a reply back before it leaves; its writer finds it in the composer again."""
    case = found(request, reference)
    planned, at = found_row(lambda: planned_in(case, pk)), timezone.now()

    def take_back() -> None:
        drop_planned(planned, by=request.user, at=at)
        take_up_again(f"planned:{pk}", key=key_of(case), by=planned.author, at=at)

    attempt(request, take_back, said=_("Taken back. Nothing was sent."))
    return redirect(address(case))
