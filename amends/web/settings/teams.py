"""Departments and teams."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from amends.staff.actions.teams import (
    change_team,
    close_department,
    close_team,
    open_department,
    open_team,
    rename_department,
)
from amends.staff.queries import colleagues_for, departments_for, teams_for
from amends.staff.rules.permissions import Act
from amends.web.acts import attempt, found, taken
from amends.web.http import StaffRequest, needs, say
from amends.web.settings import forms


@needs(Act.EDIT_TEAMS)
@require_GET
def teams(request: StaffRequest) -> HttpResponse:
    """Show the departments, each with its teams."""
    facts = {
        "departments": departments_for(request.user).prefetch_related("teams__duty_owner"),
        "new": forms.Named(),
    }
    return render(request, "web/settings/teams.html", facts)


@needs(Act.EDIT_TEAMS)
@require_http_methods(["GET", "POST"])
def new_team(request: StaffRequest) -> HttpResponse:
    """Open a team."""
    form = forms.NewTeam(
        request.POST or None, colleagues=_colleagues(request), departments=_departments(request)
    )
    if form.is_valid():
        said = form.cleaned_data
        if taken(
            form,
            lambda: open_team(
                departments_for(request.user).get(pk=said["department"]),
                name=said["name"],
                duty_owner=colleagues_for(request.user).get(pk=said["duty_owner"]),
                by=request.user,
                at=timezone.now(),
            ),
        ):
            say(request, _("Saved"))
            return redirect("settings-teams")
    facts = {"form": form, "title": _("A new team")}
    return render(request, "web/settings/one_form.html", facts, status=422 if form.errors else 200)


@needs(Act.EDIT_TEAMS)
@require_http_methods(["GET", "POST"])
def team(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one team, and change it."""
    one = found(lambda: teams_for(request.user).get(pk=pk))
    initial = {
        "name": one.name,
        "duty_owner": one.duty_owner_id,
        "members": list(one.members.values_list("pk", flat=True)),
    }
    form = forms.ChangedTeam(request.POST or None, initial=initial, colleagues=_colleagues(request))
    if form.is_valid():
        said = form.cleaned_data
        at_work = colleagues_for(request.user)
        if taken(
            form,
            lambda: change_team(
                one,
                name=said["name"],
                duty_owner=at_work.get(pk=said["duty_owner"]),
                members=at_work.filter(pk__in=said["members"]),
                by=request.user,
                at=timezone.now(),
            ),
        ):
            say(request, _("Saved"))
            return redirect("settings-teams")
    facts = {"form": form, "title": one.name, "team": one}
    return render(request, "web/settings/one_form.html", facts, status=422 if form.errors else 200)


@needs(Act.EDIT_TEAMS)
@require_POST
def end_team(request: StaffRequest, pk: int) -> HttpResponse:
    """Close a team."""
    one = found(lambda: teams_for(request.user).get(pk=pk))
    attempt(
        request,
        lambda: close_team(one, by=request.user, at=timezone.now()),
        said=_("%(name)s is closed.") % {"name": one.name},
    )
    return redirect("settings-teams")


@needs(Act.EDIT_TEAMS)
@require_http_methods(["GET", "POST"])
def new_department(request: StaffRequest) -> HttpResponse:
    """Open a department."""
    form = forms.Named(request.POST or None)
    if form.is_valid() and taken(
        form,
        lambda: open_department(form.cleaned_data["name"], by=request.user, at=timezone.now()),
    ):
        say(request, _("Saved"))
        return redirect("settings-teams")
    facts = {"form": form, "title": _("A new department")}
    return render(request, "web/settings/one_form.html", facts, status=422 if form.errors else 200)


@needs(Act.EDIT_TEAMS)
@require_http_methods(["GET", "POST"])
def department(request: StaffRequest, pk: int) -> HttpResponse:
    """Call a department differently."""
    one = found(lambda: departments_for(request.user).get(pk=pk))
    form = forms.Named(request.POST or None, initial={"name": one.name})
    if form.is_valid() and taken(
        form,
        lambda: rename_department(
            one, name=form.cleaned_data["name"], by=request.user, at=timezone.now()
        ),
    ):
        say(request, _("Saved"))
        return redirect("settings-teams")
    facts = {"form": form, "title": one.name, "department": one}
    return render(request, "web/settings/one_form.html", facts, status=422 if form.errors else 200)


@needs(Act.EDIT_TEAMS)
@require_POST
def end_department(request: StaffRequest, pk: int) -> HttpResponse:
    """Close a department that nobody belongs to any more."""
    one = found(lambda: departments_for(request.user).get(pk=pk))
    attempt(
        request,
        lambda: close_department(one, by=request.user, at=timezone.now()),
        said=_("%(name)s is closed.") % {"name": one.name},
    )
    return redirect("settings-teams")


def _colleagues(request: StaffRequest) -> forms.Choices:
    return [(one.pk, one.name) for one in colleagues_for(request.user)]


def _departments(request: StaffRequest) -> forms.Choices:
    return [(one.pk, one.name) for one in departments_for(request.user)]
