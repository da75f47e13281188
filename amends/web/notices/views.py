"""What one was told: the bell, the list, and how one likes to hear of it."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amends.notices.actions.choosing import choose_notices
from amends.notices.actions.telling import see_all, see_notice
from amends.notices.queries.choices import likes_of
from amends.notices.queries.telling import notice_for, page_for
from amends.notices.rules.reasons import Reason
from amends.web.acts import found
from amends.web.http import StaffRequest, page_or_part, say
from amends.web.notices.forms import Choosing, initial_of
from amends.web.notices.rows import leads_to, shown


@login_required
@require_safe
def notices(request: StaffRequest) -> HttpResponse:
    """Show what the reader was told, the newest first."""
    after = request.GET.get("after", "")
    page = page_for(request.user, after=after)
    here = reverse("notices")
    context = {
        "days": shown(page.rows, timezone.localtime()),
        "first": here if after else "",
        "further": f"{here}?{urlencode({'after': page.after})}" if page.after else "",
        "is_first": not after,
    }
    return render(request, page_or_part(request, "web/notices/notices.html", "notices"), context)


@login_required
@require_safe
def bell(request: StaffRequest) -> HttpResponse:
    """Show how much the reader has not seen yet; a part, to be refreshed by itself."""
    return render(request, "web/notices/bell.html")


@login_required
@require_safe
def notice(request: StaffRequest, pk: int) -> HttpResponse:
    """Lead to what the reader was told of, and take it as seen."""
    told = found(lambda: notice_for(request.user, pk))
    see_notice(told, by=request.user, at=timezone.now())
    reference = told.case.reference if told.case else None
    return redirect(leads_to(Reason(told.reason), reference=reference, about=told.about))


@login_required
@require_POST
def seen(request: StaffRequest) -> HttpResponse:
    """Take all that the reader was told as seen."""
    see_all(request.user, at=timezone.now())
    say(request, _("All seen."))
    return redirect("notices")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def choosing(request: StaffRequest) -> HttpResponse:
    """Show how the reader hears of things, and change it."""
    given = request.POST if request.method == "POST" else None
    form = Choosing(given, initial=initial_of(likes_of(request.user)))
    if form.is_valid():
        choose_notices(request.user, likes=form.likes(), at=timezone.now())
        say(request, _("Saved"))
        return redirect("profile-notices")
    status = 422 if form.errors else 200
    return render(request, "web/notices/choosing.html", {"form": form}, status=status)
