from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from allauth.account import views as door
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django.views.i18n import set_language

from amends.base.refusal import Refused
from amends.cases.queries.first_steps import evidence_of, page_to_see
from amends.staff.actions.colleagues import InvitationOver, accept_invitation
from amends.staff.actions.profile import (
    Profile,
    choose_language,
    correct_profile,
    take_first_step,
)
from amends.staff.actions.setting_up import Answers, set_up
from amends.staff.queries import invited_by, is_set_up, may_set_up, organisation
from amends.staff.rules.organisation import OURS, Trade
from amends.staff.rules.permissions import Act
from amends.staff.rules.steps import DISMISSED, FirstStep, tried
from amends.web.entry import forms
from amends.web.entry.refusing import refusing
from amends.web.http import StaffRequest, say

if TYPE_CHECKING:
    from amends.staff.models import Staff

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def first(request: HttpRequest, key: str) -> HttpResponse:
    """Ask the three questions of set-up, and let the owner in."""
    now = timezone.now()
    if not may_set_up(key, at=now):
        return render(request, "web/entry/over.html", {"first": True}, status=410)
    form = forms.SetUp(request.POST or None)
    if form.is_valid():
        try:
            owner = set_up(_answers(form), key=key, at=now)
        except ValidationError as weak:
            form.add_error("password", weak)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _let_in(request, owner)
    return render(
        request, "web/entry/set_up.html", {"form": form}, status=422 if form.errors else 200
    )


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, key: str) -> HttpResponse:
    """Let an invited colleague choose a name and a password, and come in."""
    colleague = invited_by(key, at=timezone.now())
    if colleague is None:
        return render(request, "web/entry/over.html", status=410)
    form = forms.Join(request.POST or None, initial={"name": colleague.name})
    if form.is_valid():
        try:
            joined = accept_invitation(
                key, **form.cleaned_data, language=_language(), at=timezone.now()
            )
        except ValidationError as weak:
            form.add_error("password", weak)
        except InvitationOver as refusal:
            form.add_error(None, str(refusal))
        else:
            return _let_in(request, joined)
    facts = {"form": form, "colleague": colleague, "organisation": organisation()}
    return render(request, "web/entry/join.html", facts, status=422 if form.errors else 200)


def sign_in(request: HttpRequest) -> HttpResponse:
    """Let somebody in who has a password; on an empty installation say how to begin."""
    if not is_set_up():
        return render(request, "web/entry/not_yet.html")
    answer: HttpResponse = refusing(door.login)(request)
    return answer


@login_required
@require_http_methods(["GET", "POST"])
def profile(request: StaffRequest) -> HttpResponse:
    """Show what one decides about oneself, and change it."""
    staff = request.user
    names = ("name", "title", "telephone", "language", "zone", "uses_shortcuts")
    initial = {name: getattr(staff, name) for name in names}
    initial["zone"] = staff.zone or timezone.get_current_timezone_name()
    form = forms.Profile(request.POST or None, initial=initial)
    if form.is_valid():
        correct_profile(staff, profile=Profile(**form.cleaned_data), at=timezone.now())
        say(request, _("Saved"))
        return redirect("profile")
    facts = {"form": form, "has_calendar": staff.may(Act.WORK_ON_CASE)}
    status = 422 if form.errors else 200
    return render(request, "web/entry/profile.html", facts, status=status)


@login_required
@require_GET
def first_minutes(request: StaffRequest) -> HttpResponse:
    """Show what a newcomer tries once, each ticked by what it left behind."""
    facts = {
        "steps": tried(evidence_of(request.user)),
        "promised": bool(page_to_see(request.user)),
        "may_record": request.user.may(Act.RECORD_CONTACT),
        "may_connect": request.user.may(Act.EDIT_ORGANISATION),
    }
    return render(request, "web/entry/first_minutes.html", facts)


@login_required
@require_POST
def see_customer_page(request: StaffRequest) -> HttpResponse:
    """Remember that somebody went to look at what the customer sees, and lead there."""
    page = page_to_see(request.user)
    if not page:
        say(request, _("Make a promise first. Then the customer has a page to see."))
        return redirect("first-five-minutes")
    take_first_step(request.user, step=FirstStep.SEE_THE_CUSTOMER, at=timezone.now())
    # Whoever came in by another name of this server stays with it: the policy forbids more.
    return redirect(urlsplit(page).path)


@login_required
@require_POST
def know_my_way(request: StaffRequest) -> HttpResponse:
    """Offer the first five minutes no longer."""
    take_first_step(request.user, step=DISMISSED, at=timezone.now())
    return redirect("/")


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Speak another language from the next page on."""
    code = request.POST.get("language", "")
    if request.user.is_authenticated and code in OURS:
        choose_language(request.user, language=code, at=timezone.now())
    return set_language(request)


def _answers(form: forms.SetUp) -> Answers:
    said = form.cleaned_data
    return Answers(
        size=said["size"],
        country=said["country"],
        trade=Trade(said["trade"]),
        channels=tuple(said["channels"]),
        organisation=said["organisation"],
        name=said["name"],
        email=said["email"],
        password=said["password"],
        language=_language(),
    )


def _language() -> str:
    """Return the language the visitor reads now, which becomes their own."""
    return get_language() or "en"


def _let_in(request: HttpRequest, staff: "Staff") -> HttpResponse:
    login(request, staff, backend=BACKEND)
    return redirect("first-five-minutes")
