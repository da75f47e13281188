"""What is due in one's own calendar program: its address, and what is read there."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from amends.cases.queries.due_feed import Due, due_for
from amends.cases.rules.icalendar import Moment, write_calendar
from amends.staff.actions.calendar import replace_calendar_address
from amends.staff.queries import calendar_of_token, calendar_token
from amends.staff.rules.permissions import Act
from amends.web.http import StaffRequest, needs, say
from amends.web.words import word


@needs(Act.WORK_ON_CASE)
@require_http_methods(["GET", "HEAD", "POST"])
def address(request: StaffRequest) -> HttpResponse:
    """Show the address of one's calendar, and replace it."""
    if request.method == "POST":
        replace_calendar_address(by=request.user, at=timezone.now())
        say(request, _("There is a new address. The one before leads nowhere any more."))
        return redirect("promises-calendar")
    token = calendar_token(request.user)
    url = request.build_absolute_uri(reverse("promises-feed", args=[token])) if token else ""
    return render(request, "web/promises/calendar.html", {"address": url})


@require_safe
def read(request: HttpRequest, token: str) -> HttpResponse:
    """Send what is due for whoever the address belongs to, to a program that nobody signed in."""
    staff = calendar_of_token(token)
    if staff is None or not staff.may(Act.WORK_ON_CASE):
        raise Http404
    with translation.override(staff.language):
        moments = [_moment(request, each) for each in due_for(staff)]
        text = write_calendar(moments, name=_("Promises and what is due"), now=timezone.now())
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def _moment(request: HttpRequest, due: Due) -> Moment:
    what = word(due.next) if due.next else due.what
    url = request.build_absolute_uri(reverse("case", args=[due.reference]))
    return Moment(f"{due.uid}@{request.get_host()}", due.at, f"{due.reference}: {what}", url)
