"""My day: what I promised, who waits for me, whom we left on a bad note."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from amends.base.time_words import date_words
from amends.cases.queries.day import Day, Instead, my_day_for
from amends.cases.queries.first_steps import evidence_of
from amends.cases.queries.looks import looks_for
from amends.cases.queries.todos import todos_for
from amends.contacts.queries.mailboxes import mailboxes_silent
from amends.staff.queries import absence_of
from amends.staff.rules.permissions import Act
from amends.staff.rules.steps import DISMISSED, is_needed
from amends.web.away.words import absence_words
from amends.web.day.rows import Waits, waiting, waiting_instead
from amends.web.http import StaffRequest
from amends.web.live.following import follow_lists
from amends.web.live.passes import now as live_now
from amends.web.promises.rows import is_late
from amends.web.promises.rows import shown as shown_promises
from amends.web.todos.rows import shown as todos_shown
from amends.web.todos.rows import tonight_of

if TYPE_CHECKING:
    from amends.staff.models import Staff


@login_required
@require_safe
def my_day(request: StaffRequest) -> HttpResponse:
    """Show what is to be done today by whoever looks, what is due first on top."""
    began, now = live_now(), timezone.localtime()
    day = my_day_for(request.user, at=now)
    waits = waiting(day, looks_for(request.user, at=now), now)
    context = {
        "now": now,
        "day": day,
        "in_short": in_short(day, now),
        "promises": shown_promises(day.promises, now),
        "coming": shown_promises(day.coming, now),
        "waits": waits,
        "waits_first": _comes_first(waits, day),
        "instead": [_instead(each, now) for each in day.instead],
        "away": _away(request.user, now),
        "todos": todos_shown(
            todos_for(request.user, before=tonight_of(now)).rows, request.user, now
        ),
        "works": request.user.may(Act.WORK_ON_CASE),
        "is_new": is_new(request.user),
        "silent": mailboxes_silent(request.user, now),
        "live": follow_lists(request, began=began),
    }
    return render(request, "web/day/day.html", context)


def is_new(staff: "Staff") -> bool:
    """Return whether `staff` is still offered the first five minutes."""
    return DISMISSED not in staff.first_steps and is_needed(evidence_of(staff), staff.first_steps)


def in_short(day: Day, now: datetime) -> str:
    """Return the day in a few sentences: what is late, what to say first, what is due today."""
    late = sum(1 for row in day.promises if is_late(row, now))
    today = len(day.promises) - late
    of_late = ngettext("%(n)s promise is late.", "%(n)s promises are late.", late) % {"n": late}
    of_today = ngettext("%(n)s promise today.", "%(n)s promises today.", today) % {"n": today}
    told = (
        (late, of_late),
        (any(row.broken_at and not row.apologised_at for row in day.promises), _("Say so first.")),
        (today, of_today),
        (not day.promises, _("No promise falls due today.")),
    )
    return " ".join(text for holds, text in told if holds)


def _instead(instead: Instead, now: datetime) -> dict[str, object]:
    """Return what stands in the part of the day for somebody who is away."""
    return {
        "name": instead.name,
        "until": date_words(instead.until),
        "promises": shown_promises(instead.promises, now),
        "waits": waiting_instead(instead, now),
    }


def _away(staff: "Staff", now: datetime) -> str:
    """Return that the reader themselves is away just now; empty where they are not."""
    absence = absence_of(staff, at=now)
    return absence_words(absence, today=now.date()) if absence else ""


def _comes_first(waits: list[Waits], day: Day) -> bool:
    """Return whether something waits that is due before all that was promised."""
    return bool(waits and day.promises) and waits[0].at < day.promises[0].due_at
