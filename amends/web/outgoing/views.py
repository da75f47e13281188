"""Outgoing mail: what waits, what left, what did not, and what can be done about it."""

from enum import StrEnum
from typing import TypeVar

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from amends.cases.queries.outgoing import outgoing_for, outgoing_mail_for
from amends.cases.queries.planned import planned_for
from amends.contacts.actions.sending import send_again, withdraw_mail
from amends.contacts.queries.mail import mail_leaves, nothing_is_real
from amends.contacts.rules.kinds import MailKind, MailState
from amends.staff.rules.permissions import Act
from amends.web.acts import attempt, found
from amends.web.http import StaffRequest, needs, page_or_part
from amends.web.templatetags.amends import Tab
from amends.web.words import choices, word

Choice = TypeVar("Choice", bound=StrEnum)
TABS = (
    MailState.WAITING,
    MailState.SENT,
    MailState.FAILED,
    MailState.PERHAPS_SENT,
    MailState.WITHDRAWN,
)


@needs(Act.SEE_OUTGOING_MAIL)
@require_safe
def outgoing(request: StaffRequest) -> HttpResponse:
    """Show the mail that leaves, the newest first."""
    state = _chosen(MailState, request.GET.get("state", ""))
    kind = _chosen(MailKind, request.GET.get("kind", ""))
    after = request.GET.get("after", "")
    page = outgoing_for(request.user, state=state, kind=kind, after=after)
    context = {
        "rows": page.rows,
        "planned": [] if after else planned_for(request.user),
        "tabs": [_tab(None, state, kind), *(_tab(each, state, kind) for each in TABS)],
        "kinds": choices(MailKind),
        "kind": kind or "",
        "state": state or "",
        "first": _address(state, kind) if after else "",
        "further": _address(state, kind, page.after) if page.after else "",
        "is_demonstration": nothing_is_real(),
        "leaves": mail_leaves(),
    }
    template = page_or_part(request, "web/outgoing/outgoing.html", "outgoing")
    return render(request, template, context)


@needs(Act.SEE_OUTGOING_MAIL)
@require_safe
def mail(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one mail as text, and what became of it."""
    seen = found(lambda: outgoing_mail_for(request.user, pk))
    context = {
        "seen": seen,
        "is_demonstration": nothing_is_real(),
        "may_see_case": request.user.may(Act.SEE_CASES),
    }
    return render(request, "web/outgoing/mail.html", context)


@needs(Act.SEE_OUTGOING_MAIL)
@require_POST
def again(request: StaffRequest, pk: int) -> HttpResponse:
    """Send a mail once more."""
    seen = found(lambda: outgoing_mail_for(request.user, pk))
    attempt(
        request,
        lambda: send_again(seen.mail, by=request.user, at=timezone.now()),
        said=_("It is sent once more."),
    )
    return redirect("mail", pk)


@needs(Act.SEE_OUTGOING_MAIL)
@require_POST
def take_back(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a mail back before it leaves."""
    seen = found(lambda: outgoing_mail_for(request.user, pk))
    attempt(
        request,
        lambda: withdraw_mail(seen.mail, by=request.user, at=timezone.now()),
        said=_("It is taken back and will not leave."),
    )
    return redirect("mail", pk)


def _chosen(kind: type[Choice], text: str) -> Choice | None:
    return kind(text) if text in set(kind) else None


def _tab(state: MailState | None, now: MailState | None, kind: MailKind | None) -> Tab:
    label = word(state) if state else _("All")
    return Tab(label, _address(state, kind), current=state is now)


def _address(state: MailState | None, kind: MailKind | None, after: str = "") -> str:
    asked = {"state": state, "kind": kind, "after": after}
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"{reverse('outgoing-mail')}?{query}" if query else reverse("outgoing-mail")
