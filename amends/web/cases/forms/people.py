"""What is asked to say who somebody in a case is."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from amends.cases.rules.kinds import Part
from amends.web.cases.forms.fields import chips, colleague, text
from amends.web.sheet.who import NEW, Meant
from amends.web.words import choices

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from amends.people.queries import Found
    from amends.staff.models import Staff

# A colleague complained about is named by an act of its own, which bars them.
PARTS = [part for part in Part if part is not Part.COMPLAINED_ABOUT]


class Who(forms.Form):
    """Somebody found while one types, chosen among those of that name, or written down anew."""

    who = forms.CharField(
        label=_("Who is it"),
        max_length=300,
        required=False,
        help_text=_("A name, number, telephone or mail; somebody new is written down from it."),
        widget=forms.TextInput(
            attrs={
                "class": "input",
                "autocomplete": "off",
                "data-find": reverse_lazy("sheet-people"),
                "data-find-into": "id_person",
            }
        ),
    )
    person = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not (cleaned.get("who") or self.is_told_otherwise(cleaned)):
            self.add_error("who", _("Write down a name, or what we may call them."))
        return cleaned

    def is_told_otherwise(self, cleaned: dict[str, Any]) -> bool:
        """Return whether nobody needs to be named."""
        return not cleaned

    def ask_which(self, meant: Meant) -> None:
        """Offer those whom the line may mean, and ask which of them it is."""
        offered: list[tuple[str, object]] = [(str(one.pk), _said(one)) for one in meant.candidates]
        offered.append((NEW, _("Somebody new")))
        self.fields["person_pick"] = chips(_("Which of them?"), offered, required=False)
        self.add_error("who", _("Choose which of them it is, or that they are new."))


class Customer(Who):
    """Who the customer is; or what was tried, when nobody can be found or reached."""

    tried = text(
        _("Or what was tried, if they cannot be found or reached"), required=False, rows=2, most=200
    )

    def is_told_otherwise(self, cleaned: dict[str, Any]) -> bool:
        return bool(cleaned.get("tried"))


class Party(Who):
    """Who else is in it, and as what."""

    part = chips(_("As what"), choices(Part, *PARTS))
    field_order: Sequence[str] = ("who", "person", "part")


class PassOnThanks(forms.Form):
    """Whom the customer thanks, and in which words."""

    words = text(_("What they said, in their words"), most=5_000)

    def __init__(self, *args: Any, colleagues: "QuerySet[Staff]", **kwargs: Any) -> None:  # noqa: ANN401 - the signature is Django's
        super().__init__(*args, **kwargs)
        self.fields["to"] = colleague(_("Which colleague"), colleagues)
        self.order_fields(["to", "words"])


def _said(found: "Found") -> str:
    return " · ".join(filter(None, (found.name, found.number, found.point)))
