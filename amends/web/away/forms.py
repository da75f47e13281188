"""What is asked of somebody who will be away."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from amends.staff.rules.absence import Days
from amends.web.away.words import name_with_absence
from amends.web.cases.forms.fields import day

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from amends.staff.models import Staff

    PickStaff = forms.ModelMultipleChoiceField[Staff]
else:
    PickStaff = forms.ModelMultipleChoiceField


class Deputies(PickStaff):
    """Some of the colleagues, by name; each with when they are away themselves."""

    def label_from_instance(self, obj: "Staff") -> str:
        return f"{name_with_absence(obj, today=timezone.localdate())} · {obj.department.name}"


class Absence(forms.Form):
    """From when to when, and who stands in."""

    first_on = day(_("First day away"), required=True)
    last_on = day(_("Last day away"), required=True)

    def __init__(self, *args: Any, colleagues: "QuerySet[Staff]", **kwargs: Any) -> None:  # noqa: ANN401 - the signature is Django's
        super().__init__(*args, **kwargs)
        self.fields["deputies"] = Deputies(
            label=_("Who stands in"),
            help_text=_("They see what falls due, are told instead, and may act for you."),
            queryset=colleagues,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )

    @property
    def days(self) -> Days:
        return Days(self.cleaned_data["first_on"], self.cleaned_data["last_on"])
