"""My day: what I promised, who waits for me, whom we left on a bad note."""

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from amends.cases.queries.day import Day, my_day_for
from amends.cases.queries.first_steps import evidence_of
from amends.cases.rules.lists import Which
from amends.staff.rules.permissions import Act
from amends.staff.rules.steps import DISMISSED, is_needed
from amends.web.http import StaffRequest
from amends.web.inbox.rows import shown as shown_cases
from amends.web.promises.rows import shown as shown_promises

if TYPE_CHECKING:
    from amends.staff.models import Staff


@login_required
@require_safe
def my_day(request: StaffRequest) -> HttpResponse:
    """Show what is to be done today by whoever looks, what is due first on top."""
    now = timezone.localtime()
    day = my_day_for(request.user, at=now)
    context = {
        "now": now,
        "day": day,
        "in_short": in_short(day),
        "promises": shown_promises(day.promises, now),
        "coming": shown_promises(day.coming, now),
        "waits": shown_cases(day.waits, Which.MINE, now),
        "works": request.user.may(Act.WORK_ON_CASE),
        "is_new": is_new(request.user),
    }
    return render(request, "web/day/day.html", context)


def is_new(staff: "Staff") -> bool:
    """Return whether `staff` is still offered the first five minutes."""
    return DISMISSED not in staff.first_steps and is_needed(evidence_of(staff), staff.first_steps)


def in_short(day: Day) -> str:
    """Return the day in one or two sentences: how many promises, and what comes first."""
    count = len(day.promises)
    if not count:
        return _("No promise falls due today.")
    told = [ngettext("%(n)s promise today.", "%(n)s promises today.", count) % {"n": count}]
    broken = sum(1 for row in day.promises if row.broken_at and not row.apologised_at)
    if broken:
        told.append(
            ngettext(
                "%(n)s was not kept: say so first.", "%(n)s were not kept: say so first.", broken
            )
            % {"n": broken}
        )
    return " ".join(told)
