"""What each role may give, and what it may say."""

from collections.abc import Mapping

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from amends.staff.actions.authority import Line, set_guidelines, set_limits
from amends.staff.queries import guideline_lines, limits_of, organisation
from amends.staff.rules.authority import FREE, Limit, RemedyKind
from amends.staff.rules.permissions import Act, Role, may
from amends.web.acts import taken
from amends.web.http import StaffRequest, needs, say
from amends.web.settings import forms

PROMISING = tuple(role for role in Role if may(role, Act.MAKE_PROMISE))


@needs(Act.EDIT_AUTHORITY)
@require_GET
def authority(request: StaffRequest) -> HttpResponse:
    """Show beside each other what the roles may give."""
    rows = [(role, *_shown(limits_of(role)), guideline_lines(role).count()) for role in PROMISING]
    facts = {"rows": rows, "currency": organisation().currency}
    return render(request, "web/settings/authority.html", facts)


@needs(Act.EDIT_AUTHORITY)
@require_http_methods(["GET", "POST"])
def limits(request: StaffRequest, role: str) -> HttpResponse:
    """Show what one role may give, and decide it."""
    whose = _role(role)
    currency = organisation().currency
    form = forms.Limits(_posted(request), initial=_given(whose), currency=currency)
    if form.is_valid() and taken(
        form,
        lambda: set_limits(whose, limits=form.limits(), by=request.user, at=timezone.now()),
    ):
        say(request, _("Saved"))
        return redirect("settings-authority")
    facts = {"form": form, "role": whose, "currency": currency}
    return render(request, "web/settings/limits.html", facts, status=422 if form.errors else 200)


@needs(Act.EDIT_AUTHORITY)
@require_http_methods(["GET", "POST"])
def guidelines(request: StaffRequest, role: str) -> HttpResponse:
    """Show what one role may and may not promise, in words, and decide it."""
    whose = _role(role)
    written = [
        {"allowed": "yes" if line.allowed else "no", **line.text} for line in guideline_lines(whose)
    ]
    lines = forms.GuidelineLines(_posted(request), initial=written)
    if lines.is_valid():
        set_guidelines(
            whose,
            lines=[_line(form.cleaned_data) for form in lines if form.cleaned_data],
            by=request.user,
            at=timezone.now(),
        )
        say(request, _("Saved"))
        return redirect("settings-authority")
    wrong = lines.is_bound and not lines.is_valid()
    facts = {"lines": lines, "role": whose}
    return render(request, "web/settings/guidelines.html", facts, status=422 if wrong else 200)


def _shown(limits: Mapping[RemedyKind, Limit]) -> tuple[dict[RemedyKind, Limit], bool]:
    """Return the limits worth a line, and whether instead there is no limit to anything."""
    worth = {kind: limit for kind, limit in limits.items() if kind not in FREE}
    is_all = worth.keys() | FREE == set(RemedyKind)
    without_limit = is_all and all(limit.amount is None for limit in worth.values())
    return ({} if without_limit else worth), without_limit


def _posted(request: StaffRequest) -> QueryDict | None:
    """Return what was posted, be it that nothing is ticked."""
    return request.POST if request.method == "POST" else None


def _role(name: str) -> Role:
    """Return the role of this name that promises anything, or answer that there is none."""
    for role in PROMISING:
        if role.value == name:
            return role
    raise Http404


def _given(role: Role) -> dict[str, object]:
    given: dict[str, object] = {}
    for kind, limit in limits_of(role).items():
        given |= {kind.value: True, kind.value + forms.AMOUNT: limit.amount}
    return given


def _line(said: dict[str, object]) -> Line:
    texts = {code: str(text) for code, text in said.items() if code != "allowed"}
    return Line(allowed=bool(said["allowed"]), text=texts)
