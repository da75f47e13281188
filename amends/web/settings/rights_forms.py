"""What is asked of an outside body, and of a line of our own lists."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from amends.cases.actions.rights import BodyFacts
from amends.cases.rules.final_letter import Unit
from amends.cases.rules.findings import Shelf
from amends.staff.rules.organisation import Trade
from amends.web.entry.places import country_choices
from amends.web.words import choices

NAME, ADDRESS = "name_", "address_"


class Body(forms.Form):
    """An outside body: what it is called and where it is, in each language; how long one has."""

    country = forms.ChoiceField(label=_("Country"), choices=country_choices)
    trade = forms.ChoiceField(
        label=_("Trade"), required=False, choices=lambda: [("", _("every trade")), *choices(Trade)]
    )
    link = forms.URLField(label=_("Page"), required=False, max_length=300, assume_scheme="https")
    within = forms.IntegerField(
        label=_("How long they have, from our answer"), required=False, min_value=1, max_value=1000
    )
    within_unit = forms.ChoiceField(
        label=_("Counted in"), required=False, choices=lambda: [("", "—"), *choices(Unit)]
    )
    source = forms.CharField(
        label=_("Where this was read"),
        max_length=300,
        help_text=_("A law, a page. It is not shown to customers."),
    )
    checked_on = forms.DateField(
        label=_("When you last looked"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    active = forms.BooleanField(label=_("Name it in letters"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  Django's own signature
        super().__init__(*args, **kwargs)
        for begin, rows, most in ((NAME, 1, 200), (ADDRESS, 2, 300)):
            for code, name in settings.LANGUAGES:
                self.fields[begin + code] = forms.CharField(
                    label=name,
                    max_length=most,
                    required=False,
                    widget=forms.Textarea(attrs={"rows": rows, "lang": code}),
                )

    def name_fields(self) -> list[forms.BoundField]:
        """Return the fields for its name, one a language."""
        return [self[NAME + code] for code, _name in settings.LANGUAGES]

    def address_fields(self) -> list[forms.BoundField]:
        """Return the fields for its address, one a language."""
        return [self[ADDRESS + code] for code, _name in settings.LANGUAGES]

    def facts(self) -> BodyFacts:
        """Return what was written, as the action takes it."""
        said = dict(self.cleaned_data)
        told = {
            begin: {
                code: text.strip()
                for code, _name in settings.LANGUAGES
                if (text := said.pop(begin + code)).strip()
            }
            for begin in (NAME, ADDRESS)
        }
        return BodyFacts(**said, name=told[NAME], address=told[ADDRESS])


class NewHeading(forms.Form):
    """One more line of one of our lists, on its first or its second level."""

    shelf = forms.ChoiceField(choices=choices(Shelf), widget=forms.HiddenInput)
    under = forms.TypedChoiceField(label=_("Under"), coerce=int, required=False, empty_value=None)
    name = forms.CharField(label=_("Name"), max_length=100)

    def __init__(self, *args: Any, above: list[tuple[int, str]], **kwargs: Any) -> None:  # noqa: ANN401  Django's own signature
        super().__init__(*args, **kwargs)
        self.fields["under"].choices = [("", _("the first level")), *above]  # type: ignore[attr-defined]  # a choice field
