"""Telling us what happened: one question a page, kept on the way, sent once."""

import secrets
from collections.abc import Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from amends.base.refusal import Refused
from amends.cases.actions.from_portal import Complaint, receive_complaint
from amends.cases.actions.unsent import Typed, keep_unsent, put_files, take_file_away
from amends.cases.queries.letters import answerer_of, house_time
from amends.cases.queries.links import link_of
from amends.cases.queries.slips import qr_of
from amends.cases.queries.unsent import files_of, unsent_by
from amends.cases.rules.answering import heard_by
from amends.portal.forms import end_of, one_text
from amends.portal.http import best_language, may_still, no_such_page, page, public
from amends.portal.steps import BY_NAME, CHECK, STEPS, Step, after, before, first_unanswered
from amends.standards.queries import calendar_for

if TYPE_CHECKING:
    from amends.cases.models.unsent import Unsent

LONGEST_KEPT = 50_000
MOST_BEGUN, MOST_SENT = 30, 10
REMOVE = "remove-"


@public
@require_GET
def begin(request: HttpRequest, language: str = "") -> HttpResponse:
    """Begin under a key that nobody else knows; nothing is kept before something is typed."""
    key = secrets.token_urlsafe(16)
    return redirect("tell-us-step", language or best_language(request), key, STEPS[0].name)


@public
@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, language: str, key: str, name: str) -> HttpResponse:
    """Ask one question, and keep what is typed whether it is an answer or not."""
    asked = _step(name)
    if request.method == "POST":
        return _typed(request, language, key, asked)
    unsent = unsent_by(key)
    if unsent and unsent.case_id:
        return redirect("tell-us-sent", language, key)
    typed = unsent.fields if unsent else {}
    if asked is not STEPS[0] and not STEPS[0].is_answered(typed):
        return redirect("tell-us-step", language, key, STEPS[0].name)
    return _ask(request, key, asked, asked.form(initial=typed), unsent)


@public
@require_POST
def keep(request: HttpRequest, language: str, key: str, name: str) -> HttpResponse:
    """Keep what is being typed, for the script that sends it every second."""
    if not _may_keep(request, key):
        return JsonResponse({}, status=HTTPStatus.TOO_MANY_REQUESTS)
    keep_unsent(Typed(key, language, _fields(request, _step(name))), at=timezone.now())
    return JsonResponse({"version": 1, "saved": f"{timezone.localtime():%H:%M}"})


@public
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, language: str, key: str) -> HttpResponse:
    """Show all answers once more, and send them."""
    unsent = unsent_by(key)
    typed = unsent.fields if unsent else {}
    if unsent and unsent.case_id:
        return redirect("tell-us-sent", language, key)
    if unsent is None or (missing := first_unanswered(typed)) != CHECK:
        return redirect("tell-us-step", language, key, missing if unsent else STEPS[0].name)
    problem, status = _send(request, language, unsent) if request.POST else ("", HTTPStatus.OK)
    if request.POST and not problem:
        return redirect("tell-us-sent", language, key)
    context = {"key": key, "told": _told(typed), "files": files_of(unsent), "problem": problem}
    return page(request, "portal/check.html", context, status=status)


@public
@require_GET
def sent(request: HttpRequest, language: str, key: str) -> HttpResponse:  # noqa: ARG001  it is in the address
    """Say that it arrived, under which reference, who has it and where its page is."""
    unsent = unsent_by(key)
    if unsent is None or unsent.case is None:
        return no_such_page(request)
    case = unsent.case
    link = link_of(case)
    context = {
        "case": case,
        "who": answerer_of(case),
        "by_at": heard_by(house_time(case.received_at), calendar_for(case.team_id)),
        "link": link,
        "qr": qr_of(link),
    }
    return page(request, "portal/sent.html", context)


def _typed(request: HttpRequest, language: str, key: str, asked: Step) -> HttpResponse:
    form = asked.form(request.POST, request.FILES)
    if not _may_keep(request, key):
        form.add_error(None, too_often())
        response = _ask(request, key, asked, form, None)
        response.status_code = HTTPStatus.TOO_MANY_REQUESTS
        return response
    unsent = keep_unsent(Typed(key, language, _fields(request, asked)), at=timezone.now())
    turn = _turn(request.POST.get("go", ""), asked, unsent)
    if not turn and not (form.is_valid() and _put_papers(form, unsent)):
        return _ask(request, key, asked, form, unsent)
    onwards = CHECK if request.GET.get("to") == CHECK else after(asked)
    return _lead_to(turn or onwards, language, key)


def _turn(go: str, asked: Step, unsent: "Unsent") -> str:
    """Return the page that a button other than the main one leads to, once it did its work."""
    pk = go.removeprefix(REMOVE)
    if go != pk and pk.isdecimal():
        take_file_away(unsent, pk=int(pk), at=timezone.now())
        return asked.name
    return before(asked) if go == "back" else ""


def _put_papers(form: forms.Form, unsent: "Unsent") -> bool:
    """Keep the papers that came with `form`; say on it why if they are not taken."""
    try:
        put_files(unsent, uploads=form.cleaned_data.get("papers") or (), at=timezone.now())
    except Refused as refusal:
        form.add_error("papers", str(refusal))
    return form.is_valid()


def _ask(
    request: HttpRequest, key: str, asked: Step, form: forms.Form, unsent: "Unsent | None"
) -> HttpResponse:
    context = {
        "key": key,
        "step": asked,
        "form": form,
        "number": STEPS.index(asked) + 1,
        "total": len(STEPS) + 1,
        "files": files_of(unsent) if unsent and "papers" in asked.form.base_fields else (),
        "goes_back": asked is not STEPS[0],
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return page(request, "portal/step.html", context, status=status)


def _lead_to(name: str, language: str, key: str) -> HttpResponse:
    if name == CHECK:
        return redirect("tell-us-check", language, key)
    return redirect("tell-us-step", language, key, name)


def _send(request: HttpRequest, language: str, unsent: "Unsent") -> tuple[str, HTTPStatus]:
    """Send it; return what stands in the way, in words, and the status that goes with it."""
    if not may_still(request, "send", most=MOST_SENT):
        return too_often(), HTTPStatus.TOO_MANY_REQUESTS
    try:
        receive_complaint(unsent, complaint=_complaint(unsent, language), at=timezone.now())
    except Refused as refusal:
        return str(refusal), HTTPStatus.UNPROCESSABLE_ENTITY
    return "", HTTPStatus.OK


def _complaint(unsent: "Unsent", language: str) -> Complaint:
    told = _told(unsent.fields)
    return Complaint(
        language=language,
        need_by=end_of(told["need_on"]) if told["need_on"] else None,
        **{name: told[name] for name in ("story", "wish", "need_reason")},
        **{name: told[name] for name in ("name", "email", "telephone")},
    )


def _told(typed: Mapping[str, str]) -> dict[str, Any]:
    """Return every answer as its form reads it."""
    told: dict[str, Any] = {}
    for each in STEPS:
        form = each.form(typed)
        form.is_valid()
        told |= form.cleaned_data
    return told


def _fields(request: HttpRequest, asked: Step) -> dict[str, str]:
    return {name: one_text(request.POST.get(name, ""))[:LONGEST_KEPT] for name in asked.fields}


def _may_keep(request: HttpRequest, key: str) -> bool:
    """Return whether something may be kept under `key`: begun already, or not begun too often."""
    return unsent_by(key) is not None or may_still(request, "begin", most=MOST_BEGUN)


def _step(name: str) -> Step:
    if name not in BY_NAME:
        raise Http404
    return BY_NAME[name]


def too_often() -> str:
    """Say that somebody tried too often, and what to do instead."""
    return _(
        "This was tried too often from where you are. What you wrote stays here: try again in an "
        "hour, or call us."
    )
