from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from amends.cases.queries.inbox import Page, inbox_for
from amends.cases.rules.lists import Which
from amends.staff.queries import StoodInFor, stood_in_for
from amends.staff.rules.permissions import Act
from amends.web.bulk.shown import acts_for
from amends.web.http import StaffRequest, needs, page_or_part
from amends.web.inbox.rows import PAST, Shown, shown, with_the_law
from amends.web.lists.chosen import pinned_tabs
from amends.web.live.following import follow_lists
from amends.web.live.passes import now
from amends.web.templatetags.amends import Tab
from amends.web.words import word

if TYPE_CHECKING:
    from amends.staff.models import Staff

LABELS: Mapping[Which, Promise] = {
    Which.MINE: _("Mine"),
    Which.TEAM: _("My team's"),
    Which.NOT_TAKEN: _("Not yet taken"),
    Which.SNOOZED: _("Snoozed"),
    Which.ENDED: _("Ended"),
    Which.ALL: _("All"),
}

OF_TEAMS = frozenset({Which.TEAM, Which.NOT_TAKEN})
EVERYBODYS = frozenset({Which.ENDED, Which.ALL})
NOTHING: Mapping[Which, tuple[str, Promise, Promise]] = {
    Which.MINE: (
        "inbox",
        _("Nothing waits for you"),
        _("The cases that you take, or that are handed to you, stand here: what is due first."),
    ),
    Which.TEAM: (
        "people",
        _("Nothing waits for your team"),
        _("The open cases of your teams stand here, whoever owns them."),
    ),
    Which.NOT_TAKEN: (
        "promise",
        _("Everything is taken"),
        _("What comes in and has no owner yet stands here. Until then the duty owner answers."),
    ),
    Which.SNOOZED: (
        "park",
        _("Nothing is out of sight"),
        _("What you snooze stands here until its moment comes, or anything happens on it."),
    ),
    Which.ENDED: (
        "journal",
        _("Nothing has ended yet"),
        _("Cases that were closed, withdrawn or passed on stand here, the latest first."),
    ),
    Which.ALL: (
        "inbox",
        _("There are no cases yet"),
        _("Every case stands here, the latest first. The first comes with the first contact."),
    ),
}


@needs(Act.SEE_CASES)
@require_safe
def inbox(request: StaffRequest) -> HttpResponse:
    """Show one list of cases, by what is due first."""
    began = now()
    offered = lists_for(request.user)
    which = chosen(request.GET.get("which", ""), offered)
    after = request.GET.get("after", "")
    page = inbox_for(request.user, which=which, after=after)
    context = {
        "which": which.value,
        "tabs": [
            *(Tab(str(LABELS[one]), address(one), current=one is which) for one in offered),
            *pinned_tabs(request.user),
        ],
        "may_take": request.user.may(Act.WORK_ON_CASE),
        "is_past": which in PAST,
        "bulk_acts": bulk_acts_for(request.user) if page.rows else [],
        "rows": _printed(request, which, page),
        "nothing": nothing(which, offered),
        "first": address(which) if after else "",
        "further": address(which, page.after) if page.after else "",
        "live": follow_lists(
            request, began=began, teams=which in OF_TEAMS, every=which in EVERYBODYS
        ),
    }
    return render(request, page_or_part(request, "web/inbox/inbox.html", "inbox"), context)


def _printed(request: StaffRequest, which: Which, page: Page) -> list[Shown]:
    local = timezone.localtime()
    printed = shown(page.rows, which, local, instead_of=_absent(request, which, page))
    return printed if which in PAST else with_the_law(page.rows, printed, local)


def _absent(request: StaffRequest, which: Which, page: Page) -> list[StoodInFor]:
    """Return for whom the reader stands in, if a case of somebody else stands among their own."""
    others = any(row.owner != request.user.name for row in page.rows)
    return stood_in_for(request.user, at=timezone.now()) if which is Which.MINE and others else []


def bulk_acts_for(staff: "Staff") -> list[tuple[str, str]]:
    """Return what `staff` may do to many cases, with its words; nothing for who only reads."""
    works = staff.may(Act.WORK_ON_CASE)
    return [(act.value, word(act)) for act in acts_for(staff)] if works else []


def nothing(which: Which, offered: Sequence[Which]) -> dict[str, object]:
    """Return what an empty list says: what would be here, and where to go on."""
    icon, title, text = NOTHING[which]
    leads_on = which in {Which.MINE, Which.TEAM} and Which.NOT_TAKEN in offered
    return {
        "icon": icon,
        "title": title,
        "text": text,
        "url": address(Which.NOT_TAKEN) if leads_on else "",
        "act": _("See what nobody has taken yet"),
    }


def lists_for(staff: "Staff") -> Sequence[Which]:
    """Return the lists that are of use to `staff`, in order."""
    works = staff.may(Act.WORK_ON_CASE)
    everywhere = staff.may(Act.WORK_ON_ANY_CASE) or not works
    shown = {
        Which.MINE: works,
        Which.TEAM: works,
        Which.NOT_TAKEN: works,
        Which.SNOOZED: works,
        Which.ENDED: True,
        Which.ALL: everywhere,
    }
    return [which for which in Which if shown[which]]


def chosen(name: str, offered: Sequence[Which]) -> Which:
    """Return the list that `name` names, or the first of those `offered`."""
    return next((which for which in offered if which == name), offered[0])


def address(which: Which, after: str = "") -> str:
    """Return where a list is shown, from the place `after` on."""
    asked = {"which": which.value, **({"after": after} if after else {})}
    return f"{reverse('inbox')}?{urlencode(asked)}"
