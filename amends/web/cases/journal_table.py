"""The journal of a case as a table: sifted by who and what, and taken away as CSV."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from amends.web.spreadsheets import csv_file

LONGEST = 200


class What(StrEnum):
    """What kind of thing a row of the journal tells of."""

    CONTACT = "contact"
    NOTE = "note"
    EVENT = "event"


WHATS = {
    What.CONTACT: pgettext_lazy("in a journal", "what was said or written"),
    What.NOTE: pgettext_lazy("in a journal", "notes for colleagues"),
    What.EVENT: pgettext_lazy("in a journal", "what was done"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that happened: when exactly, who, what, and in which words."""

    kind: What
    when: str
    who: str
    what: str
    words: str


class Sift(forms.Form):
    """Who, and what kind of thing; empty for all."""

    who = forms.ChoiceField(
        label=gettext_lazy("Who"),
        required=False,
        widget=forms.Select(attrs={"class": "input"}),
    )
    what = forms.ChoiceField(
        label=gettext_lazy("What"),
        required=False,
        widget=forms.Select(attrs={"class": "input"}),
        choices=[("", gettext_lazy("all")), *((each.value, word) for each, word in WHATS.items())],
    )

    def __init__(self, given: dict[str, str], *, names: Iterable[str]) -> None:
        super().__init__(given)
        offered = [(name, name) for name in sorted({*names} - {""})]
        self.fields["who"].choices = [("", _("all")), *offered]  # type: ignore[attr-defined] # of a choice

    def sifted(self, rows: Sequence[Row]) -> list[Row]:
        """Return the rows asked for; all of them where it asks for what is not there."""
        asked = self.cleaned_data if self.is_valid() else {"who": "", "what": ""}
        return [
            row
            for row in rows
            if asked["who"] in {"", row.who} and asked["what"] in {"", row.kind.value}
        ]


def as_csv(rows: Iterable[Row], *, name: str) -> HttpResponse:
    """Return `rows` as a file that any spreadsheet opens and none runs."""
    head = (_("When"), _("Who"), _("What"), _("In which words"))
    told = [(row.when, row.who, row.what, row.words) for row in rows]
    return csv_file([head, *told], name=f"{name}.csv")
