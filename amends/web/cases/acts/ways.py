"""Looking into a case, waiting, passing it on, saying that it is not ours, calling it otherwise."""

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amends.cases.actions.assessment import change_kind
from amends.cases.actions.elsewhere import Receiver, forward_case
from amends.cases.actions.investigating import (
    Awaited,
    Plan,
    end_wait,
    plan_investigation,
    wait_for,
)
from amends.cases.actions.procedures import adopt_procedure
from amends.cases.queries.procedures import version_for, version_of
from amends.cases.queries.ways import plan_of
from amends.cases.rules.kinds import CaseKind, How
from amends.cases.rules.lifecycle import State
from amends.people.queries import mail_address_of
from amends.staff.rules.permissions import Act as Permission
from amends.web.cases.acting import Act, NoFields, found, given, perform
from amends.web.cases.forms import ways as forms
from amends.web.cases.quickly import after_a_word
from amends.web.http import StaffRequest, needs

if TYPE_CHECKING:
    pass

either = require_http_methods(["GET", "HEAD", "POST"])


@needs(Permission.WORK_ON_CASE)
@either
def plan(request: StaffRequest, reference: str) -> HttpResponse:
    """Plan how to look into a case."""
    case = found(request, reference)
    act = Act(
        title=_("Look into it"),
        button=_("Look into it"),
        done=_("Planned. They hear from us in the rhythm you agreed."),
        about=_("For what is not clear at once: what to find out, where, and who is heard."),
        shows_kept=True,
    )
    written = plan_of(case)
    names = ("questions", "sources", "persons")
    initial = {name: getattr(written, name) for name in names} if written else {}
    initial["update_every_days"] = case.update_every_days or forms.WEEK

    def run(said: dict[str, Any]) -> None:
        plan_investigation(case, plan=Plan(**said), by=request.user, at=timezone.now())

    form = forms.PlanInvestigation(given(request), initial=initial)
    return perform(request, case, act, form, run)


@needs(Permission.WORK_ON_CASE)
@either
def wait(request: StaffRequest, reference: str) -> HttpResponse:
    """Put a case aside until somebody answers, or a moment comes."""
    case = found(request, reference)
    act = Act(
        title=_("Wait for somebody"),
        button=_("Wait"),
        done=_("It waits, and comes back by itself on that day."),
        about=_("What was promised and what the law asks goes on meanwhile."),
    )

    def run(said: dict[str, Any]) -> None:
        awaited = Awaited(**{**said, "state": State(said["state"])})
        wait_for(case, awaited=awaited, by=request.user, at=timezone.now())

    return perform(request, case, act, forms.WaitFor(given(request)), run)


@needs(Permission.WORK_ON_CASE)
@either
def wait_over(request: StaffRequest, reference: str) -> HttpResponse:
    """Go on with a case that waited."""
    case = found(request, reference)
    act = Act(
        title=_("Go on with it"),
        button=_("Go on"),
        done=_("It goes on."),
        about=_("Then it is looked into again."),
    )

    def run(said: dict[str, Any]) -> None:
        came = said["came"] == forms.YES
        end_wait(case, came=came, by=request.user, at=timezone.now())

    return perform(request, case, act, forms.WaitOver(given(request)), run)


@needs(Permission.WORK_ON_CASE)
@either
def forward(request: StaffRequest, reference: str) -> HttpResponse:
    """Pass a case on to somebody outside who took it."""
    case = found(request, reference)
    act = Act(
        title=_("Pass it on"),
        button=_("Pass it on"),
        done=_("Passed on. It ends here; our copy stays."),
        about=after_a_word(
            case, _("Only to somebody who said yes to it. The customer is told who has it now.")
        ),
    )

    def run(said: dict[str, Any]) -> None:
        forward_case(
            case,
            receiver=Receiver(name=said["name"], accepted_by=said["accepted_by"]),
            reason=said["reason"],
            told_how=How(said["told_how"]),
            by=request.user,
            at=timezone.now(),
        )

    form = forms.Forward(given(request), has_mail=bool(mail_address_of(case.person)))
    return perform(request, case, act, form, run)


@needs(Permission.WORK_ON_CASE)
@either
def kind(request: StaffRequest, reference: str) -> HttpResponse:
    """Say that a case is of another kind."""
    case = found(request, reference)
    act = Act(
        title=_("It is something else"),
        button=_("Call it that"),
        done=_("It goes the way of its kind from now on."),
        about=_(
            "A complaint becomes something else only with the customer's yes, "
            "or when a senior colleague who does not own it says so."
        ),
    )

    def run(said: dict[str, Any]) -> None:
        agreed = How(said["agreed_how"]) if said["agreed_how"] else None
        change_kind(
            case,
            kind=CaseKind(said["kind"]),
            reason=said["reason"],
            agreed_how=agreed,
            by=request.user,
            at=timezone.now(),
        )

    return perform(request, case, act, forms.ChangeKind(given(request)), run)


@needs(Permission.WORK_ON_CASE)
@either
def procedure(request: StaffRequest, reference: str) -> HttpResponse:
    """Handle a case by the newest procedure of its kind."""
    case = found(request, reference)
    goes_by, newest = version_of(case), version_for(CaseKind(case.kind))
    facts = {"version": goes_by.number, "newest": newest.number}
    about = _("It goes by version %(version)s, with which it began.") % facts
    if newest.number > goes_by.number:
        about = _("It goes by version %(version)s. Version %(newest)s is newer: %(reason)s") % {
            **facts,
            "reason": newest.reason,
        }
    act = Act(
        title=_("Its procedure"),
        button=_("Go by the newest"),
        done=_("It goes by the newest procedure now."),
        about=about,
    )

    def run(_said: dict[str, Any]) -> None:
        adopt_procedure(case, by=request.user, at=timezone.now())

    return perform(request, case, act, NoFields(given(request)), run)
