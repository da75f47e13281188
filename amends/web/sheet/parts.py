"""The parts of a sheet that are asked for while one types."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from amends.cases.queries.sheets import case_meant_by
from amends.people.queries import find_people_for
from amends.people.rules.typed import told_apart
from amends.staff.rules.permissions import Act
from amends.web.http import StaffRequest, needs
from amends.web.sheet.forms import SheetForm
from amends.web.sheet.page import Page
from amends.web.sheet.typed import fields_of, initial_of
from amends.web.sheet.who import colleagues_named


@needs(Act.RECORD_CONTACT)
@require_safe
def people(request: StaffRequest) -> HttpResponse:
    """Find whom somebody means while they type."""
    typed = request.GET.get("q", "").replace("\x00", "")
    context = {
        "case": case_meant_by(request.user, typed),
        "found": find_people_for(request.user, typed),
        "told": told_apart(typed),
    }
    return render(request, "web/sheet/found.html", context)


@needs(Act.RECORD_CONTACT)
@require_safe
def colleagues(request: StaffRequest) -> HttpResponse:
    """Find a colleague while somebody types."""
    typed = request.GET.get("q", "")
    return render(request, "web/sheet/colleagues.html", {"found": colleagues_named(request, typed)})


@needs(Act.RECORD_CONTACT)
@require_POST
def caller(request: StaffRequest, key: str) -> HttpResponse:
    """Show what to know of whoever was chosen, the last contact first."""
    form = SheetForm(initial=initial_of(fields_of(request.POST)))
    return render(request, "web/sheet/who.html#caller", {"page": Page(request, key, form)})


@needs(Act.RECORD_CONTACT)
@require_POST
def hearing(request: StaffRequest, key: str) -> HttpResponse:
    """Show the promise as the customer hears it."""
    form = SheetForm(initial=initial_of(fields_of(request.POST)))
    return render(request, "web/sheet/bar.html#heard", {"page": Page(request, key, form)})
