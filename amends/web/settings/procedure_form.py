"""What a manager chooses for a kind of case, besides what must be."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amends.cases.queries.procedures import Version
from amends.cases.rules.kinds import CaseKind
from amends.cases.rules.procedure import (
    LEAST_DAYS,
    MOST_DAYS,
    Choice,
    guards_to_choose,
    read_choice,
    steps_to_choose,
)
from amends.cases.rules.steps import OPTIONAL_EVIDENCE, Missing
from amends.web.cases.words import MISSING, OBSTACLES, STEPS


class ChooseProcedure(forms.Form):
    """Which steps, which evidence and which questions at closing; the reason for it last."""

    steps = forms.MultipleChoiceField(
        label=_("Steps besides"), required=False, widget=forms.CheckboxSelectMultiple
    )
    evidence = forms.MultipleChoiceField(
        label=_("A step is not done while"),
        required=False,
        choices=[(each.value, MISSING[each]) for each in Missing if each in OPTIONAL_EVIDENCE],
        widget=forms.CheckboxSelectMultiple,
    )
    guards = forms.MultipleChoiceField(
        label=_("Nor does it close while"), required=False, widget=forms.CheckboxSelectMultiple
    )
    check_again_days = forms.IntegerField(
        label=_("Ask once more, so many days after it closed"),
        required=False,
        min_value=LEAST_DAYS,
        max_value=MOST_DAYS,
        help_text=_("Empty: nobody is asked again. Four weeks are 28 days."),
    )
    reason = forms.CharField(label=_("Why it changes"), max_length=300)

    def __init__(self, *args: Any, version: Version, **kwargs: Any) -> None:  # noqa: ANN401  Django's own signature
        kwargs["initial"] = _written(version.choice)
        super().__init__(*args, **kwargs)
        self._offer("steps", version.kind)
        self._offer("guards", version.kind)

    def choice(self) -> Choice:
        """Return what was chosen, as the action takes it."""
        said = self.cleaned_data
        return read_choice(
            said["steps"], said["evidence"], said["guards"], said["check_again_days"]
        )

    def _offer(self, name: str, kind: CaseKind) -> None:
        offered = {
            "steps": [(each.value, STEPS[each]) for each in steps_to_choose(kind)],
            "guards": [(each.value, OBSTACLES[each][0]) for each in guards_to_choose(kind)],
        }
        self.fields[name].choices = offered[name]  # type: ignore[attr-defined]  # a choice field


def _written(choice: Choice) -> dict[str, object]:
    return {
        "steps": sorted(choice.steps),
        "evidence": sorted(choice.evidence),
        "guards": sorted(choice.guards),
        "check_again_days": choice.check_again_days,
    }
