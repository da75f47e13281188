"""What letters name and what cases are sorted by: outside bodies, lists of products and topics."""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amends.base.text import said_in
from amends.cases.actions.rights import add_heading, close_heading, keep_body
from amends.cases.queries.rights import bodies_kept, body_kept, heading_kept, headings
from amends.cases.rules.findings import Shelf
from amends.staff.queries import organisation
from amends.staff.rules.permissions import Act
from amends.web.acts import attempt, found, taken
from amends.web.entry.places import country_choices
from amends.web.http import StaffRequest, needs, say
from amends.web.settings.rights_forms import ADDRESS, NAME, Body, NewHeading

if TYPE_CHECKING:
    from amends.cases.models.deciding import OutsideBody


@needs(Act.EDIT_AUTHORITY)
@require_safe
def bodies(request: StaffRequest) -> HttpResponse:
    """Show whom customers may turn to outside, by country and trade."""
    house = organisation()
    countries = dict(country_choices())
    rows = [
        (
            body,
            said_in(get_language() or "", body.name, house=house.language),
            countries.get(body.country, body.country),
        )
        for body in bodies_kept(request.user, house)
    ]
    return render(request, "web/settings/bodies.html", {"rows": rows, "house": house})


@needs(Act.EDIT_AUTHORITY)
@require_http_methods(["GET", "HEAD", "POST"])
def body(request: StaffRequest, pk: int | None = None) -> HttpResponse:
    """Show one outside body, and correct it; or write a new one down."""
    kept = found(lambda: body_kept(request.user, pk)) if pk else None
    written = _written(kept) if kept else {"country": organisation().country}
    form = Body(request.POST if request.method == "POST" else None, initial=written)
    if form.is_valid() and _kept(request, kept, form):
        say(request, _("Saved"))
        return redirect("settings-bodies")
    status = 422 if form.errors else 200
    return render(request, "web/settings/body.html", {"form": form}, status=status)


@needs(Act.EDIT_AUTHORITY)
@require_http_methods(["GET", "HEAD", "POST"])
def lists(request: StaffRequest) -> HttpResponse:
    """Show our lists of products and topics, and put one more line into one."""
    shown = [_shelf(request, shelf) for shelf in Shelf]
    posted = next((each for each in shown if each[2].is_bound), None)
    if posted and posted[2].is_valid() and _added(request, posted[0], posted[2]):
        say(request, _("Saved"))
        return redirect("settings-lists")
    status = 422 if posted else 200
    return render(request, "web/settings/lists.html", {"shelves": shown}, status=status)


@needs(Act.EDIT_AUTHORITY)
@require_POST
def close(request: StaffRequest, pk: int) -> HttpResponse:
    """Offer a line of our lists no more."""
    heading = found(lambda: heading_kept(request.user, pk))
    attempt(
        request,
        lambda: close_heading(heading, by=request.user, at=timezone.now()),
        said=_("Taken out. Cases that have it keep it."),
    )
    return redirect("settings-lists")


def _shelf(request: StaffRequest, shelf: Shelf) -> tuple[Shelf, list[object], NewHeading]:
    """Return one list, its lines in order, and the form for one more of them."""
    rows = list(headings(shelf))
    above = sorted((row for row in rows if row.under is None), key=lambda row: row.name)
    lines: list[object] = []
    for first in above:
        lines.append((first, False))
        lines += [(row, True) for row in rows if row.under_id == first.pk]
    mine = request.method == "POST" and request.POST.get("shelf") == shelf.value
    form = NewHeading(
        request.POST if mine else None,
        initial={"shelf": shelf.value},
        above=[(row.pk, row.name) for row in above],
        prefix="",
        auto_id=f"{shelf.value}-%s",
    )
    return shelf, lines, form


def _added(request: StaffRequest, shelf: Shelf, form: NewHeading) -> bool:
    said = form.cleaned_data
    under = found(lambda: heading_kept(request.user, said["under"])) if said["under"] else None
    return taken(
        form,
        lambda: add_heading(
            shelf, name=said["name"], under=under, by=request.user, at=timezone.now()
        ),
    )


def _kept(request: StaffRequest, kept: "OutsideBody | None", form: Body) -> bool:
    return taken(
        form, lambda: keep_body(kept, facts=form.facts(), by=request.user, at=timezone.now())
    )


def _written(kept: "OutsideBody") -> dict[str, object]:
    written = {name: getattr(kept, name) for name in Body.base_fields}
    names = {NAME + code: text for code, text in kept.name.items()}
    return {**written, **names, **{ADDRESS + code: text for code, text in kept.address.items()}}
