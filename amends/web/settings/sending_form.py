"""What is asked of how mail leaves."""

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from amends.contacts.actions.identities import WayOut
from amends.contacts.rules.sending import Security
from amends.web.words import choices

if TYPE_CHECKING:
    from amends.contacts.models.sending import SendingIdentity

MOST = 100_000


class WriteWayOut(forms.Form):
    """The server, and how many mails may leave."""

    host = forms.CharField(
        label=_("Server"),
        max_length=255,
        required=False,
        help_text=_("Such as smtp.example.org. Empty: the server of the installation."),
    )
    port = forms.IntegerField(label=_("Port"), min_value=1, max_value=65_535, initial=587)
    security = forms.ChoiceField(
        label=_("How the way there is protected"),
        choices=lambda: choices(Security),
        initial=Security.STARTTLS.value,
    )
    user = forms.CharField(label=_("Name to sign in with"), max_length=320, required=False)
    password = forms.CharField(
        label=_("Password"),
        max_length=1000,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("It is kept locked. Empty: the one that is kept stays."),
    )
    per_minute = forms.IntegerField(
        label=_("At most so many in a minute"), min_value=1, max_value=MOST, required=False
    )
    per_hour = forms.IntegerField(
        label=_("At most so many in an hour"), min_value=1, max_value=MOST, required=False
    )

    def way(self) -> WayOut:
        """Return what was written, as the action takes it."""
        said = self.cleaned_data
        return WayOut(
            host=said["host"].strip(),
            port=said["port"],
            security=Security(said["security"]),
            user=said["user"].strip(),
            password=said["password"] or None,
            per_minute=said["per_minute"],
            per_hour=said["per_hour"],
        )


def written(kept: "SendingIdentity | None") -> dict[str, object]:
    """Return how mail leaves as its form shows it; the password is never shown."""
    if kept is None:
        return {}
    names = ("host", "port", "security", "user", "per_minute", "per_hour")
    return {name: getattr(kept, name) for name in names}
