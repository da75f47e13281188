"""The whole case as one file: begun for somebody, chosen, blackened, made, and handed out."""

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from amends.base.made import made_path
from amends.base.typesetting import typeset
from amends.cases.actions.bundles import (
    Choice,
    ask_for_bundle,
    begin_bundle,
    blacken,
    choose_for_bundle,
    hand_out,
    uncover,
)
from amends.cases.queries.bundles import (
    blackening_in,
    blackenings_of,
    bundle_for,
    bundles_of,
    chosen_in,
)
from amends.cases.queries.ways import proceeding_of
from amends.cases.queries.whole_case import contact_of
from amends.cases.rules.bundle import Stage
from amends.staff.queries import organisation
from amends.staff.rules.permissions import Act as Permission
from amends.web.acts import attempt, taken
from amends.web.acts import found as found_row
from amends.web.bundles import forms
from amends.web.bundles.handing import handed
from amends.web.bundles.plan import plan_of
from amends.web.bundles.shown import preview
from amends.web.bundles.telling import PAPER, on_paper
from amends.web.bundles.words import STAGES
from amends.web.cases.acting import Act, blind_first, found, given, perform
from amends.web.http import StaffRequest, needs, page_or_part

if TYPE_CHECKING:
    from amends.cases.models.bundles import Bundle

either = require_http_methods(["GET", "HEAD", "POST"])


@needs(Permission.HAND_OUT_CASE)
@either
@blind_first
def begin(request: StaffRequest, reference: str) -> HttpResponse:
    """Show the files of a case that were made, and begin another one."""
    case = found(request, reference)
    outside = proceeding_of(case)
    house = organisation().language
    begun: list[Bundle] = []
    start = {"to": outside.body if outside else "", "language": house}
    act = Act(
        title=_("The whole case as one file"),
        button=_("Choose what leaves"),
        done=_("Begun. Nothing has left yet."),
        about=_(
            "For an ombudsman, a court, or whoever may ask for all of it. You see what leaves and "
            "what stays before anything is made."
        ),
        fields="web/bundles/begin.html",
        back=reverse("case-bundles", args=[case.reference]),
        shows={
            "bundles": [{"it": each, "stage": STAGES[each.stage]} for each in bundles_of(case)[:20]]
        },
    )

    def run(said: dict[str, Any]) -> None:
        begun.append(begin_bundle(case, **said, by=request.user, at=timezone.now()))

    form = forms.BeginBundle(given(request), initial=start)
    answer = perform(request, case, act, form, run)
    if not begun:
        return answer
    if request.htmx:
        return HttpResponseClientRedirect(_address(begun[0]))
    return redirect(_address(begun[0]))


@needs(Permission.HAND_OUT_CASE)
@either
@blind_first
def bundle(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """Show one file of a case: what leaves in it while it is chosen, how far it is, or the file."""
    one = _found(request, reference, pk)
    if one.stage in {Stage.CHOOSING, Stage.FAILED}:
        return _chosen(request, one)
    shown = {"case": one.case, "bundle": one}
    part = page_or_part(request, "web/bundles/bundle.html", "bundle-state")
    return render(request, part, shown)


def _chosen(request: StaffRequest, one: "Bundle") -> HttpResponse:
    plan = plan_of(one)
    form = forms.ChooseBundle(given(request), initial=_initial(one), lines=plan.lines)
    if (
        request.method == "POST"
        and form.is_valid()
        and taken(form, lambda: _choose(request, one, form.cleaned_data))
    ):
        return redirect(_address(one))
    context = {
        "case": one.case,
        "bundle": one,
        "form": form,
        "bars": list(blackenings_of(one.case)),
        **preview(plan, form),
    }
    return render(request, "web/bundles/choose.html", context, status=422 if form.errors else 200)


def _initial(one: "Bundle") -> dict[str, object]:
    return {
        "language": one.language,
        "names_colleague": one.names_colleague,
        "sections": one.sections,
        "why_left_out": one.why_left_out,
        "other": [forms.name_of(item, pk) for item, pk in chosen_in(one)],
    }


def _choose(request: StaffRequest, one: "Bundle", said: dict[str, Any]) -> None:
    """Keep what was chosen, and have it made if that was asked for, too."""
    choice = Choice(
        items=said["other"],
        sections=said["sections"],
        names_colleague=said["names_colleague"],
        language=said["language"],
        why_left_out=said["why_left_out"],
    )
    now = timezone.now()
    choose_for_bundle(one, choice=choice, by=request.user, at=now)
    if request.POST.get("then") == "make":
        ask_for_bundle(one, by=request.user, at=now)


@needs(Permission.HAND_OUT_CASE)
@require_GET
@blind_first
def paper(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """Show the paper as it would leave now."""
    one = _found(request, reference, pk)
    with translation.override(one.language):
        pdf = typeset(PAPER, on_paper(plan_of(one), at=timezone.now()))
    response = HttpResponse(pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{one.case.reference}.pdf"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


@needs(Permission.HAND_OUT_CASE)
@either
@blind_first
def blacken_passage(request: StaffRequest, reference: str, pk: int, contact: int) -> HttpResponse:
    """Black a passage of what was said in one contact, in all that leaves of the case."""
    one = _found(request, reference, pk)
    said_there = found_row(lambda: contact_of(one.case, contact))
    act = Act(
        title=_("Black a passage"),
        button=_("Black it"),
        done=_("Black in everything that leaves. Here it stays as it is."),
        about=_("It is black wherever it stands: also where somebody quotes it."),
        fields="web/bundles/blacken.html",
        back=_address(one),
        shows={"words": said_there.words.text, "language": said_there.language},
    )

    def run(said: dict[str, Any]) -> None:
        blacken(one.case, contact=contact, **said, by=request.user, at=timezone.now())

    return perform(request, one.case, act, forms.Blacken(given(request)), run)


@needs(Permission.HAND_OUT_CASE)
@require_POST
@blind_first
def uncover_passage(request: StaffRequest, reference: str, pk: int, bar: int) -> HttpResponse:
    """Black a passage no longer."""
    one = _found(request, reference, pk)
    passage = found_row(lambda: blackening_in(one.case, bar))
    attempt(
        request,
        lambda: uncover(passage, by=request.user, at=timezone.now()),
        said=_("It can be read again in what leaves."),
    )
    return redirect(_address(one))


@needs(Permission.HAND_OUT_CASE)
@require_POST
@blind_first
def download(request: StaffRequest, reference: str, pk: int) -> HttpResponseBase:
    """Hand out the file, and write down that it was."""
    one = _found(request, reference, pk)
    if one.stage is Stage.READY and not made_path(one.sha256).exists():
        raise Http404
    taken = attempt(
        request, lambda: hand_out(one, by=request.user, at=timezone.now()), said=_("Written down.")
    )
    return handed(one) if taken else redirect(_address(one))


def _found(request: StaffRequest, reference: str, pk: int) -> "Bundle":
    return found_row(lambda: bundle_for(request.user, reference, pk))


def _address(one: "Bundle") -> str:
    return reverse("case-bundle", args=[one.case.reference, one.pk])
