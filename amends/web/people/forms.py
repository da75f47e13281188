from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from amends.people.actions.persons import Particulars
from amends.people.rules.kinds import Honorific, PersonKind, PointKind, Preference, Standing
from amends.web.words import choices

YEAR = timedelta(days=365)
LAST_DAY = date.max - timedelta(days=2)
NOT_SAID = [("", _("not said"))]
FORM = "form_"


class Person(forms.Form):
    """Who a customer is; its fields are those of `Particulars`."""

    name = forms.CharField(label=_("Name, as they write it"), max_length=200)
    kind = forms.ChoiceField(
        label=_("A person or an organisation"),
        choices=lambda: choices(PersonKind),
        widget=forms.RadioSelect,
        initial=PersonKind.HUMAN.value,
    )
    honorific = forms.ChoiceField(
        label=_("How they are addressed"),
        choices=lambda: choices(Honorific),
        widget=forms.RadioSelect,
        initial=Honorific.UNKNOWN.value,
        help_text=_("If you are not sure, leave it at the full name. That is never rude."),
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=lambda: [*NOT_SAID, *settings.LANGUAGES], required=False
    )
    prefers = forms.ChoiceField(
        label=_("How they like to hear from us"),
        choices=lambda: [*NOT_SAID, *choices(Preference)],
        required=False,
    )
    number = forms.CharField(label=_("Customer number"), max_length=40, required=False)
    standing = forms.ChoiceField(
        label=_("What they are to us"),
        choices=lambda: choices(Standing),
        initial=Standing.CUSTOMER.value,
    )
    given_name = forms.CharField(label=_("Given name"), max_length=100, required=False)
    patronymic = forms.CharField(label=_("Patronymic"), max_length=100, required=False)
    family_name = forms.CharField(label=_("Family name"), max_length=100, required=False)
    informal = forms.BooleanField(label=_("Likes to be called by the given name"), required=False)
    wants_no_gestures = forms.BooleanField(
        label=_("Wants no cards, discounts or other gestures"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  Django's own signature
        super().__init__(*args, **kwargs)
        for code, name in settings.LANGUAGES:
            self.fields[FORM + code] = forms.CharField(label=name, max_length=100, required=False)

    def address_fields(self) -> list[forms.BoundField]:
        """Return the fields for how they wish to be addressed, one a language."""
        return [self[FORM + code] for code, _name in settings.LANGUAGES]

    def particulars(self) -> Particulars:
        """Return what was written, as the actions take it."""
        said = dict(self.cleaned_data)
        wishes = {code: said.pop(FORM + code) for code, _name in settings.LANGUAGES}
        names = {name: said[name] for name in Particulars.__dataclass_fields__ if name in said}
        names["kind"] = PersonKind(said["kind"])
        names["standing"] = Standing(said["standing"])
        names["honorific"] = Honorific(said["honorific"])
        names["prefers"] = Preference(said["prefers"]) if said["prefers"] else None
        return Particulars(**names, address_forms=wishes)


class NewPerson(Person):
    """A customer whom we did not know, with the ways to reach them."""

    email = forms.CharField(
        label=_("E-mail"),
        max_length=300,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    telephone = forms.CharField(
        label=_("Telephone"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )
    postal = forms.CharField(
        label=_("Postal address"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def points(self) -> list[tuple[PointKind, str]]:
        """Return the ways to reach them that were written down."""
        said = self.cleaned_data
        return [(kind, said[kind.value]) for kind in PointKind if said[kind.value]]


class Point(forms.Form):
    kind = forms.ChoiceField(
        label=_("Kind"), choices=lambda: choices(PointKind), widget=forms.RadioSelect
    )
    value = forms.CharField(label=_("Address or number"), max_length=300)


class Need(forms.Form):
    text = forms.CharField(
        label=_("What they need"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Such as: reads lips; call after five; large print."),
    )
    consent = forms.CharField(
        label=_("How they agreed that we keep this"),
        max_length=200,
        help_text=_("Such as: said so on the telephone."),
    )
    until = forms.DateField(
        label=_("Until when"),
        initial=lambda: timezone.localdate() + YEAR,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("On that day it is forgotten by itself."),
    )

    def expires_at(self) -> datetime:
        """Return the end of the chosen day, in the reader's zone."""
        after = min(self.cleaned_data["until"], LAST_DAY) + timedelta(days=1)
        return timezone.make_aware(datetime.combine(after, time.min))


class Representative(forms.Form):
    representative = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**62)
    authority = forms.CharField(
        label=_("On what authority"),
        max_length=200,
        required=False,
        help_text=_("Such as: daughter; lawyer, power of attorney of 3 March."),
    )
