"""Putting a view together: filters one a row, columns, order; looked at before it is kept."""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amends.base.refusal import Refused
from amends.cases.actions.views import save_view
from amends.cases.queries.views import page_of, tally_of
from amends.cases.rules.views import Look
from amends.staff.rules.permissions import Act
from amends.web.http import StaffRequest, needs, say
from amends.web.lists.cells import Sheet
from amends.web.lists.chosen import Chosen, chosen_for
from amends.web.lists.filters import Build, Offer, Typed, typed_in, typed_of
from amends.web.lists.views import tally_words

if TYPE_CHECKING:
    from amends.cases.models.views import SavedView

either = require_http_methods(["GET", "HEAD", "POST"])
PREVIEW = 8
REMOVE = "remove-"


@needs(Act.SEE_CASES)
@either
def new(request: StaffRequest) -> HttpResponse:
    """Put a new view together."""
    return _built(request, typed_of(Look()), None)


@needs(Act.SEE_CASES)
@either
def change(request: StaffRequest, name: str) -> HttpResponse:
    """Change a view, and what it is called."""
    chosen = chosen_for(request.user, name)
    if not chosen.is_mine:
        return redirect("view-copy", name)
    return _built(request, typed_of(chosen.look, chosen.title), chosen)


@needs(Act.SEE_CASES)
@either
def copy(request: StaffRequest, name: str) -> HttpResponse:
    """Begin a view of one's own with what another one shows."""
    chosen = chosen_for(request.user, name)
    called = _("%(name)s, copy") % {"name": chosen.title}
    return _built(request, typed_of(chosen.look, called), None)


def _built(request: StaffRequest, first: Typed, chosen: Chosen | None) -> HttpResponse:
    """Show the form, do what its buttons say, or keep the view."""
    offer = Offer(request)
    if request.method != "POST":
        return _shown(request, Build(first, offer, is_said=False), chosen)
    act, typed = request.POST.get("act", ""), typed_in(request.POST)
    if act == "add" or act.startswith(REMOVE):
        return _shown(request, Build(_otherwise(typed, act, request), offer, is_said=False), chosen)
    form = Build(typed, offer, is_said=True, is_kept=act != "look")
    if form.is_valid() and act != "look" and (kept := _kept(request, form, chosen)):
        say(request, _("Saved"))
        return redirect("view", kept.pk)
    return _shown(request, form, chosen)


def _otherwise(typed: Typed, act: str, request: StaffRequest) -> Typed:
    """Return `typed` with one more filter, or without the one that was taken out."""
    if act == "add":
        return typed.with_one_more(request.POST.get("more", ""))
    place = act.removeprefix(REMOVE)
    known = [number for number, _each in enumerate(typed.filters) if str(number) == place]
    return typed.without(known[0]) if known else typed


def _kept(request: StaffRequest, form: Build, chosen: Chosen | None) -> "SavedView | None":
    try:
        return save_view(
            chosen.row if chosen else None,
            name=form.cleaned_data["name"],
            look=form.look(),
            by=request.user,
            at=timezone.now(),
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None


def _shown(request: StaffRequest, form: Build, chosen: Chosen | None) -> HttpResponse:
    context: dict[str, object] = {"form": form, "chosen": chosen}
    if form.is_bound and form.is_valid():
        now, look = timezone.localtime(), form.look()
        sheet = Sheet(request, look.columns)
        page = page_of(look, staff=request.user, at=now, most=PREVIEW)
        context |= {
            "is_looked_at": True,
            "tally": tally_words(tally_of(look, staff=request.user, at=now)),
            "headings": sheet.headings,
            "rows": sheet.rows(page.lines, now),
        }
    status = 422 if form.errors else 200
    return render(request, "web/lists/build.html", context, status=status)
