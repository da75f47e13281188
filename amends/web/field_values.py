"""What a field of a case holds, as it is shown, and the form field in which it is filled in."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.formats import date_format, number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from amends.base.money_words import money_words
from amends.base.text import said_in
from amends.cases.queries.fields import FieldLine, Label
from amends.cases.rules.fields import CHOSEN, LARGEST, LONG, NUMBERS, SHORT, FieldType, Filled

BEGIN, CURRENCY = "field_", "_currency"
Offered = Sequence[tuple[int, Label]]


def named(label: Label) -> str:
    """Return what a field or a choice is called, in the reader's language if it is written."""
    return said_in(get_language() or "", label)


def value_words(kind: FieldType, filled: Filled, chosen: Iterable[Label]) -> str:
    """Return what a field holds, in the reader's language; empty if it is empty."""
    if filled.number is not None:
        return _number_words(kind, filled.number, filled.currency)
    if filled.day is not None:
        return date_format(filled.day, "DATE_FORMAT")
    if filled.truth is not None:
        return _("yes") if filled.truth else _("no")
    return filled.text or ", ".join(named(label) for label in chosen)


def _number_words(kind: FieldType, number: Decimal, currency: str) -> str:
    if kind is FieldType.AMOUNT:
        return money_words(number, currency)
    return str(number_format(number, decimal_pos=0, use_l10n=True, force_grouping=True))


class Several(forms.CheckboxSelectMultiple):
    """Several of a list; where only one text is kept a field, their keys stand in it in a row."""

    def value_from_datadict(
        self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str
    ) -> Any:  # noqa: ANN401 - the signature is Django's
        if isinstance(data, MultiValueDict):
            return super().value_from_datadict(data, files, name)
        return [key for key in str(data.get(name, "")).split(",") if key]

    def format_value(self, value: Any) -> list[str]:  # noqa: ANN401 - the signature is Django's
        return super().format_value(value.split(",") if isinstance(value, str) else value)


class Sum(forms.DecimalField):
    """A number as people write it: a comma is as good as a point."""

    def to_python(self, value: object) -> Decimal | None:  # type: ignore[override] # a slip of the stub
        plain = value.replace(",", ".").replace(" ", "") if isinstance(value, str) else value
        return super().to_python(plain)


def form_fields(
    line: FieldLine, *, offered: Offered, currency: str, required: bool = False
) -> dict[str, forms.Field]:
    """Return the form fields in which `line` is filled in, by name: one, or two for an amount.

    currency: the house's own, which stands there first.
    """
    name = f"{BEGIN}{line.pk}"
    filled = line.filled
    made = _made(FieldType(line.type), [(str(pk), named(label)) for pk, label in offered])
    made.label, made.help_text, made.required = named(line.label), named(line.help), required
    made.initial = _initial(filled)
    if line.type != FieldType.AMOUNT:
        return {name: made}
    beside = forms.CharField(
        label=_("%(field)s: currency") % {"field": named(line.label)},
        max_length=3,
        required=False,
        initial=filled.currency or currency,
        empty_value=filled.currency or currency,
        widget=forms.TextInput(attrs={"size": 4, "autocapitalize": "characters"}),
    )
    return {name: made, name + CURRENCY: beside}


def filled_in(lines: Iterable[FieldLine], given: Mapping[str, Any]) -> dict[int, Filled]:
    """Return what was given for `lines`, by the field's key; what was not asked is left out."""
    return {
        line.pk: _filled(FieldType(line.type), f"{BEGIN}{line.pk}", given)
        for line in lines
        if f"{BEGIN}{line.pk}" in given
    }


def _made(kind: FieldType, offered: Sequence[tuple[str, str]]) -> forms.Field:
    most = int(LARGEST) - 1
    yes_no = [("yes", _("yes")), ("no", _("no"))]
    long_text = forms.Textarea(attrs={"rows": 3})
    day = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    made: Mapping[FieldType, Callable[[], forms.Field]] = {
        FieldType.SHORT_TEXT: lambda: forms.CharField(max_length=SHORT),
        FieldType.LONG_TEXT: lambda: forms.CharField(max_length=LONG, widget=long_text),
        FieldType.NUMBER: lambda: forms.IntegerField(min_value=-most, max_value=most),
        FieldType.AMOUNT: lambda: Sum(max_digits=17, decimal_places=2),
        FieldType.DAY: lambda: forms.DateField(widget=day),
        FieldType.YES_NO: lambda: forms.ChoiceField(choices=[("", "—"), *yes_no]),
        FieldType.ONE_OF: lambda: forms.ChoiceField(choices=[("", "—"), *offered]),
        FieldType.SEVERAL_OF: lambda: forms.MultipleChoiceField(choices=offered, widget=Several),
    }
    return made[kind]()


def _initial(filled: Filled) -> object:
    if filled.choices:
        keys = [str(pk) for pk in sorted(filled.choices)]
        return keys if len(keys) > 1 else keys[0]
    if filled.truth is not None:
        return "yes" if filled.truth else "no"
    return filled.text or (filled.number if filled.number is not None else filled.day)


def _filled(kind: FieldType, name: str, given: Mapping[str, Any]) -> Filled:
    value = given[name]
    if value in (None, "", []):
        return Filled()
    if kind in NUMBERS:
        currency = str(given.get(name + CURRENCY, "")).strip().upper()
        return Filled(number=Decimal(value), currency=currency)
    if kind in CHOSEN:
        keys = value if isinstance(value, list) else [value]
        return Filled(choices=frozenset(int(key) for key in keys))
    plain = {FieldType.DAY: {"day": value}, FieldType.YES_NO: {"truth": value == "yes"}}
    return Filled(**plain.get(kind, {"text": value}))
