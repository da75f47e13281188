"""What is asked of a mailbox."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from amends.contacts.actions.mailboxes import Naming
from amends.contacts.rules.mailboxes import Afterwards, Protection, SignIn, WayIn
from amends.contacts.rules.providers import IMAP_PORT, proposal_for
from amends.web.settings.mailbox_words import AFTERWARDS, PROTECTIONS, WAYS_IN

if TYPE_CHECKING:
    from amends.contacts.models.mailboxes import Mailbox
    from amends.staff.models import Team

SIGNATURE = "signature_"
# What is said to a server in one line has one.
ONE_LINE = RegexValidator(r"^[^\x00-\x1f\x7f]*\Z", _("Write it in one line."))


class AskAddress(forms.Form):
    """Where a new mailbox begins: its address tells where its mail is likely fetched."""

    address = forms.EmailField(label=_("Address"), max_length=320)


class NameMailbox(forms.Form):
    name = forms.RegexField(
        r"^[\w.@+-]{1,40}$",
        label=_("Name among us"),
        help_text=_("Short, such as “care”. Letters, digits and . @ + - _"),
    )
    address = forms.EmailField(label=_("Address"), max_length=320)
    from_name = forms.CharField(
        label=_("Name that customers see beside the address"), max_length=200, required=False
    )
    team = forms.TypedChoiceField(
        label=_("Team that gets the cases which begin here"),
        coerce=int,
        empty_value=None,
        required=False,
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages that are written here"),
        choices=settings.LANGUAGES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    way_in = forms.ChoiceField(label=_("How its mail reaches us"), choices=WAYS_IN)
    host = forms.CharField(label=_("Server"), max_length=255, required=False, validators=[ONE_LINE])
    port = forms.IntegerField(label=_("Port"), min_value=1, max_value=65535)
    protection = forms.ChoiceField(
        label=_("How TLS begins"),
        choices=PROTECTIONS,
        help_text=_("The certificate of the server is checked in any case."),
    )
    user = forms.CharField(
        label=_("Name to sign in with"),
        max_length=320,
        required=False,
        validators=[ONE_LINE],
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=1000,
        required=False,
        strip=False,
        validators=[ONE_LINE],
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("It is kept locked and never shown. Left empty, the one we have stays."),
    )
    folder = forms.CharField(
        label=_("Folder"), max_length=255, initial="INBOX", validators=[ONE_LINE]
    )
    since_on = forms.DateField(
        label=_("Only mail that came since"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Empty: everything that is there is fetched, however much it is."),
    )
    afterwards = forms.ChoiceField(
        label=_("After mail is stored here, it"), choices=AFTERWARDS, widget=forms.RadioSelect
    )
    move_to = forms.CharField(
        label=_("Move it to the folder"), max_length=255, required=False, validators=[ONE_LINE]
    )
    authority = forms.CharField(
        label=_("Certificate of an authority of your own"),
        max_length=100_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        help_text=_("In the PEM format; only where the server's certificate was issued by you."),
    )

    def __init__(
        self,
        *args: Any,  # noqa: ANN401  Django's own signature
        teams: "list[Team]",
        kept: "Mailbox | None",
        **kwargs: Any,  # noqa: ANN401  Django's own signature
    ) -> None:
        kwargs.setdefault("initial", _written(kept) if kept else {})
        super().__init__(*args, **kwargs)
        self._sign_in = kept.sign_in if kept else SignIn.PASSWORD
        self._teams = {team.pk: team for team in teams}
        way = self.data["way_in"] if "way_in" in self.data else self.initial.get("way_in")
        if way != WayIn.NONE:
            self.fields["host"].required = self.fields["user"].required = True
            lets_us_in = kept and (kept.secret or kept.sign_in == SignIn.OAUTH2)
            self.fields["password"].required = bool(kept) and not lets_us_in
        chosen = [(team.pk, team.name) for team in teams]
        self.fields["team"].choices = [("", "—"), *chosen]  # type: ignore[attr-defined]  # a choice field
        for code, name in settings.LANGUAGES:
            self.fields[SIGNATURE + code] = forms.CharField(
                label=name,
                max_length=2000,
                required=False,
                widget=forms.Textarea(attrs={"rows": 3, "lang": code}),
            )

    def signature_fields(self) -> list[forms.BoundField]:
        """Return the fields of the signature, one a language."""
        return [self[SIGNATURE + code] for code, _name in settings.LANGUAGES]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("afterwards") == Afterwards.MOVE and not said.get("move_to"):
            self.add_error("move_to", _("Say to which folder."))
        self._check_way(said)
        return said

    def _check_way(self, said: dict[str, Any]) -> None:
        """Refuse what a way in does not know: POP3 has neither folders nor dates."""
        way, afterwards = said.get("way_in"), said.get("afterwards")
        if way == WayIn.POP3 and afterwards in {Afterwards.FLAG, Afterwards.MOVE}:
            self.add_error("afterwards", _("POP3 can only leave mail there, or delete it."))
        if way == WayIn.POP3 and said.get("since_on"):
            self.add_error("since_on", _("POP3 does not tell when mail came. Leave this empty."))
        if way == WayIn.IMAP and afterwards == Afterwards.DELETE:
            self.add_error("afterwards", _("By IMAP, mail is never deleted. Move it instead."))

    def naming(self) -> Naming:
        """Return what was written."""
        said = self.cleaned_data
        signature = {code: said[SIGNATURE + code].strip() for code, _name in settings.LANGUAGES}
        return Naming(
            name=said["name"],
            address=said["address"],
            from_name=said["from_name"],
            team=self._teams.get(said["team"]),
            languages=tuple(said["languages"]),
            signature={code: text for code, text in signature.items() if text},
            way_in=WayIn(said["way_in"]),
            host=said["host"],
            port=said["port"],
            protection=Protection(said["protection"]),
            authority=said["authority"],
            user=said["user"],
            password=said["password"],
            sign_in=SignIn(self._sign_in),
            folder=said["folder"],
            afterwards=Afterwards(said["afterwards"]),
            move_to=said["move_to"],
            since_on=said["since_on"],
        )


def proposed(address: str) -> dict[str, Any]:
    """Return what is likely true of a mailbox with this address."""
    proposal = proposal_for(address)
    return {
        "name": address.partition("@")[0][:40],
        "address": address,
        "way_in": WayIn.IMAP,
        "host": proposal.host if proposal else "",
        "port": proposal.port if proposal else IMAP_PORT,
        "protection": Protection.TLS,
        "user": address,
        "folder": "INBOX",
        "afterwards": Afterwards.LEAVE,
    }


def _written(kept: "Mailbox") -> dict[str, Any]:
    fields = (
        "name", "address", "from_name", "languages", "way_in", "host", "port", "protection",
        "authority", "user", "folder", "afterwards", "move_to", "since_on",
    )  # fmt: skip
    written: dict[str, Any] = {name: getattr(kept, name) for name in fields}
    signature = {SIGNATURE + code: text for code, text in kept.signature.items()}
    return written | signature | {"team": kept.team_id}
