"""The list that the reader of a case came from: one of the Inbox, or a view."""

from dataclasses import replace

from django.http import Http404
from django.utils import timezone
from django.utils.http import urlencode

from amends.cases.queries.inbox import inbox_for
from amends.cases.queries.views import page_of
from amends.cases.rules.lists import Which
from amends.cases.rules.views import Order
from amends.web.http import StaffRequest
from amends.web.inbox import rows
from amends.web.inbox.views import LABELS, address, chosen, lists_for
from amends.web.lists.chosen import Chosen, chosen_for


def came_from(request: StaffRequest) -> dict[str, object]:
    """Return the list that the reader came from, with its first cases and the way back to it."""
    if view := _view(request):
        return _of_view(request, view)
    which = chosen(request.GET.get("list", ""), lists_for(request.user))
    page = inbox_for(request.user, which=which)
    return {
        "list_label": LABELS[which],
        "list_url": address(which),
        "list_rows": rows.shown(page.rows, which, timezone.localtime()),
    }


def _view(request: StaffRequest) -> Chosen | None:
    """Return the view that the address names; None if it names none that the reader may see."""
    name = request.GET.get("view", "")
    try:
        return chosen_for(request.user, name) if name else None
    except Http404:
        return None


def _of_view(request: StaffRequest, view: Chosen) -> dict[str, object]:
    now = timezone.localtime()
    found = page_of(replace(view.look, columns=()), staff=request.user, at=now)
    which = Which.TEAM if view.look.order is Order.DUE_FIRST else Which.ALL
    back = urlencode({"view": view.name})
    return {
        "list_label": view.title,
        "list_url": view.url,
        "list_rows": rows.shown((line.row for line in found.lines), which, now, back=back),
    }
