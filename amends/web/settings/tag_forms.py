"""What is asked of a tag."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from amends.cases.rules.tags import LONGEST

NAME = "name_"


class NameTag(forms.Form):
    """What a tag is called, in each language; one is enough."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  Django's own signature
        super().__init__(*args, **kwargs)
        for code, name in settings.LANGUAGES:
            self.fields[NAME + code] = forms.CharField(
                label=name,
                max_length=LONGEST,
                required=False,
                widget=forms.TextInput(attrs={"lang": code}),
            )

    def names(self) -> dict[str, str]:
        """Return what was written, by language."""
        return {code: self.cleaned_data[NAME + code] for code, _name in settings.LANGUAGES}


class JoinTag(forms.Form):
    """Which other tag it is one with."""

    into = forms.TypedChoiceField(label=_("One with"), coerce=int)

    def __init__(self, *args: Any, others: list[tuple[int, str]], **kwargs: Any) -> None:  # noqa: ANN401  Django's own signature
        super().__init__(*args, **kwargs)
        self.fields["into"].choices = others  # type: ignore[attr-defined]  # a choice field
