"""Our mailboxes: whose mail is fetched, how it goes, and what is wrong where it does not."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amends.base.refusal import Refused
from amends.contacts.actions.mailboxes import (
    add_mailbox,
    change_mailbox,
    pause_mailbox,
    resume_mailbox,
)
from amends.contacts.channels.email.examining import Tried, examine
from amends.contacts.queries.mailboxes import arrived_since, is_silent, left_there, mailboxes_for
from amends.contacts.rules.mailboxes import WayIn
from amends.staff.queries import teams_for
from amends.staff.rules.permissions import Act
from amends.web.acts import attempt, found, taken
from amends.web.http import StaffRequest, needs, say
from amends.web.settings.mailbox_form import AskAddress, NameMailbox, proposed
from amends.web.settings.mailbox_words import TROUBLES, Said

if TYPE_CHECKING:
    from amends.contacts.models.mailboxes import Fetching, Mailbox

MOST_LEFT_SHOWN = 20
TRIED = "mailbox_tried"


@dataclass(frozen=True, slots=True)
class Standing:
    """How a mailbox stands, as its row and its page tell it."""

    mailbox: "Mailbox"
    fetching: "Fetching | None"
    arrived_today: int
    is_fetched: bool
    is_silent: bool
    said: Said | None

    @property
    def done(self) -> int:
        """How many of what waited are fetched already."""
        return self.fetching.total - self.fetching.waiting if self.fetching else 0


@needs(Act.EDIT_ORGANISATION)
@require_safe
def mailboxes(request: StaffRequest) -> HttpResponse:
    """Show all mailboxes, and how the fetching of each stands."""
    shown = {"rows": _standings(list(mailboxes_for(request.user))), "now": timezone.localtime()}
    return render(request, "web/settings/mailboxes.html", shown)


@needs(Act.EDIT_ORGANISATION)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """Ask for the address first, then for the rest, with what the address tells."""
    asked = AskAddress(request.GET if "address" in request.GET else None)
    if request.method != "POST" and not asked.is_valid():
        status = 422 if asked.errors else 200
        return render(request, "web/settings/mailbox_new.html", {"form": asked}, status=status)
    initial = proposed(asked.cleaned_data["address"]) if request.method != "POST" else {}
    form = NameMailbox(
        request.POST if request.method == "POST" else None,
        teams=list(teams_for(request.user)),
        kept=None,
        initial=initial,
    )
    if form.is_valid() and (added := _added(request, form)):
        if added.way_in != WayIn.NONE and not added.secret:
            say(request, _("Added. Now say who lets us in without a password."))
            return redirect("settings-mailbox-consent", added.pk)
        say(request, _("Added. Now test each step."))
        return redirect("settings-mailbox", added.pk)
    return _page(request, form, None)


@needs(Act.EDIT_ORGANISATION)
@require_http_methods(["GET", "HEAD", "POST"])
def mailbox(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one mailbox, and change what is said of it."""
    kept = found(lambda: mailboxes_for(request.user).get(pk=pk))
    posted = request.POST if request.method == "POST" else None
    form = NameMailbox(posted, teams=list(teams_for(request.user)), kept=kept)
    if form.is_valid() and _changed(request, kept, form):
        say(request, _("Saved"))
        return redirect("settings-mailbox", kept.pk)
    return _page(request, form, kept)


@needs(Act.EDIT_ORGANISATION)
@require_POST
def test(request: StaffRequest, pk: int) -> HttpResponse:
    """Try each step on the way in, and show on the mailbox's page what became of it."""
    kept = found(lambda: mailboxes_for(request.user).get(pk=pk))
    if kept.way_in != WayIn.NONE:
        tried = [
            (each.step, each.trouble, each.detail) for each in examine(kept, at=timezone.now())
        ]
        request.session[TRIED] = {str(pk): tried}
    return redirect("settings-mailbox", pk)


@needs(Act.EDIT_ORGANISATION)
@require_POST
def turn(request: StaffRequest, pk: int) -> HttpResponse:
    """Pause the fetching of a mailbox, or resume it."""
    kept = found(lambda: mailboxes_for(request.user).get(pk=pk))
    act = pause_mailbox if kept.is_active else resume_mailbox
    said = _("Paused. What comes waits there.") if kept.is_active else _("Mail is fetched again.")
    attempt(request, lambda: act(kept, by=request.user, at=timezone.now()), said=said)
    return redirect("settings-mailbox", pk)


def _standings(kept: "list[Mailbox]") -> list[Standing]:
    now = timezone.localtime()
    today = arrived_since(kept, now.replace(hour=0, minute=0, second=0, microsecond=0))
    return [_standing(each, today.get(each.pk, 0)) for each in kept]


def _standing(kept: "Mailbox", arrived: int) -> Standing:
    fetching: Fetching | None = getattr(kept, "fetching", None)
    is_fetched = kept.way_in != WayIn.NONE
    return Standing(
        mailbox=kept,
        fetching=fetching,
        arrived_today=arrived,
        is_fetched=is_fetched,
        is_silent=is_fetched and kept.is_active and is_silent(kept, timezone.now()),
        said=TROUBLES.get(fetching.trouble) if fetching and fetching.trouble else None,
    )


def _page(request: StaffRequest, form: NameMailbox, kept: "Mailbox | None") -> HttpResponse:
    shown: dict[str, object] = {"form": form, "mailbox": kept, "now": timezone.localtime()}
    if kept:
        left = list(left_there(kept)[:MOST_LEFT_SHOWN])
        shown |= {
            "standing": _standings([kept])[0],
            "tried": _tried(request, kept),
            "left": [(each, TROUBLES[each.trouble]) for each in left],
        }
    return render(request, "web/settings/mailbox.html", shown, status=422 if form.errors else 200)


def _tried(request: StaffRequest, kept: "Mailbox") -> list[tuple[Tried, Said]]:
    """Return what the last test of this mailbox told, once."""
    told = request.session.get(TRIED, {}).get(str(kept.pk), [])
    if told:
        del request.session[TRIED]
    return [(Tried(*each), TROUBLES[each[0]]) for each in told]


def _added(request: StaffRequest, form: NameMailbox) -> "Mailbox | None":
    try:
        return add_mailbox(form.naming(), by=request.user, at=timezone.now())
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None


def _changed(request: StaffRequest, kept: "Mailbox", form: NameMailbox) -> bool:
    return taken(
        form, lambda: change_mailbox(kept, naming=form.naming(), by=request.user, at=timezone.now())
    )
