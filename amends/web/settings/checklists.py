"""Checklists: what is to be done inside on each kind of case, again and again."""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amends.cases.actions.checklists import keep_checklist, retire_checklist
from amends.cases.queries.todos import checklist_kept, checklists_kept
from amends.staff.rules.permissions import Act
from amends.web.acts import attempt, found, taken
from amends.web.http import StaffRequest, needs, say
from amends.web.settings.checklist_form import WriteChecklist, written

if TYPE_CHECKING:
    from amends.cases.models.todos import Checklist


@needs(Act.EDIT_PROCEDURES)
@require_safe
def checklists(request: StaffRequest) -> HttpResponse:
    """Show all checklists, with what stands in each."""
    rows = checklists_kept(request.user)
    return render(request, "web/settings/checklists.html", {"rows": rows})


@needs(Act.EDIT_PROCEDURES)
@require_http_methods(["GET", "HEAD", "POST"])
def checklist(request: StaffRequest, pk: int | None = None) -> HttpResponse:
    """Show one checklist, and write it anew; or write a new one."""
    kept = found(lambda: checklist_kept(request.user, pk)) if pk else None
    posted = request.POST if request.method == "POST" else None
    form = WriteChecklist(posted, initial=written(kept) if kept else {})
    if form.is_valid() and _kept(request, kept, form):
        say(request, _("Saved. Cases that have it keep what is on them."))
        return redirect("settings-checklists")
    status = 422 if form.errors else 200
    return render(request, "web/settings/checklist.html", {"form": form}, status=status)


@needs(Act.EDIT_PROCEDURES)
@require_POST
def retire(request: StaffRequest, pk: int) -> HttpResponse:
    """Offer a checklist no more, or again."""
    kept = found(lambda: checklist_kept(request.user, pk))
    said = _("Offered again.") if kept.retired_at else _("Taken out. Cases that have it keep it.")
    attempt(request, lambda: retire_checklist(kept, by=request.user, at=timezone.now()), said=said)
    return redirect("settings-checklists")


def _kept(request: StaffRequest, kept: "Checklist | None", form: WriteChecklist) -> bool:
    return taken(
        form, lambda: keep_checklist(kept, draft=form.draft(), by=request.user, at=timezone.now())
    )
