"""The views of cases: all that one has, and what one of them shows."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from amends.cases.queries.views import Tally, page_of, pins_of, tally_of, views_for
from amends.cases.rules.shipped import Shipped
from amends.staff.rules.permissions import Act
from amends.web.http import StaffRequest, needs, page_or_part
from amends.web.inbox.views import LABELS, address, bulk_acts_for, lists_for
from amends.web.lists.cells import Sheet
from amends.web.lists.chosen import Chosen, chosen_for, of_all, pinned_tabs, saved
from amends.web.templatetags.amends import Tab


@needs(Act.SEE_CASES)
@require_safe
def views(request: StaffRequest) -> HttpResponse:
    """Show which views there are: one's own, those that are shared, and everybody's."""
    staff = request.user
    kept = [saved(view, staff) for view in views_for(staff)]
    pins = [pin.shipped or str(pin.view_id) for pin in pins_of(staff)]
    shelves = [
        (_("Yours"), [each for each in kept if each.is_mine]),
        (_("Shared with you"), [each for each in kept if not each.is_mine]),
        (_("Everybody has these"), [of_all(each) for each in Shipped]),
    ]
    context = {
        "shelves": [(title, [_with_pin(each, pins) for each in shelf]) for title, shelf in shelves],
        "has_own": any(each.is_mine for each in kept),
    }
    return render(request, "web/lists/views.html", context)


@needs(Act.SEE_CASES)
@require_safe
def view(request: StaffRequest, name: str) -> HttpResponse:
    """Show what one view shows."""
    chosen, now = chosen_for(request.user, name), timezone.localtime()
    after = request.GET.get("after", "")
    page = page_of(chosen.look, staff=request.user, at=now, after=after)
    tally = tally_of(chosen.look, staff=request.user, at=now)
    sheet = Sheet(request, chosen.look.columns)
    pinned = pinned_tabs(request.user, here=chosen.name)
    lists = [Tab(str(LABELS[one]), address(one)) for one in lists_for(request.user)]
    is_pinned = any(tab.current for tab in pinned)
    here = [] if is_pinned else [Tab(chosen.title, chosen.url, current=True)]
    context = {
        "chosen": chosen,
        "tabs": [*lists, *pinned, *here],
        "is_pinned": is_pinned,
        "tally": tally_words(tally),
        "bulk_acts": bulk_acts_for(request.user) if page.lines else [],
        "headings": sheet.headings,
        "rows": sheet.rows(page.lines, now, view=chosen.name),
        "first": chosen.url if after else "",
        "further": f"{chosen.url}?{urlencode({'after': page.after})}" if page.after else "",
    }
    return render(request, page_or_part(request, "web/lists/view.html", "cases"), context)


def tally_words(tally: Tally) -> str:
    """Return how many cases a view has, and that it is an estimate if it is one."""
    said = ngettext("%(n)s case", "%(n)s cases", tally.count)
    if not tally.is_exact:
        said = ngettext("about %(n)s case", "about %(n)s cases", tally.count)
    return said % {"n": f"{tally.count:,}".replace(",", "\N{NO-BREAK SPACE}")}


def _with_pin(chosen: Chosen, pins: list[str]) -> tuple[Chosen, bool, bool]:
    """Return a view, whether it is at hand, and whether something stands before it there."""
    is_pinned = chosen.name in pins
    return chosen, is_pinned, is_pinned and pins.index(chosen.name) > 0
