"""Done now, asked after, apologised, thanked, counted, closed, opened again, taken back."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from amends.base.refusal import Refused
from amends.cases.actions.closing import (
    Why,
    apologise,
    close_case,
    count_cause,
    reopen_case,
    thank,
    withdraw_case,
)
from amends.cases.actions.follow_up import (
    Answer,
    answer_put_right,
    finish_on_the_spot,
    note_attempt,
)
from amends.cases.queries.care import care_of
from amends.cases.queries.facts import closing_facts
from amends.cases.queries.pieces import question_in
from amends.cases.rules.closing import asks_for_prevention
from amends.cases.rules.kinds import AttemptResult, How, Mechanism, Pillar, Verdict
from amends.staff.rules.permissions import Act as Permission
from amends.web.cases.acting import Act, NoFields, found, given, perform
from amends.web.cases.forms import closing as forms
from amends.web.cases.forms.fields import usual_how
from amends.web.cases.rail.desk import Desk
from amends.web.cases.rail.obstacles import obstacles_of
from amends.web.http import StaffRequest, needs

either = require_http_methods(["GET", "HEAD", "POST"])


class NothingToAsk(Refused):
    text = gettext_lazy("Nothing waits to be asked after. Something must be done first.")


@needs(Permission.WORK_ON_CASE)
@either
def done(request: StaffRequest, reference: str) -> HttpResponse:
    """Write down what was put right while the customer was there."""
    case = found(request, reference)
    act = Act(
        title=_("Done now"),
        button=_("It is done"),
        done=_("Written down. Thank them, and close it."),
        about=_("For what was put right while they were there, and they said yes to it."),
    )

    def run(said: dict[str, Any]) -> None:
        finish_on_the_spot(
            case,
            done=said["done"],
            yes_how=How(said["yes_how"]),
            by=request.user,
            at=timezone.now(),
        )

    usual = {"yes_how": usual_how(case.channel)}
    return perform(request, case, act, forms.DoneNow(given(request), initial=usual), run)


@needs(Permission.WORK_ON_CASE)
@either
def asked(request: StaffRequest, reference: str) -> HttpResponse:
    """Write down what came of asking whether it is put right."""
    case = found(request, reference)
    act = Act(
        title=_("Is it put right?"),
        button=_("Write it down"),
        done=_("Written down."),
        about=case.done_what,
    )

    def run(said: dict[str, Any]) -> None:
        question = question_in(case)
        if question is None:
            raise NothingToAsk
        how, at = How(said["how"]), timezone.now()
        if said["verdict"] == forms.NOT_REACHED:
            result = AttemptResult.NOT_REACHED
            note_attempt(question, how=how, result=result, by=request.user, at=at)
            return
        answer = Answer(verdict=Verdict(said["verdict"]), how=how, words=said["words"])
        answer_put_right(question, answer=answer, by=request.user, at=at)

    usual = {"how": usual_how(case.channel)}
    return perform(request, case, act, forms.Asked(given(request), initial=usual), run)


@needs(Permission.WORK_ON_CASE)
@either
def sorry(request: StaffRequest, reference: str) -> HttpResponse:
    """Write down that we said sorry."""
    case = found(request, reference)
    act = Act(
        title=_("Apologise"),
        button=_("I have said sorry"),
        done=_("Apologised."),
        about=_("Saying sorry admits nothing. Say it for what they went through."),
    )

    def run(_said: dict[str, Any]) -> None:
        apologise(case, by=request.user, at=timezone.now())

    return perform(request, case, act, NoFields(given(request)), run)


@needs(Permission.WORK_ON_CASE)
@either
def thanked(request: StaffRequest, reference: str) -> HttpResponse:
    """Write down that the customer was thanked."""
    case = found(request, reference)
    act = Act(
        title=_("Thank them"),
        button=_("I have thanked them"),
        done=_("Thanked."),
        about=_("For telling us: without them we would not know."),
    )

    def run(_said: dict[str, Any]) -> None:
        thank(case, by=request.user, at=timezone.now())

    return perform(request, case, act, NoFields(given(request)), run)


@needs(Permission.WORK_ON_CASE)
@either
def cause(request: StaffRequest, reference: str) -> HttpResponse:
    """Say why it happened."""
    case = found(request, reference)
    asks = asks_for_prevention(closing_facts(case))
    form = forms.CountCause(given(request), asks_for_prevention=asks)
    act = Act(
        title=_("Why did it happen?"),
        button=_("Count it"),
        done=_("Counted."),
        about=_("This is for us to learn from. Nobody is ranked by it."),
        fields="web/cases/fields/cause.html",
        shows={"asks_for_prevention": asks},
    )

    def run(said: dict[str, Any]) -> None:
        named = {"pillar": Pillar(said["pillar"]), "mechanism": Mechanism(said["mechanism"])}
        count_cause(case, why=Why(**{**said, **named}), by=request.user, at=timezone.now())

    return perform(request, case, act, form, run)


@needs(Permission.CLOSE_CASE)
@either
def close(request: StaffRequest, reference: str) -> HttpResponse:
    """Close a case, or say what is missing and how it is done."""
    case = found(request, reference)
    care = care_of(case, staff=request.user)
    desk = Desk(case, care, request.user, works=True, now=timezone.localtime())
    obstacles = obstacles_of(desk)
    ready = _("They said that it is put right, or we honestly tried to hear it.")
    act = Act(
        title=_("Close with thanks"),
        button="" if obstacles else _("Close it"),
        done=_("Closed."),
        about="" if obstacles else ready,
        fields="web/cases/fields/close.html",
        shows={"obstacles": obstacles},
    )

    def run(_said: dict[str, Any]) -> None:
        close_case(case, by=request.user, at=timezone.now())

    return perform(request, case, act, NoFields(given(request)), run)


@needs(Permission.WORK_ON_CASE)
@either
def reopen(request: StaffRequest, reference: str) -> HttpResponse:
    """Open a case again."""
    case = found(request, reference)
    act = Act(title=_("Open it again"), button=_("Open it again"), done=_("Open again."))

    def run(said: dict[str, Any]) -> None:
        reopen_case(case, **said, by=request.user, at=timezone.now())

    return perform(request, case, act, forms.Reopen(given(request)), run)


@needs(Permission.WORK_ON_CASE)
@either
def withdraw(request: StaffRequest, reference: str) -> HttpResponse:
    """End a case because the customer takes it back."""
    case = found(request, reference)
    act = Act(
        title=_("They take it back"),
        button=_("End it"),
        done=_("Ended."),
        about=_("Only on their own word. What caused it may still be worth counting."),
    )

    def run(said: dict[str, Any]) -> None:
        withdraw_case(case, **said, by=request.user, at=timezone.now())

    return perform(request, case, act, forms.Withdraw(given(request)), run)
