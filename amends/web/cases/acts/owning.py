"""Taking a case, and handing it over."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amends.cases.actions.ownership import (
    accept_handover,
    assign_case,
    decline_handover,
    offer_handover,
    take_case,
    withdraw_handover,
)
from amends.cases.queries.colleagues import takers_for
from amends.cases.queries.pieces import handover_in
from amends.staff.rules.permissions import Act as Permission
from amends.web.acts import found as found_row
from amends.web.cases.acting import Act, NoFields, found, given, perform
from amends.web.cases.forms import owning as forms
from amends.web.cases.quickly import after_a_word
from amends.web.http import StaffRequest, needs

either = require_http_methods(["GET", "HEAD", "POST"])
HANDOVER = "web/cases/fields/handover.html"


@needs(Permission.WORK_ON_CASE)
@either
def take(request: StaffRequest, reference: str) -> HttpResponse:
    """Take a case that nobody has taken."""
    case = found(request, reference)
    act = Act(
        title=_("Take it"),
        button=_("Take it"),
        done=_("Yours. Next: answer them."),
        about=_("From now on you answer for it, until it is put right or handed over."),
    )

    def run(_said: dict[str, Any]) -> None:
        take_case(case, by=request.user, at=timezone.now())

    return perform(request, case, act, NoFields(given(request)), run)


@needs(Permission.ASSIGN_CASE)
@either
def assign(request: StaffRequest, reference: str) -> HttpResponse:
    """Give a case to a colleague."""
    case = found(request, reference)
    act = Act(
        title=_("Give it to a colleague"),
        button=_("Give it to them"),
        done=_("Given over."),
        about=_("What was promised on it goes along."),
    )
    form = forms.Assign(given(request), colleagues=takers_for(case))

    def run(said: dict[str, Any]) -> None:
        assign_case(case, **said, by=request.user, at=timezone.now())

    return perform(request, case, act, form, run)


@needs(Permission.WORK_ON_CASE)
@either
def hand_over(request: StaffRequest, reference: str) -> HttpResponse:
    """Offer a case to a colleague, who has it once they accept."""
    case = found(request, reference)
    act = Act(
        title=_("Hand it over"),
        button=_("Offer it"),
        done=_("Offered. It stays yours until they accept."),
        about=after_a_word(case, _("Open promises go along. The customer need not tell it again.")),
    )
    form = forms.HandOver(given(request), colleagues=takers_for(case))

    def run(said: dict[str, Any]) -> None:
        offer_handover(case, **said, by=request.user, at=timezone.now())

    return perform(request, case, act, form, run)


@needs(Permission.WORK_ON_CASE)
@either
def accept(request: StaffRequest, reference: str) -> HttpResponse:
    """Read what is handed over, and accept it."""
    case = found(request, reference)
    handover = found_row(lambda: handover_in(case))
    act = Act(
        title=_("A handover"),
        button=_("I accept it"),
        done=_("Yours now, with what was promised."),
        fields=HANDOVER,
        shows={"handover": handover, "is_taker": handover.taker_id == request.user.pk},
    )

    def run(_said: dict[str, Any]) -> None:
        accept_handover(handover, by=request.user, at=timezone.now())

    return perform(request, case, act, NoFields(given(request)), run)


@needs(Permission.WORK_ON_CASE)
@either
def decline(request: StaffRequest, reference: str) -> HttpResponse:
    """Decline a handover, and say why."""
    case = found(request, reference)
    handover = found_row(lambda: handover_in(case))
    act = Act(
        title=_("Decline it"),
        button=_("Decline it"),
        done=_("Declined. It stays with whoever offered it."),
        about=handover.summary,
    )

    def run(said: dict[str, Any]) -> None:
        decline_handover(handover, **said, by=request.user, at=timezone.now())

    return perform(request, case, act, forms.Decline(given(request)), run)


@needs(Permission.WORK_ON_CASE)
@either
def take_back(request: StaffRequest, reference: str) -> HttpResponse:
    """Take back an offer that nobody has answered."""
    case = found(request, reference)
    handover = found_row(lambda: handover_in(case))
    act = Act(
        title=_("Take the offer back"),
        button=_("Take it back"),
        done=_("Taken back."),
        about=handover.summary,
    )

    def run(_said: dict[str, Any]) -> None:
        withdraw_handover(handover, by=request.user, at=timezone.now())

    return perform(request, case, act, NoFields(given(request)), run)
