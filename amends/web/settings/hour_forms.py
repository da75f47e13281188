from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amends.standards.rules.hours import (
    Hours,
    NotHours,
    Openings,
    read_days,
    read_openings,
    write_days,
    write_openings,
)
from amends.standards.rules.public_holidays import countries, regions
from amends.web.entry.places import Choices, country_choices, zone_choices

DAYS = (
    ("monday", _("Monday")),
    ("tuesday", _("Tuesday")),
    ("wednesday", _("Wednesday")),
    ("thursday", _("Thursday")),
    ("friday", _("Friday")),
    ("saturday", _("Saturday")),
    ("sunday", _("Sunday")),
)
WORKED = 5
USUAL = "9:00-17:00"


def usual_hours(zone: str, country: str) -> Hours:
    """Return what is offered while nobody has said when we are open: Monday to Friday."""
    week = [read_openings(USUAL) if day < WORKED else () for day in range(len(DAYS))]
    known = country if country in countries() else ""
    return Hours(zone=zone, country=known, region="", week=tuple(week))


def holiday_choices() -> Choices:
    """Return the countries whose public holidays are known, and none."""
    known = set(countries())
    named = [each for each in country_choices() if each[0] in known]
    return [("", str(_("None"))), *named]


class HoursForm(forms.Form):
    zone = forms.ChoiceField(label=_("Time zone"), choices=zone_choices)
    country = forms.ChoiceField(
        label=_("Public holidays of"), choices=holiday_choices, required=False
    )
    region = forms.CharField(
        label=_("Region"),
        max_length=10,
        required=False,
        help_text=_("Its code, where regions of the country keep different holidays."),
    )
    days = forms.CharField(
        label=_("Days that are different"),
        required=False,
        max_length=10000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One a line: 2026-12-24 9:00-12:00, or only the date when you are closed."),
    )

    def __init__(self, *args: Any, hours: Hours, **kwargs: Any) -> None:  # noqa: ANN401  Django's own signature
        week = dict(zip((name for name, _label in DAYS), hours.week, strict=True))
        kwargs["initial"] = _written(hours, week)
        super().__init__(*args, **kwargs)
        for name, label in DAYS:
            text = forms.TextInput(attrs={"data-day": label})
            self.fields[name] = forms.CharField(
                label=label, max_length=100, required=False, widget=text
            )

    def week_fields(self) -> list[forms.BoundField]:
        """Return the fields of the week, one a day."""
        return [self[name] for name, _label in DAYS]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for name, _label in DAYS:
            said[name] = self._read(name, read_openings)
        said["days"] = self._read("days", read_days)
        self._check_region(said.get("country", ""), said.get("region", ""))
        return said

    def hours(self) -> Hours:
        """Return what was written."""
        said = self.cleaned_data
        week: tuple[Openings, ...] = tuple(said[name] for name, _label in DAYS)
        region = said["region"] if said["country"] else ""
        return Hours(said["zone"], said["country"], region, week, said["days"])

    def _read(self, name: str, read: Any) -> Any:  # noqa: ANN401  a rule that reads what stands there
        try:
            return read(self.cleaned_data.get(name, ""))
        except NotHours as problem:
            text = _("Write it like 9:00-12:30, 13:00-17:00. This cannot be read: %(text)s")
            self.add_error(name, text % {"text": problem})
            return ()

    def _check_region(self, country: str, region: str) -> None:
        known = regions(country) if country else ()
        if country and region and region not in known:
            text = _("There is no such region. These there are: %(known)s")
            self.add_error("region", text % {"known": ", ".join(known) or "-"})


def _written(hours: Hours, week: dict[str, Openings]) -> dict[str, str]:
    written = {name: write_openings(openings) for name, openings in week.items()}
    return written | {
        "zone": hours.zone,
        "country": hours.country,
        "region": hours.region,
        "days": write_days(hours.days),
    }
