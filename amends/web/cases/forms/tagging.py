"""Which tags a case has."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amends.cases.queries.tags import Tags
from amends.cases.rules.tags import as_shown


class ChooseTags(forms.Form):
    """The tags on offer and those that the case has, as ticks."""

    tags = forms.TypedMultipleChoiceField(
        label=_("Tags"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, told: Tags, had: Collection[int], **kwargs: Any) -> None:  # noqa: ANN401 - the signature is Django's
        super().__init__(*args, **kwargs)
        self.fields["tags"].choices = told.choices(had)  # type: ignore[attr-defined] # a choice field
        self.fields["tags"].initial = sorted(as_shown(had, told.joined))
