"""One mail as it was sent: its head, and its own layout in a frame that nothing gets out of."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from amends.cases.queries.papers import mail_for
from amends.contacts.channels.email.arrived import mail_of
from amends.contacts.channels.email.safe_html import SafeHtml, pictures_in, safe_html
from amends.contacts.rules.messages import Inbound, Shape
from amends.staff.rules.permissions import Act
from amends.web.acts import found
from amends.web.http import StaffRequest, needs

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
    laid_out = _laid_out(mail)
    context = {
        "contact": contact,
        "mail": mail,
        "has_layout": laid_out is not None,
        "left_out": laid_out.left_out if laid_out else 0,
    }
    return render(request, "web/original/original.html", context)


@needs(Act.SEE_CASES)
@require_safe
@xframe_options_sameorigin
def body(request: StaffRequest, pk: int) -> HttpResponse:
    """Show the layout of one mail, for the frame on its page."""
    _contact, mail = _read(request, pk)
    laid_out = _laid_out(mail)
    if laid_out is None:
        raise Http404
    return framed(request, laid_out.html, mail)


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


def _read(request: StaffRequest, pk: int) -> tuple[object, Inbound]:
    contact, arrival = found(lambda: mail_for(request.user, pk))
    try:
        return contact, mail_of(arrival)
    except FileNotFoundError:
        raise Http404 from None


def _laid_out(mail: Inbound) -> SafeHtml | None:
    for file in mail.attachments:
        if file.shape is Shape.ORIGINAL:
            text = bytes(file.data).decode("utf-8", "replace")
            return safe_html(text, pictures=pictures_in(mail.attachments))
    return None
