"""Doing the same to many cases: choose, look at what will happen, do it, undo it."""

import secrets
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amends.base.refusal import Refused
from amends.cases.actions.bulk import Wanted, begin_bulk, go_on, prepare_bulk, undo_bulk
from amends.cases.queries.bulk import run_for, told_of
from amends.cases.queries.inbox import keys_of
from amends.cases.queries.reading import cases_for
from amends.cases.queries.tags import tags_in
from amends.cases.queries.views import cases_of
from amends.cases.rules.bulk import MOST_CASES, WHILE_ONE_WAITS, Fate
from amends.staff.rules.permissions import Act
from amends.web.acts import found
from amends.web.bulk.forms import FORMS
from amends.web.bulk.shown import acts_for, shown
from amends.web.http import StaffRequest, needs, page_or_part
from amends.web.inbox.views import address, chosen, lists_for
from amends.web.lists.chosen import chosen_for
from amends.web.words import word

if TYPE_CHECKING:
    from amends.cases.models.bulk import BulkRun

LONGEST_KEY = 40


@needs(Act.WORK_ON_CASE)
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: StaffRequest) -> HttpResponse:
    """Ask what the chosen act needs, then try it on every case that was chosen."""
    said = request.POST if request.method == "POST" else request.GET
    back = _back(request, said)
    act = next((each for each in acts_for(request.user) if each.value == said.get("act")), None)
    cases = _cases(request, said)
    if act is None or not cases:
        messages.error(request, _("Choose at least one case, and what is to be done."))
        return redirect(back)
    form = FORMS[act](
        request.POST if request.method == "POST" else None,
        staff=request.user,
        told=tags_in(get_language() or ""),
    )
    if form.is_valid() and (run := _prepared(request, Wanted(act, form.order()), cases, form)):
        return _worked_through(run, len(cases))
    context = {
        "form": form,
        "act": act.value,
        "title": word(act),
        "count": len(cases),
        "which": said.get("which", ""),
        "view": said.get("view", ""),
        "all": said.get("all", ""),
        "cases": said.getlist("case"),
        "key": said.get("key", "") or secrets.token_urlsafe(12),
        "back": back,
    }
    return render(request, "web/bulk/choose.html", context, status=422 if form.is_bound else 200)


@needs(Act.WORK_ON_CASE)
@require_safe
def run(request: StaffRequest, pk: int) -> HttpResponse:
    """Show what will happen to each case, what is happening, or what became of each.

    With a fate in the address, those of it that come after a case.
    """
    asked = request.GET.get("fate", "")
    fate = Fate(asked) if asked in {each.value for each in Fate} else None
    after = request.GET.get("after", "")
    is_key = after.isascii() and after.isdigit() and len(after) < 19  # noqa: PLR2004 - of a bigint
    one = found(lambda: run_for(request.user, pk))
    told = told_of(one, fate=fate, after=int(after) if fate and is_key else 0)
    context = shown(told, timezone.localtime())
    return render(request, page_or_part(request, "web/bulk/run.html", "run"), context)


@needs(Act.WORK_ON_CASE)
@require_POST
def begin(request: StaffRequest, pk: int) -> HttpResponse:
    """Do it to the cases that nothing stands against."""
    one = found(lambda: run_for(request.user, pk))
    ready = told_of(one).counts["ready"]
    return _worked_through(begin_bulk(one, by=request.user, at=timezone.now()), ready)


@needs(Act.WORK_ON_CASE)
@require_POST
def undo(request: StaffRequest, pk: int) -> HttpResponse:
    """Undo it where nothing has happened since."""
    one = found(lambda: run_for(request.user, pk))
    done = told_of(one).counts["done"]
    try:
        one = undo_bulk(one, by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("bulk-run", one.pk)
    return _worked_through(one, done)


def _back(request: StaffRequest, said: QueryDict) -> str:
    """Return where the list is that one came from: a view, or one of the Inbox."""
    if view := said.get("view", ""):
        return chosen_for(request.user, view).url
    return address(chosen(said.get("which", ""), lists_for(request.user)))


def _cases(request: StaffRequest, said: QueryDict) -> list[int]:
    """Return the keys of the cases that were chosen one by one, or of a whole list."""
    view = said.get("view", "")
    if said.get("all") and view:
        look = chosen_for(request.user, view).look
        cases = cases_of(look, staff=request.user, at=timezone.localtime())
        return list(cases.values_list("pk", flat=True)[: MOST_CASES + 1])
    if said.get("all"):
        which = chosen(said.get("which", ""), lists_for(request.user))
        return keys_of(request.user, which, most=MOST_CASES)
    named = said.getlist("case")[: MOST_CASES + 1]
    return list(cases_for(request.user).filter(reference__in=named).values_list("pk", flat=True))


def _prepared(
    request: StaffRequest, wanted: Wanted, cases: list[int], form: object
) -> "BulkRun | None":
    """Return the run that was begun; None if it was refused, which the form then says."""
    key = request.POST.get("key", "")[:LONGEST_KEY] or secrets.token_urlsafe(12)
    try:
        return prepare_bulk(wanted, cases=cases, key=key, by=request.user, at=timezone.now())
    except Refused as refusal:
        form.add_error(None, str(refusal))  # type: ignore[attr-defined] # a form
        return None


def _worked_through(one: "BulkRun", cases: int) -> HttpResponseRedirect:
    """Work through a run of few cases, each in its own transaction, and lead to its page.

    More go on by themselves; so does what is left when this request is cut.
    """
    if cases <= WHILE_ONE_WAITS:
        while go_on(one, one=True, at=timezone.now()):
            pass
    return redirect("bulk-run", one.pk)
