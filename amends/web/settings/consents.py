"""Being let into a mailbox without a password, by Google, Microsoft or another issuer."""

import secrets
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from amends.base.refusal import Refused
from amends.contacts.actions.consent import Asking, name_issuer, note_consent, use_password
from amends.contacts.channels.email.issuing import tokens_for
from amends.contacts.queries.mailboxes import consent_of, mailboxes_for
from amends.contacts.rules.consent import KNOWN, Endpoints, challenge_of, way_to_ask
from amends.contacts.rules.fetching import CannotFetch
from amends.contacts.rules.mailboxes import Issuer
from amends.contacts.rules.providers import proposal_for
from amends.staff.rules.permissions import Act
from amends.web.acts import attempt, found, taken
from amends.web.http import StaffRequest, needs, say
from amends.web.settings.mailbox_words import ISSUERS, TROUBLES

if TYPE_CHECKING:
    from amends.contacts.models.mailboxes import Consent

ASKED = "mailbox_asked"


class NameIssuer(forms.Form):
    issuer = forms.ChoiceField(label=gettext_lazy("Who lets us in"), choices=ISSUERS)
    client_id = forms.CharField(label=gettext_lazy("Client ID"), max_length=300)
    client_secret = forms.CharField(
        label=gettext_lazy("Client secret"),
        max_length=1000,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=gettext_lazy(
            "It is kept locked and never shown. Left empty, the one we have stays."
        ),
    )
    authorise_at = forms.URLField(
        label=gettext_lazy("Address where people are asked"), max_length=300, required=False,
        assume_scheme="https", help_text=gettext_lazy("Only for another issuer."),
    )  # fmt: skip
    token_at = forms.URLField(
        label=gettext_lazy("Address where tokens are given"), max_length=300, required=False,
        assume_scheme="https", help_text=gettext_lazy("Only for another issuer."),
    )  # fmt: skip
    scope = forms.CharField(
        label=gettext_lazy("What is asked for (scope)"), max_length=500, required=False,
        help_text=gettext_lazy("Only for another issuer."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("issuer") == Issuer.OTHER:
            for name in ("authorise_at", "token_at", "scope"):
                if not said.get(name) and name not in self.errors:
                    self.add_error(name, _("This is needed for another issuer."))
        return said

    def asking(self) -> Asking:
        """Return what was written."""
        said = self.cleaned_data
        issuer = Issuer(said["issuer"])
        written = Endpoints(said["authorise_at"], said["token_at"], said["scope"])
        return Asking(
            issuer=issuer,
            endpoints=KNOWN.get(issuer, written),
            client_id=said["client_id"],
            client_secret=said["client_secret"],
        )


@needs(Act.EDIT_ORGANISATION)
@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: StaffRequest, pk: int) -> HttpResponse:
    """Show who lets us into a mailbox, and name another one."""
    mailbox = found(lambda: mailboxes_for(request.user).get(pk=pk))
    kept = consent_of(mailbox)
    posted = request.POST if request.method == "POST" else None
    form = NameIssuer(posted, initial=_written(kept, mailbox.address))
    if form.is_valid():
        asking = form.asking()
        if taken(
            form, lambda: name_issuer(mailbox, asking=asking, by=request.user, at=timezone.now())
        ):
            say(request, _("Saved. Now let the owner of the mailbox allow it."))
            return redirect("settings-mailbox-consent", pk)
    shown = {
        "form": form, "mailbox": mailbox, "consent": kept, "back_to": _back_to(),
        "now": timezone.localtime(),
    }  # fmt: skip
    status = 422 if form.errors else 200
    return render(request, "web/settings/mailbox_consent.html", shown, status=status)


@needs(Act.EDIT_ORGANISATION)
@require_safe
def ask(request: StaffRequest, pk: int) -> HttpResponse:
    """Go to the issuer, who asks the owner of the mailbox."""
    mailbox = found(lambda: mailboxes_for(request.user).get(pk=pk))
    kept = consent_of(mailbox)
    if kept is None:
        raise Http404
    state, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(48)
    request.session[ASKED] = {"mailbox": pk, "state": state, "verifier": verifier}
    way = way_to_ask(
        Endpoints(kept.authorise_at, kept.token_at, kept.scope),
        client_id=kept.client_id,
        back_to=_back_to(),
        state=state,
        challenge=challenge_of(verifier),
        user=mailbox.user or mailbox.address,
    )
    return redirect(way)


@needs(Act.EDIT_ORGANISATION)
@require_safe
def allowed(request: StaffRequest) -> HttpResponse:
    """Take what the issuer says after it has asked, if it is we who sent somebody there."""
    asked = request.session.pop(ASKED, None)
    state = request.GET.get("state", "")
    if not asked or not constant_time_compare(state, asked["state"]):
        raise PermissionDenied
    mailbox = found(lambda: mailboxes_for(request.user).get(pk=asked["mailbox"]))
    kept = consent_of(mailbox)
    code = request.GET.get("code", "")
    if kept is None or not code:
        told = request.GET.get("error", "")[:100]
        messages.error(request, _("It was not allowed. %(told)s") % {"told": told})
        return redirect("settings-mailbox-consent", mailbox.pk)
    try:
        tokens = tokens_for(kept, code=code, verifier=asked["verifier"], back_to=_back_to())
        note_consent(mailbox, tokens=tokens, by=request.user, at=timezone.now())
    except CannotFetch as problem:
        wrong = TROUBLES[problem.trouble].wrong
        messages.error(request, f"{wrong} {problem.detail}")
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        say(request, _("Allowed. Now test each step."))
        return redirect("settings-mailbox", mailbox.pk)
    return redirect("settings-mailbox-consent", mailbox.pk)


@needs(Act.EDIT_ORGANISATION)
@require_POST
def by_password(request: StaffRequest, pk: int) -> HttpResponse:
    """Sign in with the password again."""
    mailbox = found(lambda: mailboxes_for(request.user).get(pk=pk))
    attempt(
        request,
        lambda: use_password(mailbox, by=request.user, at=timezone.now()),
        said=_("The password counts again. What was allowed is forgotten."),
    )
    return redirect("settings-mailbox", pk)


def _back_to() -> str:
    return f"{settings.BASE_ADDRESS}{reverse('settings-mailbox-allowed')}"


def _written(kept: "Consent | None", address: str) -> dict[str, str]:
    if kept is None:
        proposal = proposal_for(address)
        return {"issuer": proposal.issuer if proposal and proposal.issuer else Issuer.GOOGLE}
    written = {"issuer": kept.issuer, "client_id": kept.client_id}
    if kept.issuer == Issuer.OTHER:
        written |= {
            "authorise_at": kept.authorise_at, "token_at": kept.token_at, "scope": kept.scope
        }  # fmt: skip
    return written
