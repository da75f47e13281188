"""The Call, Desk and Letter sheet: begun, kept, put aside, taken down."""

from datetime import datetime
from urllib.parse import urlsplit
from uuid import uuid4

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amends.base.refusal import Refused
from amends.cases.actions.safety import call_senior_from_sheet, end_by_rule
from amends.cases.queries.safety import call_of_sheet
from amends.cases.queries.sheets import taken_down_by
from amends.coach.actions import take_down_with_cards
from amends.contacts.actions.drafts import (
    ChangedElsewhere,
    EnoughParked,
    drop_draft,
    drop_empty_sheets,
    park_draft,
)
from amends.contacts.queries.drafts import draft_of, sheets_of
from amends.contacts.rules.kinds import Channel, DraftKind
from amends.staff.queries import organisation
from amends.staff.rules.permissions import Act
from amends.web.http import StaffRequest, needs, say
from amends.web.sheet.filing import Filled, cards_of, sheet_of
from amends.web.sheet.forms import CHANNELS, Ending, SheetForm
from amends.web.sheet.page import Page
from amends.web.sheet.scans import ticket_for, uploads_of
from amends.web.sheet.typed import fields_of, initial_of, keep_typed
from amends.web.sheet.who import meant_by

KEY = DraftKind.SHEET
# The pages to which one goes back from a sheet; from anywhere else it is to My day.
BACK_TO = frozenset({"my-day", "inbox", "promises", "find", "customer", "case"})


@needs(Act.RECORD_CONTACT)
@require_safe
def new_contact(request: StaffRequest) -> HttpResponse:
    """Begin a sheet. What was begun before and left is put aside, as long as there is room."""
    drop_empty_sheets(by=request.user, at=timezone.now())
    left = [kept for kept in sheets_of(request.user) if not kept.parked]
    try:
        for kept in left:
            _park(request, kept.key)
    except EnoughParked as refusal:
        context = {"left": left, "refusal": str(refusal)}
        return render(request, "web/sheet/left.html", context, status=422)
    if left:
        say(request, _("The sheet that was open is put aside. You find it at the top."))
    return _begin(request)


def _begin(request: StaffRequest) -> HttpResponse:
    channel = request.GET.get("channel", "")
    person = request.GET.get("person", "")
    asked = {"channel": channel} if channel in dict(CHANNELS) else {}
    asked |= {"person": person} if person.isascii() and person.isdecimal() else {}
    asked |= _whence(request.GET.get("from", "") or _page_before(request))
    how = f"?{urlencode(asked)}" if asked else ""
    return redirect(reverse("sheet", args=[uuid4().hex]) + how)


def _page_before(request: StaffRequest) -> str:
    """Return the path of our page that one came from; empty if it was none of ours."""
    try:
        came = urlsplit(request.headers.get("referer", ""))
    except ValueError:
        return ""
    return came.path if came.netloc == request.get_host() else ""


def _whence(path: str) -> dict[str, str]:
    """Return what an address says of the page to go back to; nothing if `path` is no such page."""
    try:
        return {"from": path} if resolve(path).url_name in BACK_TO else {}
    except Resolver404:
        return {}


def _back(request: StaffRequest) -> HttpResponse:
    """Lead back to where one was when the sheet was begun."""
    return redirect(_whence(request.GET.get("from", "")).get("from") or reverse("my-day"))


def _park(request: StaffRequest, key: str) -> None:
    """Put one sheet aside; one on which nothing was said is forgotten.

    Raises EnoughParked.
    """
    drop_empty_sheets(by=request.user, at=timezone.now())
    if draft := draft_of(request.user, KEY, key):
        park_draft(draft, by=request.user, at=timezone.now())


@needs(Act.RECORD_CONTACT)
@require_http_methods(["GET", "POST"])
def sheet(request: StaffRequest, key: str) -> HttpResponse:
    """Show one sheet, and do what its buttons say."""
    if taken_down_by(request.user, key):
        return redirect("sheet-in-hand", key)
    if request.method == "POST":
        return _posted(request, key)
    draft = draft_of(request.user, KEY, key)
    now = timezone.localtime()
    first = {
        "channel": request.GET.get("channel") or _first_channel(),
        "begun": now.isoformat(),
        **_with(request),
    }
    initial = initial_of(draft.fields) if draft else first
    form = SheetForm(initial={**initial, "version": draft.version if draft else 0})
    return _shown(Page(request, key, form))


@needs(Act.RECORD_CONTACT)
@require_POST
def keep(request: StaffRequest, key: str) -> HttpResponse:
    """Keep what is being typed; the answer is for the script that asks."""
    at = timezone.localtime()
    try:
        version = keep_typed(request, key, fields_of(request.POST), at)
    except ChangedElsewhere as refusal:
        theirs = {"version": refusal.draft.version, "fields": refusal.draft.fields}
        return JsonResponse(theirs, status=409)
    # Asked afterwards: a text that was on its way while the sheet was taken down comes too late.
    if taken_down_by(request.user, key):
        _drop(request, key)
        return JsonResponse({"version": 0, "fields": None}, status=409)
    return JsonResponse({"version": version, "saved": f"{at:%H:%M}"})


def _shown(page: Page, *, status: int = 200, **state: object) -> HttpResponse:
    context = {"page": page, "form": page.form, **state}
    return render(page.request, "web/sheet/sheet.html", context, status=status)


def _with(request: StaffRequest) -> dict[str, str]:
    """Return what a sheet begins with that was begun from a customer's page."""
    meant = meant_by(request, typed="", chosen=request.GET.get("person", "")[:18])
    if meant.caller is None:
        return {}
    return {"who": meant.caller.person.name, "person": str(meant.caller.person.pk)}


def _first_channel() -> str:
    """Return how customers reach us first, among what a sheet is for."""
    offered = [channel for channel in organisation().channels if channel in dict(CHANNELS)]
    return offered[0] if offered else Channel.TELEPHONE.value


def _posted(request: StaffRequest, key: str) -> HttpResponse:
    act, at = request.POST.get("act", ""), timezone.localtime()
    if act == "drop":
        return _dropped(request, key)
    typed = fields_of(request.POST)
    try:
        version = keep_typed(request, key, typed, at)
    except ChangedElsewhere as refusal:
        newest = str(refusal.draft.version)
        page = Page(request, key, SheetForm(initial={**initial_of(typed), "version": newest}))
        return _shown(page, status=409, theirs=refusal.draft.fields)
    typed["version"] = str(version)
    if act in set(Ending):
        return _ended(Page(request, key, SheetForm(typed, ending=Ending(act))), at)
    page = Page(request, key, SheetForm(initial={**initial_of(typed), "version": version}))
    others = {"park": _parked, "next": _next, "senior": _called, "end-by-rule": _ended_by_rule}
    return others[act](page) if act in others else _shown(page, looked=True)


def _drop(request: StaffRequest, key: str) -> None:
    if draft := draft_of(request.user, KEY, key):
        drop_draft(draft, by=request.user, at=timezone.now())


def _dropped(request: StaffRequest, key: str) -> HttpResponse:
    _drop(request, key)
    say(request, _("The sheet was thrown away."))
    return _back(request)


def _parked(page: Page) -> HttpResponse:
    """Put the sheet aside, and go back to where one was."""
    return _put_aside(page) or _back(page.request)


def _next(page: Page) -> HttpResponse:
    """Put the sheet aside for whoever comes in, and begin theirs."""
    whence = _whence(page.request.GET.get("from", ""))
    begun = f"{reverse('new-contact')}?{urlencode(whence)}" if whence else reverse("new-contact")
    return _put_aside(page) or redirect(begun)


def _put_aside(page: Page) -> HttpResponse | None:
    """Put the sheet aside; or return the page that says why not, and what there is to do."""
    try:
        _park(page.request, page.key)
    except EnoughParked as refusal:
        return _shown(page, status=422, full=str(refusal))
    return None


def _called(page: Page) -> HttpResponse:
    """Call a senior from the sheet, which goes on as it is."""
    caller = page.speaker.caller
    person = caller.person if caller else None
    try:
        call_senior_from_sheet(page.key, person=person, by=page.request.user, at=timezone.now())
    except Refused as refusal:
        return _shown(page, status=422, refusal=str(refusal))
    return _shown(page)


def _ended_by_rule(page: Page) -> HttpResponse:
    """End the contact by rule; what was said is still taken down."""
    if call := call_of_sheet(page.request.user, page.key):
        end_by_rule(call, by=page.request.user, at=timezone.now())
    return _shown(page)


def _ended(page: Page, at: datetime) -> HttpResponse:
    """Take the sheet down, or show it again with what is missing."""
    form, uploads = page.form, []
    try:
        uploads = uploads_of(page.request)
        if form.is_valid() and page.knows_who() and page.has_our_own():
            filled = Filled(page, uploads, at)
            cards, by = cards_of(filled), page.request.user
            take_down_with_cards(sheet_of(filled), cards=cards, by=by, at=at)
            return redirect("sheet-in-hand", page.key)
    except Refused as refusal:
        page.refuse(refusal)
    page.keep_pages(ticket_for(uploads))
    return _shown(page, status=422, looked=True)
