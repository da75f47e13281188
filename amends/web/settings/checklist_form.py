"""What is asked of a checklist."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amends.cases.actions.checklists import Draft
from amends.cases.rules.kinds import CaseKind
from amends.cases.rules.todos import MOST_DAYS, MOST_LINES, lines_read
from amends.web.words import choices

if TYPE_CHECKING:
    from amends.cases.models.todos import Checklist

WHAT, DAYS = "what_", "days_"


class WriteChecklist(forms.Form):
    """Its name, for which cases it is, and its lines, as many as there are."""

    name = forms.CharField(label=_("Name"), max_length=100)
    kind = forms.ChoiceField(
        label=_("For which cases"),
        required=False,
        choices=lambda: [("", _("every kind")), *choices(CaseKind)],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  Django's own signature
        super().__init__(*args, **kwargs)
        for place in range(1, MOST_LINES + 1):
            self.fields[f"{WHAT}{place}"] = forms.CharField(
                label=_("What is to be done"), max_length=300, required=False
            )
            self.fields[f"{DAYS}{place}"] = forms.IntegerField(
                label=_("Within working days"), required=False, min_value=1, max_value=MOST_DAYS
            )

    def line_fields(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Return the two fields of each line."""
        places = range(1, MOST_LINES + 1)
        return [(self[f"{WHAT}{place}"], self[f"{DAYS}{place}"]) for place in places]

    def draft(self) -> Draft:
        """Return what was written, as the action takes it."""
        said = self.cleaned_data
        places = range(1, MOST_LINES + 1)
        lines = [(said[f"{WHAT}{place}"], said[f"{DAYS}{place}"]) for place in places]
        return Draft(name=said["name"], kind=said["kind"], lines=lines_read(lines))


def written(kept: "Checklist") -> dict[str, object]:
    """Return a checklist as its form shows it."""
    shown: dict[str, object] = {"name": kept.name, "kind": kept.kind}
    for line in kept.lines.all():
        shown[f"{WHAT}{line.place}"] = line.what
        shown[f"{DAYS}{line.place}"] = line.within_days
    return shown
