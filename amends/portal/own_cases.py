"""All cases of a customer, behind a link that goes to their mail address and lasts some days."""

from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus

from django import forms
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amends.cases.actions.letters import send_page
from amends.cases.actions.own_cases import NoMailAddress, send_own_cases
from amends.cases.queries.links import holder_of, replaced_link
from amends.cases.queries.own_cases import (
    LinkHolder,
    holder_behind,
    own_cases,
    people_written_to,
)
from amends.portal.answering import either
from amends.portal.confirming import Asked, confirm, posted
from amends.portal.door import Door, behind_link
from amends.portal.forms import AllMyCases
from amends.portal.http import may_still, no_such_page, page, public
from amends.portal.telling import too_often

MOST_ASKED = 10


@public
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, language: str) -> HttpResponse:
    """Send the address of all their cases to whom we write to at the address that is typed.

    Whoever asks is told the same.
    """
    form = AllMyCases(posted(request))
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    if form.is_valid():
        if may_still(request, "find", most=MOST_ASKED):
            for person in people_written_to(form.cleaned_data["email"]):
                send_own_cases(person, at=timezone.now())
            return redirect("find-my-case-sent", language)
        form.add_error(None, too_often())
        status = HTTPStatus.TOO_MANY_REQUESTS
    return page(request, "portal/own_cases_ask.html", {"form": form}, status=status)


@public
@require_safe
def show(request: HttpRequest, token: str, language: str = "") -> HttpResponse:
    """Show a customer all their cases, open and past, or that their link has run out."""
    holder = _holder(token)
    if holder is None:
        return no_such_page(request)
    with translation.override(language or holder.person.language or translation.get_language()):
        return _shown(request, holder, token)


@public
@require_POST
def renew(request: HttpRequest, token: str, language: str) -> HttpResponse:
    """Send a new link in the place of one that has run out, to nobody but its customer."""
    holder = _holder(token)
    if holder is None:
        return no_such_page(request)
    return _sent(request, language, lambda: send_own_cases(holder.person, at=timezone.now()))


@public
@require_POST
def renew_case(request: HttpRequest, token: str, language: str) -> HttpResponse:
    """Send the new link of a case in the place of one that was replaced, to its customer only."""
    case = replaced_link(token)
    if case is None:
        return no_such_page(request)
    return _sent(request, language, lambda: send_page(case, by=holder_of(case), at=timezone.now()))


@behind_link
@either
def send(request: HttpRequest, door: Door) -> HttpResponse:
    """Send the address of all their cases to the customer of one."""
    person = door.case.person

    def do(_form: forms.Form) -> object:
        if person is None:
            raise NoMailAddress
        return send_own_cases(person, at=timezone.now())

    asked = Asked(
        title=_("All your cases"),
        act=_("Send me the address"),
        form=forms.Form(posted(request)),
        do=do,
        done="own-cases",
        text=_(
            "We send the address where all your cases stand to the mail address that we have of "
            "you, because whoever holds the link of one case is not always its customer."
        ),
    )
    return confirm(request, door, asked)


def _holder(token: str) -> LinkHolder | None:
    try:
        return holder_behind(token, on=timezone.localdate())
    except ObjectDoesNotExist:
        return None


def _shown(request: HttpRequest, holder: LinkHolder, token: str) -> HttpResponse:
    context: dict[str, object] = {"token": token, "person": holder.person}
    if holder.ran_out:
        return page(request, "portal/ran_out.html", context, status=HTTPStatus.GONE)
    cases = own_cases(holder.person, before=request.GET.get("before", ""))
    response = page(request, "portal/own_cases.html", {**context, "cases": cases})
    response.headers["Content-Language"] = translation.get_language() or ""
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _sent(request: HttpRequest, language: str, do: Callable[[], object]) -> HttpResponse:
    """Do it, if not too often, and say the same whatever came of it."""
    if not may_still(request, "find", most=MOST_ASKED):
        context = {"text": too_often()}
        return page(request, "portal/too_often.html", context, status=HTTPStatus.TOO_MANY_REQUESTS)
    with suppress(NoMailAddress):
        do()
    return redirect("find-my-case-sent", language)
