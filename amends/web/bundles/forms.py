"""What is asked for a file of a whole case: whom it is for, what leaves, what is black in it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from amends.cases.rules.bundle import INTERNAL, Item, Section
from amends.web.bundles.words import SECTIONS
from amends.web.cases.forms.fields import line, text

if TYPE_CHECKING:
    from amends.web.bundles.plan import Line


def name_of(item: Item, pk: int) -> str:
    """Return what one thing is called in a form."""
    return f"{item}:{pk}"


class BeginBundle(forms.Form):
    """Whom the whole case is for."""

    to = line(_("Whom it is for"), most=200, help_text=_("The body, court or person who asked."))
    language = forms.ChoiceField(
        label=_("In which language"),
        choices=settings.LANGUAGES,
        help_text=_("What we say around it. What somebody said or wrote stays as it is."),
    )


class ChooseBundle(forms.Form):
    """What leaves otherwise than as a rule, which parts, and whether a colleague is named."""

    language = forms.ChoiceField(label=_("In which language"), choices=settings.LANGUAGES)
    names_colleague = forms.BooleanField(
        label=_("Name the colleague it is about"),
        required=False,
        help_text=_("Else “the colleague” stands wherever the name does."),
    )
    sections = forms.MultipleChoiceField(
        label=_("Parts that may stay here"),
        choices=[(each.value, SECTIONS[each]) for each in Section],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    other = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    why_left_out = text(
        _("Why something stays here"),
        required=False,
        rows=2,
        help_text=_("It stands in the file, so that nobody takes a gap for a secret."),
    )

    def __init__(self, *args: Any, lines: "Iterable[Line]", **kwargs: Any) -> None:  # noqa: ANN401 - the signature is Django's
        super().__init__(*args, **kwargs)
        known = [name_of(each.item, each.pk) for each in lines]
        self.fields["other"].choices = [(name, name) for name in known]  # type: ignore[attr-defined] # of a choice

    def clean_sections(self) -> list[Section]:
        return [Section(each) for each in self.cleaned_data["sections"]]

    def clean_other(self) -> dict[tuple[Item, int], bool]:
        """Return by kind and key whether each thing that was ticked leaves."""
        told = (name.partition(":") for name in self.cleaned_data["other"])
        return {(Item(item), int(pk)): Item(item) in INTERNAL for item, _colon, pk in told}


class Blacken(forms.Form):
    """A passage that nobody outside may read, and why."""

    passage = forms.CharField(
        label=_("The passage"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 3, "data-takes-selection": ""}),
        help_text=_("Mark it in their words above, or copy it from there, to the letter."),
        strip=False,
    )
    reason = line(_("Why nobody outside may read it"), most=300)
