"""Looked at again by another person, and by a body outside."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amends.cases.actions.outside import (
    Body,
    Ruling,
    ask_outside_again,
    comply,
    go_outside,
    record_outside_decision,
)
from amends.cases.actions.reviewing import ask_for_review
from amends.cases.queries.colleagues import takers_for
from amends.cases.queries.deciders import reviewer_for
from amends.cases.queries.ways import proceeding_of
from amends.cases.rules.kinds import Outcome
from amends.cases.rules.turns import Accepted
from amends.staff.rules.permissions import Act as Permission
from amends.web.cases.acting import Act, NoFields, found, given, perform
from amends.web.cases.forms import ways as forms
from amends.web.http import StaffRequest, needs

either = require_http_methods(["GET", "HEAD", "POST"])


@needs(Permission.WORK_ON_CASE)
@either
def review(request: StaffRequest, reference: str) -> HttpResponse:
    """Have another person look at what was decided."""
    case = found(request, reference)
    about = _("They look at all of it from the beginning. The customer is told who, and by when.")
    if reviewer_for(case) is None:
        about = _(
            "There is no second person here, so whoever owns it looks at it again. "
            "The customer is told so, and whom they can turn to outside."
        )
    act = Act(
        title=_("Another person looks at it"),
        button=_("Ask them"),
        done=_("Asked. The customer hears who looks at it."),
        about=about,
    )

    def run(said: dict[str, Any]) -> None:
        ask_for_review(case, **said, by=request.user, at=timezone.now())

    form = forms.AskReview(given(request), colleagues=takers_for(case))
    return perform(request, case, act, form, run)


@needs(Permission.WORK_ON_CASE)
@either
def outside(request: StaffRequest, reference: str) -> HttpResponse:
    """Write down that an outside body looks at a case."""
    case = found(request, reference)
    act = Act(
        title=_("With an outside body"),
        button=_("Write it down"),
        done=_("Written down. Nothing of it is deleted until they have decided."),
        about=_("An ombudsman, a regulator, a court. From now on nothing of it is deleted."),
    )

    def run(said: dict[str, Any]) -> None:
        go_outside(case, body=Body(**said), by=request.user, at=timezone.now())

    return perform(request, case, act, forms.GoOutside(given(request)), run)


@needs(Permission.WORK_ON_CASE)
@either
def asked_again(request: StaffRequest, reference: str) -> HttpResponse:
    """Write down that we asked the outside body how it stands."""
    case = found(request, reference)
    proceeding = proceeding_of(case)
    act = Act(
        title=_("Ask how it stands"),
        button=_("I have asked"),
        done=_("Written down. It comes up again in two weeks."),
        about=str(proceeding or ""),
    )

    def run(_said: dict[str, Any]) -> None:
        ask_outside_again(case, by=request.user, at=timezone.now())

    return perform(request, case, act, NoFields(given(request)), run)


@needs(Permission.WORK_ON_CASE)
@either
def decided(request: StaffRequest, reference: str) -> HttpResponse:
    """Write down what the outside body decided."""
    case = found(request, reference)
    proceeding = proceeding_of(case)
    act = Act(
        title=_("What did they decide?"),
        button=_("Write it down"),
        done=_("Written down."),
        about=str(proceeding or ""),
    )

    def run(said: dict[str, Any]) -> None:
        named = {"outcome": Outcome(said["outcome"]), "accepted": Accepted(said["accepted"])}
        ruling = Ruling(**{**said, **named})
        record_outside_decision(case, ruling=ruling, by=request.user, at=timezone.now())

    return perform(request, case, act, forms.OutsideDecided(given(request)), run)


@needs(Permission.WORK_ON_CASE)
@either
def complied(request: StaffRequest, reference: str) -> HttpResponse:
    """Write down that what the outside body decided was done."""
    case = found(request, reference)
    proceeding = proceeding_of(case)
    act = Act(
        title=_("Done as they decided"),
        button=_("It is done"),
        done=_("Written down. The customer is asked whether it is put right."),
        about=proceeding.award if proceeding else "",
    )

    def run(said: dict[str, Any]) -> None:
        comply(case, **said, by=request.user, at=timezone.now())

    return perform(request, case, act, forms.Comply(given(request)), run)
