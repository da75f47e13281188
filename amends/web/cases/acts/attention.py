"""Following a case, and finding a colleague to name in a note."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from amends.cases.actions.following import follow_case, unfollow_case
from amends.cases.queries.mentions import offered_for
from amends.staff.rules.permissions import Act
from amends.web.acts import attempt
from amends.web.away.words import away_words
from amends.web.cases.acting import address, found
from amends.web.http import StaffRequest, needs

LONGEST_NAME = 60


@needs(Act.SEE_CASES)
@require_POST
def follow(request: StaffRequest, reference: str) -> HttpResponse:
    """Hear from now on what the customer of a case says."""
    case = found(request, reference)
    attempt(
        request,
        lambda: follow_case(case, by=request.user, at=timezone.now()),
        said=_("You follow it: you hear when the customer says something."),
    )
    return redirect(address(case))


@needs(Act.SEE_CASES)
@require_POST
def unfollow(request: StaffRequest, reference: str) -> HttpResponse:
    """Hear of a case no longer."""
    case = found(request, reference)
    attempt(
        request,
        lambda: unfollow_case(case, by=request.user, at=timezone.now()),
        said=_("You do not follow it any more."),
    )
    return redirect(address(case))


@needs(Act.WORK_ON_CASE)
@require_safe
def mentions(request: StaffRequest, reference: str) -> HttpResponse:
    """Show the colleagues whose name begins as was typed behind an @; a part for the picker."""
    case = found(request, reference)
    typed = request.GET.get("q", "")[:LONGEST_NAME]
    now = timezone.localtime()
    offered = offered_for(case, typed, reader=request.user, at=now)
    context = {
        "offered": [
            (one, away_words(one.away_from, one.away_until, today=now.date()))
            for one in offered
            if one.may_read
        ],
        "may_not": [one for one in offered if not one.may_read],
    }
    return render(request, "web/cases/mentions.html", context)
