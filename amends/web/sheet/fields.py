"""The kinds of fields that a sheet is made of."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.urls import reverse_lazy
from django.utils.datastructures import MultiValueDict

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Offered = Sequence[tuple[object, object]]
LONGEST_LINE = 500


class Sum(forms.TextInput):
    """Where a sum of money is typed; a comma is as good as a point."""

    def value_from_datadict(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str
    ) -> str:
        typed = super().value_from_datadict(data, files, name) or ""
        return str(typed).replace(",", ".").replace(" ", "")


def amount(label: "StrOrPromise") -> forms.DecimalField:
    """Return a sum of money in our own currency."""
    widget = Sum(attrs={"class": "input", "inputmode": "decimal", "autocomplete": "off"})
    return forms.DecimalField(
        label=label,
        required=False,
        min_value=0,
        max_digits=12,
        decimal_places=2,
        widget=widget,
    )


def line(label: "StrOrPromise", *, most: int = LONGEST_LINE, **attrs: str) -> forms.CharField:
    """Return a field of one line that may stay empty."""
    widget = forms.TextInput(attrs={"class": "input", "autocomplete": "off", **attrs})
    return forms.CharField(label=label, max_length=most, required=False, widget=widget)


def finder(label: "StrOrPromise", found_at: str, *, into: str) -> forms.CharField:
    """Return a line in which somebody is found while one types; their key goes `into` a field."""
    found = {"data-find": reverse_lazy(found_at), "data-find-into": into}
    widget = forms.TextInput(attrs={"class": "input", "autocomplete": "off", **found})
    return forms.CharField(label=label, max_length=300, required=False, widget=widget)


def long_text(label: "StrOrPromise", *, most: int, **attrs: str) -> forms.CharField:
    """Return a field of many lines, kept as it was typed."""
    widget = forms.Textarea(attrs=attrs)
    return forms.CharField(label=label, max_length=most, required=False, strip=False, widget=widget)


def hidden(*, most: int = LONGEST_LINE) -> forms.CharField:
    """Return a field that the page fills in by itself."""
    return forms.CharField(max_length=most, required=False, widget=forms.HiddenInput)


def tick(label: "StrOrPromise") -> forms.BooleanField:
    """Return something that was done, or not."""
    return forms.BooleanField(label=label, required=False)


def moment(label: "StrOrPromise") -> forms.DateTimeField:
    """Return a day and a time, in the zone of whoever fills it in."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, required=False, widget=widget)


def day(label: "StrOrPromise") -> forms.DateField:
    """Return a day."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget)


def pick(label: "StrOrPromise", offered: Offered) -> forms.ChoiceField:
    """Return a choice out of a list that opens."""
    return forms.ChoiceField(label=label, choices=offered, required=False)


def radios(label: "StrOrPromise", offered: Offered, *, initial: str = "") -> forms.ChoiceField:
    """Return a choice of which all is seen at once."""
    return forms.ChoiceField(
        label=label, choices=offered, required=False, initial=initial, widget=forms.RadioSelect
    )
