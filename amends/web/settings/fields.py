"""What we ask of cases besides: the fields, and what may be chosen in them."""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amends.base.refusal import Refused
from amends.cases.actions.fields import (
    bring_field_back,
    correct_field,
    define_field,
    keep_choice,
    retire_choice,
    retire_field,
)
from amends.cases.queries.fields import choice_for, choices_of, field_for, fields_for, type_of
from amends.cases.rules.fields import CHOSEN, FieldType
from amends.cases.rules.kinds import CaseKind
from amends.staff.rules.permissions import Act
from amends.web.acts import attempt, taken
from amends.web.acts import found as found_row
from amends.web.field_values import named
from amends.web.http import StaffRequest, needs, say
from amends.web.settings.field_forms import LABEL, Choose, Define, written
from amends.web.words import word

if TYPE_CHECKING:
    from amends.cases.models.fields import CustomField

either = require_http_methods(["GET", "HEAD", "POST"])


@needs(Act.EDIT_PROCEDURES)
@require_safe
def fields(request: StaffRequest) -> HttpResponse:
    """Show what is asked of cases besides."""
    rows = [
        (each, named(each.label), [word(CaseKind(kind)) for kind in each.kinds])
        for each in fields_for(request.user)
    ]
    return render(request, "web/settings/fields.html", {"rows": rows})


@needs(Act.EDIT_PROCEDURES)
@either
def new_field(request: StaffRequest) -> HttpResponse:
    """Ask one more thing of cases."""
    first = {"kinds": [CaseKind.COMPLAINT.value]}
    form = Define(_posted(request), defined=None, initial=first)
    if form.is_valid():
        try:
            made = define_field(
                FieldType(form.cleaned_data["type"]),
                definition=form.definition(),
                by=request.user,
                at=timezone.now(),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            say(request, _("Saved"))
            return _after(made)
    return _shown(request, form, None)


@needs(Act.EDIT_PROCEDURES)
@either
def field(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one field, correct it, and say what may be chosen in it."""
    defined = found_row(lambda: field_for(request.user, pk))
    form = Define(_posted(request), defined=defined, initial=written(defined))
    if form.is_valid() and taken(
        form,
        lambda: correct_field(
            defined, definition=form.definition(), by=request.user, at=timezone.now()
        ),
    ):
        say(request, _("Saved"))
        return redirect("settings-fields")
    return _shown(request, form, defined)


@needs(Act.EDIT_PROCEDURES)
@require_POST
def retire(request: StaffRequest, pk: int) -> HttpResponse:
    """Ask for a field no more, or again."""
    defined = found_row(lambda: field_for(request.user, pk))
    act = bring_field_back if defined.retired_at else retire_field
    said = (
        _("Asked for again, from now on.")
        if defined.retired_at
        else _("Asked for no more. Cases that have it keep it.")
    )
    attempt(request, lambda: act(defined, by=request.user, at=timezone.now()), said=said)
    return redirect("settings-fields")


@needs(Act.EDIT_PROCEDURES)
@either
def new_choice(request: StaffRequest, pk: int) -> HttpResponse:
    """Offer one more choice in a field."""
    defined = found_row(lambda: field_for(request.user, pk))
    form = Choose(_posted(request))
    if form.is_valid() and taken(
        form,
        lambda: keep_choice(defined, label=form.label(), by=request.user, at=timezone.now()),
    ):
        say(request, _("Saved"))
        return redirect("settings-field", defined.pk)
    return _choice_shown(request, form, defined)


@needs(Act.EDIT_PROCEDURES)
@either
def choice(request: StaffRequest, pk: int) -> HttpResponse:
    """Call a choice anew, or offer it again."""
    kept = found_row(lambda: choice_for(request.user, pk))
    first = {LABEL + code: text for code, text in kept.label.items()}
    form = Choose(_posted(request), initial=first)
    if form.is_valid() and taken(
        form,
        lambda: keep_choice(
            kept.field, choice=kept, label=form.label(), by=request.user, at=timezone.now()
        ),
    ):
        say(request, _("Saved"))
        return redirect("settings-field", kept.field_id)
    return _choice_shown(request, form, kept.field)


@needs(Act.EDIT_PROCEDURES)
@require_POST
def end_choice(request: StaffRequest, pk: int) -> HttpResponse:
    """Offer a choice no more."""
    kept = found_row(lambda: choice_for(request.user, pk))
    attempt(
        request,
        lambda: retire_choice(kept, by=request.user, at=timezone.now()),
        said=_("Taken out. Cases that have it keep it."),
    )
    return redirect("settings-field", kept.field_id)


def _posted(request: StaffRequest) -> object:
    return request.POST if request.method == "POST" else None


def _after(made: "CustomField") -> HttpResponse:
    """Lead on from a new field: to its choices, if it has any to be."""
    if type_of(made) in CHOSEN:
        return redirect("settings-field", made.pk)
    return redirect("settings-fields")


def _shown(request: StaffRequest, form: Define, defined: "CustomField | None") -> HttpResponse:
    chosen = defined is not None and type_of(defined) in CHOSEN
    context = {
        "form": form,
        "defined": defined,
        "name": named(defined.label) if defined else "",
        "is_chosen": chosen,
        "choices": [(each, named(each.label)) for each in choices_of(defined)]
        if defined and chosen
        else [],
    }
    return render(request, "web/settings/field.html", context, status=422 if form.errors else 200)


def _choice_shown(request: StaffRequest, form: Choose, defined: "CustomField") -> HttpResponse:
    context = {"form": form, "defined": defined, "name": named(defined.label)}
    return render(
        request, "web/settings/field_choice.html", context, status=422 if form.errors else 200
    )
