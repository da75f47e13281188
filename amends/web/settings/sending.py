"""How mail leaves: the server, the pace and the signature of each mailbox, and of the house."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amends.contacts.actions.identities import (
    KeyNeeded,
    begin_signing,
    keep_identity,
    make_signing_key,
    stop_signing,
)
from amends.contacts.channels.email.names import texts_at
from amends.contacts.queries.mail import house_sender, identities_kept, mailboxes_sending
from amends.contacts.rules.published import Published, published, record_name, record_of
from amends.staff.rules.permissions import Act
from amends.web.acts import attempt, found, taken
from amends.web.http import StaffRequest, needs, say
from amends.web.settings.sending_form import WriteWayOut, written

if TYPE_CHECKING:
    from amends.contacts.models.mailboxes import Mailbox

HOUSE = 0
PUBLISHED = {
    Published.RIGHT: gettext_lazy("The record is published as it must be."),
    Published.MISSING: gettext_lazy(
        "There is no record at %(name)s yet. Once it is published, an hour may pass until it is "
        "seen."
    ),
    Published.OTHER_KEY: gettext_lazy(
        "The record at %(name)s tells another key. Put the one there that stands on this page."
    ),
    Published.WITHDRAWN: gettext_lazy(
        "The record at %(name)s has an empty key, which withdraws it. Put the key there that "
        "stands on this page."
    ),
    Published.BROKEN: gettext_lazy(
        "What stands at %(name)s is no such record. Copy the one on this page again, as a whole."
    ),
    Published.SEVERAL: gettext_lazy(
        "There are several records at %(name)s. Leave only the one that stands on this page."
    ),
    Published.UNKNOWN: gettext_lazy("The DNS did not answer. Look again in some minutes."),
}


@needs(Act.EDIT_ORGANISATION)
@require_safe
def sending(request: StaffRequest) -> HttpResponse:
    """Show how mail leaves, in the name of the house and of each mailbox."""
    kept = identities_kept(request.user)
    rows = [
        (HOUSE, _("The house"), house_sender(), kept.get(None)),
        *(
            (box.pk, box.name, box.address, kept.get(box.pk))
            for box in mailboxes_sending(request.user)
        ),
    ]
    return render(request, "web/settings/sending.html", {"rows": rows})


@needs(Act.EDIT_ORGANISATION)
@require_http_methods(["GET", "HEAD", "POST"])
def way_out(request: StaffRequest, pk: int) -> HttpResponse:
    """Show how mail leaves in the name of one mailbox, and change it."""
    box = _mailbox(request, pk)
    kept = identities_kept(request.user).get(box.pk if box else None)
    form = WriteWayOut(request.POST if request.method == "POST" else None, initial=written(kept))
    if form.is_valid() and _kept(request, box, form):
        say(request, _("Saved"))
        return redirect("settings-sending")
    address = box.address if box else house_sender()
    shown = {
        "form": form,
        "box": box,
        "pk": pk,
        "address": address,
        "kept": kept,
        "record_name": record_name(kept.selector, address) if kept else "",
        "record": record_of(kept.public_key) if kept else "",
    }
    status = 422 if form.errors else 200
    return render(request, "web/settings/way_out.html", shown, status=status)


@needs(Act.EDIT_ORGANISATION)
@require_POST
def key(request: StaffRequest, pk: int) -> HttpResponse:
    """Make a new key to sign with."""
    box = _mailbox(request, pk)
    attempt(
        request,
        lambda: make_signing_key(box, by=request.user, at=timezone.now()),
        said=_("Made. Let it be published, then begin to sign."),
    )
    return redirect(reverse("settings-way-out", args=[pk]) + "#signing")


@needs(Act.EDIT_ORGANISATION)
@require_POST
def look(request: StaffRequest, pk: int) -> HttpResponse:
    """Look in the DNS whether the key is published, and say in words what is to be done."""
    box = _mailbox(request, pk)
    kept = identities_kept(request.user).get(box.pk if box else None)
    if kept and kept.public_key:
        name = record_name(kept.selector, box.address if box else house_sender())
        told = published(texts_at(name), public_key=kept.public_key)
        tell = messages.success if told is Published.RIGHT else messages.warning
        tell(request, str(PUBLISHED[told]) % {"name": name})
    else:
        messages.error(request, str(KeyNeeded()))
    return redirect(reverse("settings-way-out", args=[pk]) + "#signing")


@needs(Act.EDIT_ORGANISATION)
@require_POST
def sign(request: StaffRequest, pk: int) -> HttpResponse:
    """Begin to sign, or stop."""
    box = _mailbox(request, pk)
    if request.POST.get("stop"):
        attempt(
            request,
            lambda: stop_signing(box, by=request.user, at=timezone.now()),
            said=_("No longer signed."),
        )
    else:
        attempt(
            request,
            lambda: begin_signing(box, by=request.user, at=timezone.now()),
            said=_("Signed from now on."),
        )
    return redirect(reverse("settings-way-out", args=[pk]) + "#signing")


def _mailbox(request: StaffRequest, pk: int) -> "Mailbox | None":
    """Return the mailbox; None stands for the house."""
    return found(lambda: mailboxes_sending(request.user).get(pk=pk)) if pk else None


def _kept(request: StaffRequest, box: "Mailbox | None", form: WriteWayOut) -> bool:
    return taken(
        form, lambda: keep_identity(box, way=form.way(), by=request.user, at=timezone.now())
    )
