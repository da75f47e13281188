"""Putting a case out of sight for a while, and bringing it back."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from amends.cases.actions.snoozing import snooze_case, wake_case
from amends.cases.rules.snoozing import snoozes_until_at_most
from amends.staff.rules.permissions import Act as Permission
from amends.web.cases.acting import Act, NoFields, found, given, perform
from amends.web.cases.forms.snoozing import SnoozeCase
from amends.web.http import StaffRequest, needs

either = require_http_methods(["GET", "HEAD", "POST"])


@needs(Permission.WORK_ON_CASE)
@either
def snooze(request: StaffRequest, reference: str) -> HttpResponse:
    """Put a case out of sight until a moment, at the latest until something is due on it."""
    case = found(request, reference)
    last = snoozes_until_at_most(case.next_due_at, timezone.now())
    act = Act(
        title=_("Snooze it"),
        button=_("Snooze it") if last else "",
        done=_("Out of sight until then. It comes back at once when anything happens."),
        about=_("It leaves your lists, never for longer than until something is due on it.")
        if last
        else _("Something is due on it already. It stays in sight until that is done."),
        fields="web/cases/fields/snooze.html",
        undo=reverse("case-wake", args=[case.reference]),
        shows={"may_snooze": last is not None},
    )

    def run(said: dict[str, Any]) -> None:
        snooze_case(
            case, until=said["until"], reason=said["reason"], by=request.user, at=timezone.now()
        )

    return perform(request, case, act, SnoozeCase(given(request), last=last), run)


@needs(Permission.WORK_ON_CASE)
@either
def wake(request: StaffRequest, reference: str) -> HttpResponse:
    """Bring a snoozed case back into sight."""
    case = found(request, reference)
    act = Act(
        title=_("Bring it back"),
        button=_("Bring it back"),
        done=_("In sight again."),
        about=_("It stands in your lists again, where it is due."),
    )

    def run(_said: dict[str, Any]) -> None:
        wake_case(case, by=request.user, at=timezone.now())

    return perform(request, case, act, NoFields(given(request)), run)
