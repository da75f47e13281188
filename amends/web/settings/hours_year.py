"""The year of the house or a team: holidays, days off, half days; and each day can be changed."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy, pgettext, pgettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amends.base.time_words import date_words
from amends.staff.queries import organisation, teams_for
from amends.staff.rules.permissions import Act
from amends.standards.actions import set_day
from amends.standards.queries import hours_of
from amends.standards.rules.hours import (
    Hours,
    NotHours,
    Openings,
    half_of,
    read_openings,
    write_openings,
)
from amends.standards.rules.year import FIRST_YEAR, LAST_YEAR, DayKind, DayOfYear, year_of
from amends.web.acts import found, taken
from amends.web.http import StaffRequest, needs, say
from amends.web.settings.hour_forms import usual_hours

if TYPE_CHECKING:
    from amends.staff.models import Team

USUAL, CLOSED, HALF, OWN = "usual", "closed", "half", "own"
KINDS = {
    DayKind.OPEN: pgettext_lazy("a day of the year", "open"),
    DayKind.CLOSED: pgettext_lazy("a day of the year", "closed"),
    DayKind.HOLIDAY: pgettext_lazy("a day of the year", "public holiday"),
    DayKind.OWN: pgettext_lazy("a day of the year", "other hours"),
    DayKind.OWN_CLOSED: pgettext_lazy("a day of the year", "closed by us"),
}

SPECIAL = {DayKind.HOLIDAY, DayKind.OWN, DayKind.OWN_CLOSED}


class DayForm(forms.Form):
    """How one date is, other than its weekday."""

    day = forms.DateField(label=gettext_lazy("Date"), widget=forms.DateInput({"type": "date"}))
    how = forms.ChoiceField(
        label=gettext_lazy("How it is"),
        choices=[
            (USUAL, gettext_lazy("As any other such day")),
            (CLOSED, gettext_lazy("Closed")),
            (HALF, gettext_lazy("Half a day")),
            (OWN, gettext_lazy("Other hours")),
        ],
        widget=forms.RadioSelect,
    )
    openings = forms.CharField(
        label=pgettext_lazy("a day of the year", "Its hours"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("For other hours, as in the week: 9:00-12:00, 13:00-15:00."),
    )

    def __init__(self, *args: Any, hours: Hours, **kwargs: Any) -> None:  # noqa: ANN401  Django's own signature
        super().__init__(*args, **kwargs)
        self._hours = hours

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if self.errors:
            return said
        how, day = said["how"], said["day"]
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            self.add_error("day", _("Choose a day nearer to now."))
        if how == HALF and not self._hours.week[day.weekday()]:
            self.add_error("how", _("You are closed on such a day. Write its hours instead."))
        if how == OWN:
            self._read(said)
        return said

    def _read(self, said: dict[str, Any]) -> None:
        try:
            said["openings"] = read_openings(said["openings"])
        except NotHours:
            said["openings"] = ()
        if not said["openings"]:
            self.add_error("openings", _("Write its hours like 9:00-12:00."))

    def as_said(self) -> Openings | None:
        """Return when we are open on the day; None where it is as any other."""
        how, day = self.cleaned_data["how"], self.cleaned_data["day"]
        ways: dict[str, Openings | None] = {
            USUAL: None,
            CLOSED: (),
            HALF: half_of(self._hours.week[day.weekday()]),
            OWN: self.cleaned_data["openings"],
        }
        return ways[how]


@needs(Act.EDIT_TEAMS)
@require_http_methods(["GET", "HEAD", "POST"])
def house_year(request: StaffRequest) -> HttpResponse:
    """Show the year of the house, and change a day of it."""
    return _year(request, None)


@needs(Act.EDIT_TEAMS)
@require_http_methods(["GET", "HEAD", "POST"])
def team_year(request: StaffRequest, pk: int) -> HttpResponse:
    """Show the year of a team, and change a day of it."""
    return _year(request, found(lambda: teams_for(request.user).get(pk=pk)))


def _year(request: StaffRequest, team: "Team | None") -> HttpResponse:
    own = hours_of(team)
    ours = organisation()
    hours = own or hours_of(None) or usual_hours(ours.zone, ours.country)
    chosen = _chosen(request.GET)
    form = DayForm(
        request.POST if request.method == "POST" else None,
        hours=hours,
        initial=_as_it_is(hours, chosen),
    )
    if form.is_valid() and _changed(request, form, team):
        day = form.cleaned_data["day"]
        say(request, _("Saved"))
        return redirect(f"{request.path}?year={day.year}")
    year = chosen.year if chosen else _number(request.GET)
    days = year_of(hours, year, get_language() or "en")
    facts = {
        "team": team,
        "own": own is not None,
        "form": form,
        "year": year,
        "months": _months(days, chosen),
        "special": [_said(each) for each in days if each.kind in SPECIAL],
        "before": year - 1 if year > FIRST_YEAR else None,
        "after": year + 1 if year < LAST_YEAR else None,
        "kinds": KINDS.items(),
        "weekdays": [date_format(date(2026, 6, day), "D") for day in range(1, 8)],
    }
    status = 422 if form.errors else 200
    return render(request, "web/settings/hours_year.html", facts, status=status)


def _changed(request: StaffRequest, form: DayForm, team: "Team | None") -> bool:
    day, at = form.cleaned_data["day"], timezone.now()
    return taken(
        form, lambda: set_day(day, openings=form.as_said(), team=team, by=request.user, at=at)
    )


def _chosen(asked: QueryDict) -> date | None:
    """Return the day that the address names, if it is one."""
    try:
        day = date.fromisoformat(asked.get("day", ""))
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None


def _number(asked: QueryDict) -> int:
    text = asked.get("year", "")
    year = int(text) if text.isascii() and text.isdigit() and len(text) == len("2026") else 0
    return year if FIRST_YEAR <= year <= LAST_YEAR else timezone.localdate().year


def _as_it_is(hours: Hours, day: date | None) -> dict[str, object]:
    if day is None:
        return {"how": CLOSED}
    own = dict(hours.days)
    openings = write_openings(own.get(day, ()))
    return {"day": day, "how": OWN if openings else CLOSED, "openings": openings}


def _months(days: list[DayOfYear], chosen: date | None) -> list[dict[str, object]]:
    """Return each month with its weeks, Monday first; a cell is empty or a day and its words."""
    months: list[dict[str, object]] = []
    for number in range(1, 13):
        of_month = [each for each in days if each.on.month == number]
        cells: list[dict[str, object] | None] = [None] * of_month[0].on.weekday()
        cells += [
            {"day": each, "said": _said(each), "chosen": each.on == chosen} for each in of_month
        ]
        weeks = [cells[at : at + 7] for at in range(0, len(cells), 7)]
        weeks[-1] += [None] * (7 - len(weeks[-1]))
        months.append({"name": date_format(of_month[0].on, "F"), "weeks": weeks})
    return months


def _said(day: DayOfYear) -> str:
    """Return in words what a day is, for whoever does not see its colour."""
    parts = [date_words(day.on), str(KINDS[day.kind])]
    parts += [day.holiday] if day.holiday else []
    parts += [write_openings(day.openings)] if day.kind is DayKind.OWN else []
    return pgettext("parts of a sentence", ", ").join(parts)
