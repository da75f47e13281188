"""Promises as an agenda: what is owed, to whom, by when."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from amends.cases.queries.promises import kept_lately, promises_for
from amends.cases.rules.lists import Which
from amends.staff.rules.permissions import Act
from amends.web.http import StaffRequest, needs, page_or_part
from amends.web.promises.rows import shown
from amends.web.templatetags.amends import Tab

if TYPE_CHECKING:
    from amends.staff.models import Staff

LABELS: Mapping[Which, Promise] = {
    Which.MINE: _("Mine"),
    Which.TEAM: _("My team's"),
    Which.ALL: _("All"),
}


@needs(Act.SEE_CASES)
@require_safe
def promises(request: StaffRequest) -> HttpResponse:
    """Show the promises that are owed, by day, what is due first on top."""
    offered = lists_for(request.user)
    which = next((one for one in offered if one == request.GET.get("which")), offered[0])
    after = request.GET.get("after", "")
    agenda = promises_for(request.user, which=which, after=after)
    rows = shown(agenda.rows, timezone.localtime())
    context = {
        "tabs": [Tab(str(LABELS[one]), address(one), current=one is which) for one in offered],
        "days": [(day, list(of_day)) for day, of_day in groupby(rows, key=lambda row: row.day)],
        "shows_owner": which is not Which.MINE,
        "kept": kept_lately(),
        "has_calendar": request.user.may(Act.WORK_ON_CASE),
        "first": address(which) if after else "",
        "further": address(which, agenda.after) if agenda.after else "",
    }
    return render(request, page_or_part(request, "web/promises/promises.html", "promises"), context)


def lists_for(staff: "Staff") -> Sequence[Which]:
    """Return the lists that are of use to `staff`, in order."""
    if not staff.may(Act.WORK_ON_CASE):
        return (Which.ALL,)
    everywhere = staff.may(Act.WORK_ON_ANY_CASE)
    return (Which.MINE, Which.TEAM, *((Which.ALL,) if everywhere else ()))


def address(which: Which, after: str = "") -> str:
    """Return where a list is shown, from the place `after` on."""
    asked = {"which": which.value, **({"after": after} if after else {})}
    return f"{reverse('promises')}?{urlencode(asked)}"
