"""Who is told a while before something is over: of any kind of clock, and of one standard."""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from amends.staff.rules.permissions import Act
from amends.standards.actions import set_warning, stop_warning
from amends.standards.queries import standards_that_hold, warnings_that_hold
from amends.standards.rules.warnings import Whose
from amends.web.acts import attempt, found, taken
from amends.web.cases.clock_words import exactly
from amends.web.http import StaffRequest, needs, say
from amends.web.settings.standard_form import MINUTE, WriteAnyWarning
from amends.web.settings.standard_words import WHOSE, warned
from amends.web.settings.standards import colleague_for, owners_for

if TYPE_CHECKING:
    from amends.standards.models import EarlyWarning


@needs(Act.EDIT_TEAMS)
@require_http_methods(["GET", "HEAD", "POST"])
def warnings(request: StaffRequest) -> HttpResponse:
    """Show every warning that is given, and set one more."""
    posted = request.POST if request.method == "POST" else None
    form = WriteAnyWarning(posted, owners=owners_for(request.user))
    if form.is_valid() and _set(request, form):
        say(request, _("Saved. Clocks that run learn of it as soon as something happens."))
        return redirect("settings-warnings")
    names = dict(standards_that_hold().values_list("key", "name"))
    rows = [
        (each, _what(each, names), exactly(each.before_minutes * MINUTE), warned(each))
        for each in warnings_that_hold()
    ]
    status = 422 if form.errors else 200
    facts = {"form": form, "rows": rows}
    return render(request, "web/settings/warnings.html", facts, status=status)


@needs(Act.EDIT_TEAMS)
@require_POST
def stop(request: StaffRequest, pk: int) -> HttpResponse:
    """Give a warning no more."""
    row = found(lambda: warnings_that_hold().get(pk=pk))
    attempt(
        request,
        lambda: stop_warning(row, by=request.user, at=timezone.now()),
        said=_("This warning is given no more."),
    )
    if row.standard and request.POST.get("back") == "standard":
        return redirect("settings-standard", key=row.standard)
    return redirect("settings-warnings")


def _set(request: StaffRequest, form: WriteAnyWarning) -> bool:
    said, by = form.cleaned_data, request.user
    notice = form.notice("", colleague_for(by, said["colleague"]), Whose(said["about"]))
    return taken(form, lambda: set_warning(notice, by=by, at=timezone.now()))


def _what(warning: "EarlyWarning", names: dict[str, str]) -> str:
    """Return before what it is given; a standard that was given up is called by its kind."""
    return names.get(warning.standard) or str(WHOSE[warning.about])
