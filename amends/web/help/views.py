"""Asking a colleague for help, from everywhere; and answering one."""

from typing import TYPE_CHECKING

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amends.base.refusal import Refused
from amends.cases.actions.help import answer_help, ask_for_help, ask_in_confidence
from amends.cases.queries.help import help_request_for, help_requests_for, helpers_for
from amends.cases.queries.reading import case_for
from amends.cases.rules.reference import read_reference
from amends.staff.queries import stood_in_for, with_absence
from amends.staff.rules.permissions import Act
from amends.web.acts import taken
from amends.web.away.words import name_with_absence
from amends.web.help import forms
from amends.web.http import StaffRequest, needs, say

if TYPE_CHECKING:
    from amends.cases.models.case import Case
    from amends.staff.models import Staff

either = require_http_methods(["GET", "HEAD", "POST"])


@needs(Act.WORK_ON_CASE)
@either
def ask(request: StaffRequest) -> HttpResponse:
    """Ask for help, about the case one came from or about anything; show what was asked."""
    case = _case_came_from(request)
    helpers = _helpers(request, case)
    form = forms.Ask(request.POST or None, helpers=helpers)
    if form.is_valid():
        of = next(iter(_chosen(request, form, case)), None)
        try:
            act = ask_in_confidence if form.cleaned_data["in_confidence"] else ask_for_help
            asked = act(
                case, text=form.cleaned_data["text"], of=of, by=request.user, at=timezone.now()
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            name = asked.asked_of.name if asked.asked_of else ""
            say(request, _("%(name)s is asked and sees it at once.") % {"name": name})
            return redirect("case", case.reference) if case else redirect("ask-for-help")
    return _page(request, form, case, forms.Answer())


@needs(Act.WORK_ON_CASE)
@require_http_methods(["POST"])
def answer(request: StaffRequest, pk: int) -> HttpResponse:
    """Answer a colleague."""
    try:
        asked = help_request_for(request.user, pk)
    except ObjectDoesNotExist:
        raise Http404 from None
    form = forms.Answer(request.POST)
    if form.is_valid() and taken(
        form,
        lambda: answer_help(
            asked, answer=form.cleaned_data["answer"], by=request.user, at=timezone.now()
        ),
    ):
        say(request, _("Answered. Thank you for helping."))
        return redirect("ask-for-help")
    return _page(request, forms.Ask(helpers=_helpers(request, None)), None, form, answering=pk)


def _page(
    request: StaffRequest,
    form: forms.Ask,
    case: "Case | None",
    answer_form: forms.Answer,
    answering: int = 0,
) -> HttpResponse:
    context = {
        "form": form,
        "case": case,
        "came_from": request.GET.get("from", ""),
        "requests": help_requests_for(request.user, at=timezone.now()),
        "answer_form": answer_form,
        "answering": answering,
        "may_answer": request.user.may(Act.ANSWER_HELP),
        "answers_for": {request.user.pk, *_stood_in(request)},
    }
    wrong = form.errors or answer_form.errors
    return render(request, "web/help/help.html", context, status=422 if wrong else 200)


def _case_came_from(request: StaffRequest) -> "Case | None":
    """Return the case whose page one was on, if there was one that one may see."""
    for part in request.GET.get("from", "").split("/"):
        reference = read_reference(part) if part.upper().startswith("C-") else None
        if reference:
            try:
                return case_for(request.user, reference)
            except ObjectDoesNotExist:
                return None
    return None


def _stood_in(request: StaffRequest) -> list[int]:
    return [each.pk for each in stood_in_for(request.user, at=timezone.now())]


def _chosen(request: StaffRequest, form: forms.Ask, case: "Case | None") -> list["Staff"]:
    of = form.cleaned_data["of"] or 0
    return list(helpers_for(request.user, case=case).filter(pk=of)) if of else []


def _helpers(request: StaffRequest, case: "Case | None") -> list[tuple[int, str]]:
    """Return whom one can ask, each with when they are away."""
    today, found = timezone.localdate(), helpers_for(request.user, case=case)
    offered = with_absence(found, at=timezone.now())
    return [(who.pk, name_with_absence(who, today=today)) for who in offered]
