"""The fields of our own that a sheet asks for, because they must be there before we promise."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from amends.cases.queries.fields import FieldLine, asked_on_a_sheet, offered_in
from amends.cases.rules.fields import Filled, Stage
from amends.cases.rules.kinds import CaseKind
from amends.web.field_values import BEGIN, filled_in, form_fields, named
from amends.web.sheet.forms import Ending, SheetForm
from amends.web.words import word

_NAME = re.compile(r"field_[1-9][0-9]{0,15}(_currency)?")


def own_names(names: Iterable[str]) -> list[str]:
    """Return those of `names` that can be fields of our own."""
    return [name for name in names if _NAME.fullmatch(name)]


class Own:
    """The fields of our own on one sheet."""

    def __init__(self, form: SheetForm, *, currency: str) -> None:
        self.form, self.lines = form, asked_on_a_sheet()
        offered = offered_in(line.pk for line in self.lines)
        for line in self.lines:
            made = form_fields(line, offered=offered.get(line.pk, ()), currency=currency)
            made[f"{BEGIN}{line.pk}"].help_text = _help(line)
            form.fields.update(made)

    @property
    def fields(self) -> list[forms.BoundField]:
        return [self.form[name] for name in own_names(self.form.fields)]

    def ask(self, given: Mapping[str, Any], *, ending: Ending | None, kind: CaseKind) -> None:
        """Ask for what a new case of `kind` needs from the first moment on."""
        stages = {Stage.RECEIPT} if ending is Ending.NOTE else {Stage.RECEIPT, Stage.ASSESSMENT}
        for line in self._of(kind):
            name = f"{BEGIN}{line.pk}"
            if line.required_at in stages and given.get(name) in (None, "", []):
                said = _("%(field)s is asked for here.") % {"field": named(line.label)}
                self.form.add_error(name, said)

    def values(self, given: Mapping[str, Any], kind: CaseKind) -> dict[int, Filled]:
        """Return what was filled in, of what a case of `kind` has."""
        filled = filled_in(self._of(kind), given)
        return {pk: value for pk, value in filled.items() if not value.is_empty}

    def _of(self, kind: CaseKind) -> Sequence[FieldLine]:
        return [line for line in self.lines if kind.value in line.kinds]


def _help(line: FieldLine) -> str:
    """Return the help of a field, and which kinds have it where not all do."""
    some = set(line.kinds) != {kind.value for kind in CaseKind}
    kinds = ", ".join(word(CaseKind(kind)) for kind in line.kinds) if some else ""
    return " · ".join(filter(None, (named(line.help), kinds)))
