"""When the house is open, and when a team is that has hours of its own."""

from collections.abc import Callable
from functools import partial

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from amends.base.time_words import date_words
from amends.staff.queries import organisation, teams_for
from amends.staff.rules.permissions import Act
from amends.standards.actions import leave_hours_to_the_house, set_working_hours
from amends.standards.queries import hours_of, is_recounting, teams_with_hours
from amends.standards.rules.hours import Hours
from amends.standards.rules.public_holidays import holidays_in
from amends.web.acts import found, taken
from amends.web.http import StaffRequest, needs, say
from amends.web.settings.hour_forms import HoursForm, usual_hours


@needs(Act.EDIT_TEAMS)
@require_http_methods(["GET", "POST"])
def house_hours(request: StaffRequest) -> HttpResponse:
    """Show when the house is open, and change it."""
    theirs = teams_with_hours()
    teams = [(team, team.pk in theirs) for team in teams_for(request.user)]
    set_house = partial(set_working_hours, team=None, by=request.user, at=timezone.now())
    return _hours(request, hours_of(None), set_house, {"teams": teams})


@needs(Act.EDIT_TEAMS)
@require_http_methods(["GET", "POST"])
def team_hours(request: StaffRequest, pk: int) -> HttpResponse:
    """Show when a team is open, and change it."""
    team = found(lambda: teams_for(request.user).get(pk=pk))
    own = hours_of(team)
    set_theirs = partial(set_working_hours, team=team, by=request.user, at=timezone.now())
    facts = {"team": team, "own": own is not None}
    return _hours(request, own or hours_of(None), set_theirs, facts)


@needs(Act.EDIT_TEAMS)
@require_POST
def as_the_house(request: StaffRequest, pk: int) -> HttpResponse:
    """Let a team be open when the house is."""
    team = found(lambda: teams_for(request.user).get(pk=pk))
    leave_hours_to_the_house(team, by=request.user, at=timezone.now())
    say(request, _("Saved"))
    return redirect("settings-hours")


def _hours(
    request: StaffRequest,
    now: Hours | None,
    save: Callable[[Hours], object],
    facts: dict[str, object],
) -> HttpResponse:
    ours = organisation()
    shown = now or usual_hours(ours.zone, ours.country)
    form = HoursForm(request.POST or None, hours=shown)
    if form.is_valid() and taken(form, lambda: save(form.hours())):
        say(request, _("Saved"))
        return redirect("settings-hours")
    facts |= {
        "form": form,
        "said": now is not None,
        "holidays": _holidays(shown),
        "year": timezone.localdate().year,
        "recounting": is_recounting(),
    }
    status = 422 if form.errors else 200
    return render(request, "web/settings/hours.html", facts, status=status)


def _holidays(hours: Hours) -> list[str]:
    """Return the days of this year on which nothing opens because of the country."""
    if not hours.country:
        return []
    year = timezone.localdate().year
    return [date_words(day) for day in holidays_in(year, hours.country, hours.region)]
