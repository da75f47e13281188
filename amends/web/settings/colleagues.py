"""Who works here."""

from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from amends.base.refusal import Refused
from amends.cases.queries.handing_over import still_with
from amends.contacts.queries.mail import mail_leaves
from amends.staff.actions.colleagues import (
    Post,
    change_post,
    invite_colleague,
    let_go,
    take_back,
)
from amends.staff.queries import departments_for, everybody_for, with_absence
from amends.staff.rules.permissions import Act, Role
from amends.web.acts import attempt, found, taken
from amends.web.away.words import away_words
from amends.web.entry.letters import send_invitation
from amends.web.entry.links import invitation_link
from amends.web.http import StaffRequest, needs, say
from amends.web.settings import forms


@needs(Act.EDIT_STAFF)
@require_GET
def colleagues(request: StaffRequest) -> HttpResponse:
    """Show all who work or worked here."""
    now = timezone.localtime()
    everybody: list[Any] = list(with_absence(everybody_for(request.user), at=now))
    shown = [
        (who, away_words(who.away_from, who.away_until, today=now.date())) for who in everybody
    ]
    return render(request, "web/settings/colleagues.html", {"everybody": shown})


@needs(Act.EDIT_STAFF)
@require_http_methods(["GET", "POST"])
def invite(request: StaffRequest) -> HttpResponse:
    """Make room for a colleague, and write to them how to come in."""
    form = forms.Colleague(request.POST or None, departments=_departments(request))
    if form.is_valid():
        now = timezone.now()
        try:
            with transaction.atomic():
                colleague = invite_colleague(_post(request, form), by=request.user, at=now)
                send_invitation(colleague, by=request.user, at=now)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            said = (
                _("%(name)s is invited.")
                if mail_leaves()
                else _("%(name)s is invited. No mail leaves from here yet: give them this link.")
            )
            say(request, said % {"name": colleague.name})
            return redirect("settings-colleague", colleague.pk)
    status = 422 if form.errors else 200
    return render(request, "web/settings/colleague.html", {"form": form}, status=status)


@needs(Act.EDIT_STAFF)
@require_http_methods(["GET", "POST"])
def colleague(request: StaffRequest, pk: int) -> HttpResponse:
    """Show somebody's place here, and change it."""
    who = found(lambda: everybody_for(request.user).get(pk=pk))
    names = ("name", "email", "role", "administers", "title", "telephone")
    initial = {name: getattr(who, name) for name in names} | {"department": who.department_id}
    form = forms.Colleague(request.POST or None, initial=initial, departments=_departments(request))
    if form.is_valid() and taken(
        form,
        lambda: change_post(who, post=_post(request, form), by=request.user, at=timezone.now()),
    ):
        say(request, _("Saved"))
        return redirect("settings-colleague", who.pk)
    facts = {
        "form": form,
        "who": who,
        "load": still_with(who),
        "link": "" if who.has_joined else invitation_link(who, at=timezone.now()),
    }
    status = 422 if form.errors else 200
    return render(request, "web/settings/colleague.html", facts, status=status)


@needs(Act.EDIT_STAFF)
@require_POST
def invite_again(request: StaffRequest, pk: int) -> HttpResponse:
    """Write to somebody who has not come in yet once more."""
    who = found(lambda: everybody_for(request.user).get(pk=pk))
    if who.is_active and not who.has_joined:
        send_invitation(who, by=request.user, at=timezone.now())
        say(
            request,
            _("The invitation is on its way again.")
            if mail_leaves()
            else _("The invitation waits, for no mail leaves from here yet. Give them this link."),
        )
    return redirect("settings-colleague", who.pk)


@needs(Act.EDIT_STAFF)
@require_POST
def end(request: StaffRequest, pk: int) -> HttpResponse:
    """End somebody's access."""
    who = found(lambda: everybody_for(request.user).get(pk=pk))
    attempt(
        request,
        lambda: let_go(who, by=request.user, at=timezone.now()),
        said=_("%(name)s no longer has access.") % {"name": who.name},
    )
    return redirect("settings-colleague", who.pk)


@needs(Act.EDIT_STAFF)
@require_POST
def welcome_back(request: StaffRequest, pk: int) -> HttpResponse:
    """Give somebody who left their access again."""
    who = found(lambda: everybody_for(request.user).get(pk=pk))
    attempt(
        request,
        lambda: take_back(who, by=request.user, at=timezone.now()),
        said=_("%(name)s has access again.") % {"name": who.name},
    )
    return redirect("settings-colleague", who.pk)


def _departments(request: StaffRequest) -> forms.Choices:
    return [(one.pk, one.name) for one in departments_for(request.user)]


def _post(request: StaffRequest, form: forms.Colleague) -> Post:
    said = form.cleaned_data
    return Post(
        name=said["name"],
        email=said["email"],
        role=Role(said["role"]),
        department=departments_for(request.user).get(pk=said["department"]),
        administers=said["administers"],
        title=said["title"],
        telephone=said["telephone"],
    )
