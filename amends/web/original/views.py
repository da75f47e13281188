"""One mail as it was sent: its head, and its own layout in a frame that nothing gets out of."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from amends.base.refusal import Refused
from amends.cases.queries.papers import mail_for
from amends.contacts.actions.pictures import ask_for_pictures, keep_pictures
from amends.contacts.channels.email.arrived import mail_of
from amends.contacts.channels.email.outside import fetch_pictures
from amends.contacts.channels.email.safe_html import (
    SafeHtml,
    as_address,
    pictures_in,
    safe_html,
)
from amends.contacts.queries.pictures import fetched_pictures, pictures_are_fetched
from amends.contacts.rules.messages import Inbound, Shape
from amends.contacts.rules.pictures import MOST_PICTURES
from amends.staff.rules.permissions import Act
from amends.web.acts import found
from amends.web.http import StaffRequest, needs, say

if TYPE_CHECKING:
    from amends.contacts.models import Contact

# Links open in a window of their own; nothing runs, is sent, or is fetched.
POLICY = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src data:; "
    "style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)


@needs(Act.SEE_CASES)
@require_safe
def original(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one mail with its head, in its own layout if it has one."""
    contact, mail = _read(request, pk)
    laid_out = _laid_out(contact, mail)
    context = {
        "contact": contact,
        "mail": mail,
        "has_layout": laid_out is not None,
        "left_out": len(laid_out.left_out) if laid_out else 0,
        "may_fetch": request.user.may(Act.WORK_ON_CASE) and pictures_are_fetched(),
    }
    return render(request, "web/original/original.html", context)


@needs(Act.SEE_CASES)
@require_safe
@xframe_options_sameorigin
def body(request: StaffRequest, pk: int) -> HttpResponse:
    """Show the layout of one mail, for the frame on its page."""
    contact, mail = _read(request, pk)
    laid_out = _laid_out(contact, mail)
    if laid_out is None:
        raise Http404
    return framed(request, laid_out.html, mail)


@needs(Act.WORK_ON_CASE)
@require_POST
def pictures(request: StaffRequest, pk: int) -> HttpResponse:
    """Have the pictures fetched that one mail names on other servers, and show them in it."""
    contact, mail = _read(request, pk)
    laid_out = _laid_out(contact, mail)
    wanted = laid_out.left_out[:MOST_PICTURES] if laid_out else ()
    try:
        ask_for_pictures(contact, pictures=len(wanted), by=request.user, at=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("original", pk)
    came = fetch_pictures(wanted)
    if came is None:
        say(request, _("Others are having pictures fetched. Try again in a moment."))
        return redirect("original", pk)
    kept = keep_pictures(contact, pictures=came, at=timezone.now())
    told = ngettext(
        "%(number)s picture was fetched.", "%(number)s pictures were fetched.", kept
    ) % {"number": kept}
    say(request, told if kept else _("None of the pictures could be fetched."))
    return redirect("original", pk)


def framed(request: StaffRequest, html: str, mail: Inbound) -> HttpResponse:
    """Return `html` as a page under the policy of the frame."""
    safe = mark_safe(html)  # noqa: S308 - cleaned by `safe_html`, and framed by POLICY besides
    context = {"html": safe, "mail": mail}
    response = render(request, "web/original/body.html", context)
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-DNS-Prefetch-Control"] = "off"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _read(request: StaffRequest, pk: int) -> tuple["Contact", Inbound]:
    contact, arrival = found(lambda: mail_for(request.user, pk))
    try:
        return contact, mail_of(arrival)
    except FileNotFoundError:
        raise Http404 from None


def _laid_out(contact: "Contact", mail: Inbound) -> SafeHtml | None:
    """Return the layout of a mail with the pictures that came along, and those fetched since."""
    for file in mail.attachments:
        if file.shape is Shape.ORIGINAL:
            text = bytes(file.data).decode("utf-8", "replace")
            fetched = {
                each.address_sha256: as_address(bytes(each.data), each.media_type)
                for each in fetched_pictures(contact)
            }
            return safe_html(text, pictures={**pictures_in(mail.attachments), **fetched})
    return None
