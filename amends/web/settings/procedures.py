"""How each kind of case is handled."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from amends.cases.actions.procedures import write_procedure
from amends.cases.queries.conduct import passed_on_quickly, passed_over_lately
from amends.cases.queries.procedures import version_for, versions_now
from amends.cases.rules.closing import Obstacle
from amends.cases.rules.kinds import CaseKind
from amends.cases.rules.procedure import (
    guards_that_must_be,
    steps_that_must_be,
)
from amends.cases.rules.procedure import procedure as made_of
from amends.cases.rules.steps import Step
from amends.staff.rules.permissions import Act
from amends.web.acts import taken
from amends.web.cases.words import OBSTACLES, STEPS
from amends.web.http import StaffRequest, needs, say
from amends.web.settings.procedure_form import ChooseProcedure


@needs(Act.SEE_PROCEDURES)
@require_GET
def procedures(request: StaffRequest) -> HttpResponse:
    """Show which steps each kind of case has."""
    rows = [
        (version, [STEPS[step] for step in made_of(kind, version.choice).steps])
        for kind, version in versions_now().items()
    ]
    facts = {"rows": rows, "may_edit": request.user.may(Act.EDIT_PROCEDURES)}
    return render(request, "web/settings/procedures.html", facts)


@needs(Act.EDIT_PROCEDURES)
@require_GET
def passed_over(request: StaffRequest) -> HttpResponse:
    """Show which steps are passed over how often, and why; nobody is named."""
    rows = [(each, STEPS[Step(each.step)]) for each in passed_over_lately(timezone.now())]
    facts = {"rows": rows, "quickly": passed_on_quickly(timezone.now())}
    return render(request, "web/settings/passed_over.html", facts)


@needs(Act.SEE_PROCEDURES)
@require_http_methods(["GET", "POST"])
def procedure(request: StaffRequest, kind: str) -> HttpResponse:
    """Show how one kind of case is handled, and decide it for those that begin from now on.

    Who may not decide it reads it.
    """
    whose = _kind(kind)
    version = version_for(whose)
    may_edit = request.user.may(Act.EDIT_PROCEDURES)
    posted = request.POST if request.method == "POST" else None
    if posted is not None and not may_edit:
        raise PermissionDenied
    form = ChooseProcedure(posted, version=version)
    if form.is_valid() and taken(
        form,
        lambda: write_procedure(
            whose,
            choice=form.choice(),
            reason=form.cleaned_data["reason"],
            by=request.user,
            at=timezone.now(),
        ),
    ):
        say(request, _("Saved. New cases go by it; those that began keep theirs."))
        return redirect("settings-procedures")
    if not may_edit:
        for field in form.fields.values():
            field.disabled = True
    facts = {
        "form": form,
        "may_edit": may_edit,
        "version": version,
        "always": [STEPS[step] for step in Step if step in steps_that_must_be(whose)],
        "asked": [OBSTACLES[each][0] for each in Obstacle if each in guards_that_must_be(whose)],
    }
    status = 422 if form.errors else 200
    return render(request, "web/settings/procedure.html", facts, status=status)


def _kind(name: str) -> CaseKind:
    """Return the kind of this name, or answer that there is none."""
    for kind in CaseKind:
        if kind.value == name:
            return kind
    raise Http404
