"""How long the records of ended cases are kept, which are past that, and which must not go."""

from typing import TYPE_CHECKING

from django import forms
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from amends.cases.actions.keeping import freeze_record, set_keeping_term, thaw_record
from amends.cases.queries.keeping import (
    frozen_records,
    record_of,
    records_past_keeping,
    years_kept,
)
from amends.cases.rules.keeping import FEWEST_YEARS, MOST_YEARS
from amends.staff.rules.permissions import Act
from amends.web.acts import attempt, found
from amends.web.http import StaffRequest, needs

if TYPE_CHECKING:
    from amends.cases.models.keeping import Keeping

SHOWN = 100


class Years(forms.Form):
    years = forms.IntegerField(
        label=gettext_lazy("Years after the end of a case"),
        min_value=FEWEST_YEARS,
        max_value=MOST_YEARS,
    )


class Freeze(forms.Form):
    reference = forms.CharField(label=gettext_lazy("Reference of the case"), max_length=12)
    reason = forms.CharField(
        label=gettext_lazy("Why it must be kept"),
        max_length=300,
        help_text=gettext_lazy("A lawsuit, an outside body that looks into it, the tax office."),
    )


@needs(Act.EDIT_TEAMS)
@require_safe
def records(request: StaffRequest) -> HttpResponse:
    """Show how long records are kept, those past their time, and those that must not go."""
    return _shown(request, Years(initial={"years": years_kept()}), Freeze())


@needs(Act.EDIT_TEAMS)
@require_POST
def set_years(request: StaffRequest) -> HttpResponse:
    """Keep records for another number of years."""
    form = Years(request.POST)
    if not form.is_valid():
        return _shown(request, form, Freeze())
    years = form.cleaned_data["years"]
    attempt(
        request,
        lambda: set_keeping_term(years=years, by=request.user, at=timezone.now()),
        said=_("Saved. It counts for cases that ended before, too."),
    )
    return redirect("settings-records")


@needs(Act.EDIT_TEAMS)
@require_POST
def freeze(request: StaffRequest) -> HttpResponse:
    """Keep one record whatever the date."""
    form = Freeze(request.POST)
    if form.is_valid():
        keeping = _of(form.cleaned_data["reference"].strip().upper())
        if keeping is None:
            form.add_error("reference", _("No ended case has this reference."))
        else:
            reason = form.cleaned_data["reason"]
            attempt(
                request,
                lambda: freeze_record(keeping, reason=reason, by=request.user, at=timezone.now()),
                said=_("This record is kept whatever the date."),
            )
            return redirect("settings-records")
    return _shown(request, Years(initial={"years": years_kept()}), form)


@needs(Act.EDIT_TEAMS)
@require_POST
def thaw(request: StaffRequest, reference: str) -> HttpResponse:
    """Keep a record no longer than its date again."""
    keeping = found(lambda: record_of(reference))
    attempt(
        request,
        lambda: thaw_record(keeping, by=request.user, at=timezone.now()),
        said=_("This record is kept no longer than its date again."),
    )
    return redirect("settings-records")


def _of(reference: str) -> "Keeping | None":
    try:
        return record_of(reference)
    except ObjectDoesNotExist:
        return None


def _shown(request: StaffRequest, years: Years, freeze_form: Freeze) -> HttpResponse:
    past = list(records_past_keeping()[: SHOWN + 1])
    facts = {
        "years_form": years,
        "freeze_form": freeze_form,
        "past": past[:SHOWN],
        "more": len(past) > SHOWN,
        "frozen": list(frozen_records()[:SHOWN]),
        "sees_cases": request.user.may(Act.SEE_CASES),
    }
    status = 422 if years.errors or freeze_form.errors else 200
    return render(request, "web/settings/records.html", facts, status=status)
