"""Naming who had a hand in the service behind a case."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amends.cases.actions.contributing import Hand, drop_contribution, name_contribution
from amends.cases.queries.pieces import contribution_in, suppliers_in
from amends.staff.queries import departments_for
from amends.staff.rules.permissions import Act as Permission
from amends.web.acts import found as found_row
from amends.web.cases.acting import Act, NoFields, found, given, perform
from amends.web.cases.forms import contributing as forms
from amends.web.http import StaffRequest, needs

either = require_http_methods(["GET", "HEAD", "POST"])


@needs(Permission.WORK_ON_CASE)
@either
def name(request: StaffRequest, reference: str) -> HttpResponse:
    """Write down who took a step of the service."""
    case = found(request, reference)
    act = Act(
        title=_("Who had a hand in it"),
        button=_("Write it down"),
        done=_("Written down."),
        about=_(
            "Each step of the service, also of those whom the customer never meets. It is asked "
            "where it came about, and never who is to blame."
        ),
    )
    form = forms.Contributed(
        given(request), departments=departments_for(request.user), suppliers=suppliers_in(case)
    )

    def run(said: dict[str, Any]) -> None:
        hand = Hand(step=said["step"], went_wrong=said["went_wrong"], **form.whose_step())
        name_contribution(case, hand=hand, by=request.user, at=timezone.now())

    return perform(request, case, act, form, run)


@needs(Permission.WORK_ON_CASE)
@either
def drop(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """Say that somebody had no hand in it after all."""
    case = found(request, reference)
    one = found_row(lambda: contribution_in(case, pk))
    act = Act(
        title=_("They had no hand in it"),
        button=_("Take it out"),
        done=_("Taken out."),
        about=one.step,
    )

    def run(_said: dict[str, Any]) -> None:
        drop_contribution(one, by=request.user, at=timezone.now())

    return perform(request, case, act, NoFields(given(request)), run)
