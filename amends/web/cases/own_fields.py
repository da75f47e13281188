"""The fields that an organisation asks of its cases: shown on a case, and filled in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amends.cases.actions.fields import CannotHold, fill_in
from amends.cases.actions.within import may_help_on
from amends.cases.queries.fields import FieldLine, Label, lines_of_case, offered_in, seen_in
from amends.cases.rules.fields import FieldType, Stage
from amends.staff.queries import organisation
from amends.staff.rules.permissions import Act as Permission
from amends.web.cases.acting import Act, found, given, perform
from amends.web.cases.rail.desk import Desk
from amends.web.field_values import BEGIN, filled_in, form_fields, named, value_words
from amends.web.http import StaffRequest, needs
from amends.web.words import word


@dataclass(frozen=True, slots=True)
class Line:
    """One field as it is printed. asked: the stage that asks for what is not there yet."""

    label: str
    value: str
    asked: str


class FillIn(forms.Form):
    """The fields of one case."""

    def __init__(self, *args: Any, lines: Sequence[FieldLine], **kwargs: Any) -> None:  # noqa: ANN401 - the signature is Django's
        super().__init__(*args, **kwargs)
        currency, among = organisation().currency, offered_in(line.pk for line in lines)
        for line in lines:
            offered = [*among.get(line.pk, ()), *_kept(line, among.get(line.pk, ()))]
            self.fields.update(form_fields(line, offered=offered, currency=currency))


def panel(desk: Desk, *, handles: bool) -> dict[str, object]:
    """Return the fields of a case as its page shows them; nothing where it has none."""
    lines = seen_in(desk.care.file.fields, handles=handles)
    shown = [_line(line) for line in lines]
    there = sum(bool(line.value) for line in shown)
    return {
        "own_fields": shown,
        "own_fields_said": _("%(done)s of %(all)s") % {"done": there, "all": len(shown)},
        "own_fields_asked": any(line.asked for line in shown),
    }


@needs(Permission.WORK_ON_CASE)
@require_http_methods(["GET", "HEAD", "POST"])
def fields(request: StaffRequest, reference: str) -> HttpResponse:
    """Fill in what we ask of a case besides."""
    case = found(request, reference)
    lines = seen_in(lines_of_case(case), handles=may_help_on(case, request.user))
    form = FillIn(given(request), lines=lines)
    act = Act(
        title=_("Our own fields"),
        button=_("Write it down") if lines else "",
        done=_("Written down."),
        about="" if lines else _("A case of this kind has none. A manager decides which it has."),
    )

    def run(said: dict[str, Any]) -> None:
        try:
            fill_in(case, values=filled_in(lines, said), by=request.user, at=timezone.now())
        except CannotHold as refusal:
            form.add_error(f"{BEGIN}{refusal.field_id}", str(refusal))
            raise

    return perform(request, case, act, form, run)


def _line(line: FieldLine) -> Line:
    value = value_words(FieldType(line.type), line.filled, line.chosen)
    stage = line.asked.required_at
    asked = word(Stage(stage)) if stage and not value else ""
    return Line(named(line.label), value, asked)


def _kept(line: FieldLine, offered: Sequence[tuple[int, Label]]) -> list[tuple[int, Label]]:
    """Return what was chosen before and is offered no more: it may stay."""
    known = {pk for pk, _label in offered}
    held = [(each["choice"], each["label"]) for each in line.values if each["choice"]]
    return [(pk, label) for pk, label in held if pk not in known]
