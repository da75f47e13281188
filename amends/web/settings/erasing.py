"""Erasing the record of a case: what goes and what stays, and then that it is done."""

from typing import TYPE_CHECKING

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from amends.cases.actions.erasing import WHY, erase_record
from amends.cases.queries.erasing import preview_of
from amends.cases.queries.keeping import record_of
from amends.cases.rules.reference import read_reference
from amends.staff.rules.permissions import Act
from amends.web.acts import found, taken
from amends.web.http import StaffRequest, needs, say

if TYPE_CHECKING:
    from amends.cases.models.case import Case

SHOWN = 20


class Erase(forms.Form):
    """The reference typed once more, because nothing brings back what was erased."""

    reference = forms.CharField(
        label=gettext_lazy("Reference of the case, typed once more"), max_length=20
    )


@needs(Act.EDIT_TEAMS)
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: StaffRequest, reference: str) -> HttpResponse:
    """Show what goes with a record and what stays, and erase it."""
    case = found(lambda: record_of(reference)).case
    form = Erase(request.POST or None)
    if form.is_valid():
        if read_reference(form.cleaned_data["reference"]) != case.reference:
            form.add_error("reference", _("This is not the reference of this case."))
        elif _erased(request, form, case):
            say(request, _("Erased."))
            return redirect("settings-records")
    preview = preview_of(case)
    facts = {
        "case": case,
        "form": form,
        "preview": preview,
        "against": WHY[preview.against] if preview.against else "",
        "people": preview.people[:SHOWN],
        "known": preview.known[:SHOWN],
        "more_people": len(preview.people) > SHOWN,
    }
    status = 422 if form.errors else 200
    return render(request, "web/settings/erase.html", facts, status=status)


def _erased(request: StaffRequest, form: Erase, case: "Case") -> bool:
    return taken(form, lambda: erase_record(case, by=request.user, at=timezone.now()))
