"""Saying who the customer is, and who else is in a case."""

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amends.cases.actions.clarifying import name_customer, name_new_customer, note_unreachable
from amends.cases.actions.parties import name_new_party, name_party
from amends.cases.actions.thanking import pass_on_thanks
from amends.cases.rules.kinds import CaseKind, Part
from amends.staff.queries import colleagues_for
from amends.staff.rules.permissions import Act as Permission
from amends.web.cases.acting import Act, found, given, perform
from amends.web.cases.forms import people as forms
from amends.web.http import StaffRequest, needs
from amends.web.sheet.who import Meant, meant_by, newcomer

if TYPE_CHECKING:
    from amends.cases.models.case import Case

either = require_http_methods(["GET", "HEAD", "POST"])


@needs(Permission.EDIT_CUSTOMER)
@either
def customer(request: StaffRequest, reference: str) -> HttpResponse:
    """Say who the customer is, or what was tried to find out."""
    case = found(request, reference)
    form = forms.Customer(given(request), initial={"tried": case.unreachable})
    meant = _meant(request, form)
    act = Act(
        title=_("Who is the customer?"),
        button=_("Write it down"),
        done=_("Written down."),
        about=_("What they told us so far is theirs from then on."),
    )

    def run(said: dict[str, Any]) -> None:
        by, at = request.user, timezone.now()
        if not said["who"]:
            note_unreachable(case, tried=said["tried"], by=by, at=at)
        elif meant.caller:
            name_customer(case, person=meant.caller.person, by=by, at=at)
        else:
            new = newcomer(meant.new, language=case.language)
            name_new_customer(case, particulars=new.particulars, points=new.points, by=by, at=at)

    return perform(request, case, act, form, run)


@needs(Permission.EDIT_CUSTOMER)
@either
def party(request: StaffRequest, reference: str) -> HttpResponse:
    """Say who else is in a case, and as what."""
    case = found(request, reference)
    form = forms.Party(given(request))
    meant = _meant(request, form)
    act = Act(
        title=_("Somebody else in it"),
        button=_("Write it down"),
        done=_("Written down."),
        about=_("Whom it affects, who pays, who speaks for them, who saw it, who supplied it."),
    )

    def run(said: dict[str, Any]) -> None:
        _name(case, Part(said["part"]), meant, request)

    return perform(request, case, act, form, run)


@needs(Permission.WORK_ON_CASE)
@either
def thanks(request: StaffRequest, reference: str) -> HttpResponse:
    """Pass the customer's thanks on to a colleague."""
    case = found(request, reference)
    initial = {"words": case.gist} if case.kind == CaseKind.THANKS else {}
    among = colleagues_for(request.user)
    form = forms.PassOnThanks(given(request), initial=initial, colleagues=among)
    act = Act(
        title=_("Thanks for a colleague"),
        button=_("Pass it on"),
        done=_("Passed on. They find it on their day."),
        about=_("Whoever is thanked by name hears of it."),
    )

    def run(said: dict[str, Any]) -> None:
        pass_on_thanks(case, **said, by=request.user, at=timezone.now())

    return perform(request, case, act, form, run)


def _name(case: "Case", part: Part, meant: Meant, request: StaffRequest) -> None:
    by, at = request.user, timezone.now()
    if meant.caller:
        name_party(case, part=part, who=meant.caller.person, by=by, at=at)
        return
    new = newcomer(meant.new, language=case.language)
    name_new_party(case, part=part, particulars=new.particulars, points=new.points, by=by, at=at)


def _meant(request: StaffRequest, form: forms.Who) -> Meant:
    """Return whom the posted form means; where it may mean several, ask on the form."""
    if not form.is_bound or not form.is_valid():
        return Meant()
    chosen = request.POST.get("person_pick", "") or form.cleaned_data["person"]
    meant = meant_by(request, typed=form.cleaned_data["who"], chosen=chosen)
    if meant.candidates:
        form.ask_which(meant)
    return meant
