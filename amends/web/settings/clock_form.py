"""What is asked of a clock that a law sets."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amends.standards.actions import SourceAndDate
from amends.standards.rules.days import EndsOnDayOff, Length, Unit
from amends.standards.rules.law import (
    ClockProfile,
    CountedFrom,
    Duty,
    Effect,
    Extension,
    Happening,
    Part,
    Right,
)
from amends.web.entry.places import country_choices
from amends.web.settings import clock_words as words

LONGEST = 1000
EVERY_COUNTRY = ("", _("every country"))
NOT_SAID = ("", "—")


def _count(label: Any, *, help_text: Any = "") -> forms.IntegerField:  # noqa: ANN401  a lazy text
    return forms.IntegerField(
        label=label, required=False, min_value=1, max_value=LONGEST, help_text=help_text
    )


def _unit() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Counted in"),
        required=False,
        choices=lambda: [NOT_SAID, *words.offered(words.UNITS)],
    )


class OurLaw(forms.Form):
    """Whose law is for our cases."""

    jurisdiction = forms.ChoiceField(
        label=_("Country whose law it is"),
        required=False,
        choices=lambda: [("", _("the country we are in")), *country_choices()],
    )
    sector = forms.ChoiceField(
        label=_("Sector"),
        required=False,
        choices=lambda: [("", _("as our trade tells")), *words.SECTORS.items()],
    )


class WriteClock(forms.Form):
    """Everything of one clock, and why it changes."""

    key = forms.SlugField(
        label=_("Short name"),
        max_length=40,
        help_text=_("In small letters, such as de-consumer. It stays as it is."),
    )
    duty = forms.ChoiceField(label=_("What for"), choices=lambda: words.offered(words.DUTIES))
    jurisdiction = forms.ChoiceField(
        label=_("Country"), required=False, choices=lambda: [EVERY_COUNTRY, *country_choices()]
    )
    sector = forms.ChoiceField(
        label=_("Sector"),
        required=False,
        choices=lambda: [("", _("every sector")), *words.SECTORS.items()],
    )
    party_kind = forms.ChoiceField(
        label=_("The customer is"),
        required=False,
        choices=lambda: [("", _("everybody")), *words.PARTIES.items()],
    )
    length_count = _count(_("How long"), help_text=_("Empty where the law says “promptly”."))
    length_unit = _unit()
    starts_on = forms.ChoiceField(
        label=_("It begins when"), choices=lambda: words.offered(words.HAPPENINGS, words.STARTS)
    )
    stops_on = forms.MultipleChoiceField(
        label=_("It is done when, all of it"),
        choices=lambda: words.offered(words.HAPPENINGS, words.STOPS),
        widget=forms.CheckboxSelectMultiple,
    )
    ends_on_day_off = forms.ChoiceField(
        label=_("A term that ends on a weekend or a holiday"),
        choices=lambda: words.offered(words.DAYS_OFF),
    )
    extension_count = _count(_("How much longer it may take, with a notice"))
    extension_unit = _unit()
    extension_from = forms.ChoiceField(
        label=_("Counted"),
        required=False,
        choices=lambda: words.offered(words.COUNTED, words.LONGER_FROM),
    )
    extension_parts = forms.MultipleChoiceField(
        label=_("What the notice has to say"),
        required=False,
        choices=lambda: words.offered(words.PARTS),
        widget=forms.CheckboxSelectMultiple,
    )
    effects = forms.MultipleChoiceField(
        label=_("What follows when it is over"),
        required=False,
        choices=words.effects,
        widget=forms.CheckboxSelectMultiple,
    )
    right_body = forms.CharField(
        label=_("Whom the customer may then turn to"), required=False, max_length=200
    )
    right_count = _count(_("How long they have for it"))
    right_unit = _unit()
    right_from = forms.ChoiceField(
        label=_("Counted"),
        required=False,
        choices=lambda: words.offered(words.COUNTED, words.RIGHT_FROM),
    )
    option = forms.BooleanField(
        label=_("A shorter way that may be taken and need not be"), required=False
    )
    custom = forms.BooleanField(
        label=_("Our own custom: it counts only where no law sets a day"), required=False
    )
    source = forms.CharField(
        label=_("Where it is written"),
        required=False,
        max_length=500,
        help_text=_("The law and its article, a page."),
    )
    verified_on = forms.DateField(
        label=_("The day on which somebody looked"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Without it the clock does not run."),
    )
    note = forms.CharField(label=_("Worth knowing"), required=False, max_length=500)
    reason = forms.CharField(
        label=_("Why it changes"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed where something could be due later than before."),
    )

    def __init__(self, *args: Any, kept: ClockProfile | None, **kwargs: Any) -> None:  # noqa: ANN401  Django's own signature
        self.kept = kept
        kwargs["initial"] = written(kept) if kept else {"stops_on": [Happening.SENT.value]}
        super().__init__(*args, **kwargs)
        if kept:
            del self.fields["key"], self.fields["duty"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for name in ("length", "extension", "right"):
            if bool(said.get(f"{name}_count")) != bool(said.get(f"{name}_unit")):
                self.add_error(f"{name}_unit", _("Say a number and what is counted, or neither."))
        if said.get("right_count") and not said.get("right_body", "").strip():
            self.add_error("right_body", _("Say whom they may turn to."))
        if said.get("verified_on") and not said.get("source", "").strip():
            self.add_error("source", str(SourceAndDate.text))
        return said

    def profile(self) -> ClockProfile:
        """Return what was written, as the rules read it."""
        said = self.cleaned_data
        kept = self.kept
        return ClockProfile(
            key=kept.key if kept else said["key"],
            version=kept.version if kept else 1,
            duty=kept.duty if kept else Duty(said["duty"]),
            jurisdiction=said["jurisdiction"],
            sector=said["sector"],
            party_kind=said["party_kind"],
            length=_length(said, "length"),
            starts_on=Happening(said["starts_on"]),
            stops_on=frozenset(map(Happening, said["stops_on"])),
            extension=_extension(said),
            ends_on_day_off=EndsOnDayOff(said["ends_on_day_off"]),
            effects=tuple(map(Effect, said["effects"])),
            right=_right(said),
            falls_back_to=kept.falls_back_to if kept else "",
            option=said["option"],
            custom=said["custom"],
            source=said["source"],
            verified_on=said["verified_on"],
            note=said["note"],
        )


def _length(said: dict[str, Any], name: str) -> Length | None:
    count = said[f"{name}_count"]
    return Length(count, Unit(said[f"{name}_unit"])) if count else None


def _extension(said: dict[str, Any]) -> Extension | None:
    length = _length(said, "extension")
    if length is None:
        return None
    counted = CountedFrom(said["extension_from"] or CountedFrom.START)
    return Extension(length, counted, frozenset(map(Part, said["extension_parts"])))


def _right(said: dict[str, Any]) -> Right | None:
    body = said["right_body"].strip()
    counted = CountedFrom(said["right_from"] or CountedFrom.ANSWER)
    return Right(body, _length(said, "right"), counted) if body else None


def written(kept: ClockProfile) -> dict[str, Any]:
    """Return a clock as its form shows it."""
    extension, right = kept.extension, kept.right
    same = ("jurisdiction", "sector", "party_kind", "option", "custom", "source", "note")
    return {
        **{name: getattr(kept, name) for name in same},
        "verified_on": kept.verified_on,
        "starts_on": kept.starts_on.value,
        "stops_on": [each.value for each in kept.stops_on],
        "ends_on_day_off": kept.ends_on_day_off.value,
        "effects": [each.value for each in kept.effects],
        **_written("length", kept.length),
        **_written("extension", extension.length if extension else None),
        "extension_from": extension.counted_from.value if extension else "",
        "extension_parts": [each.value for each in extension.parts] if extension else [],
        "right_body": right.body if right else "",
        **_written("right", right.within if right else None),
        "right_from": right.counted_from.value if right else "",
    }


def _written(name: str, length: Length | None) -> dict[str, Any]:
    return {
        f"{name}_count": length.count if length else None,
        f"{name}_unit": length.unit.value if length else "",
    }
