from typing import Any

from allauth.account import forms as allauth_forms
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from amends.contacts.rules.kinds import Channel
from amends.staff.rules.organisation import Trade
from amends.web.entry.places import country_choices, zone_choices
from amends.web.words import choices

NEW_PASSWORD = forms.PasswordInput(attrs={"autocomplete": "new-password"})
PASSWORD_HELP = _("At least 8 characters. A few words that you remember are best.")
TWO_PASSWORDS = _("These are two different passwords. Type the same twice.")
MOST_COLLEAGUES = 100_000


class _Plain(forms.Form):
    """What the library's forms have in common once its own words are taken away."""

    labels: dict[str, object]

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own signature
        for name, label in self.labels.items():
            self.fields[name].label = str(label)
            self.fields[name].widget.attrs.pop("placeholder", None)
            self.fields[name].help_text = ""
        if "password1" in self.fields:
            self.fields["password1"].help_text = PASSWORD_HELP

    def add_error(self, field: Any, error: Any) -> None:  # noqa: ANN401  Django's own signature
        """Say in our words, which are in five languages, that the two passwords differ."""
        theirs = field == "password2" and not isinstance(error, forms.ValidationError)
        super().add_error(field, TWO_PASSWORDS if theirs else error)


class SignIn(_Plain, allauth_forms.LoginForm):  # type: ignore[misc]  # the library is not typed
    labels = {"login": _("Your mail address"), "password": _("Password")}


class ForgottenPassword(_Plain, allauth_forms.ResetPasswordForm):  # type: ignore[misc]  # the library is not typed
    labels = {"email": _("Your mail address")}


class NewPassword(_Plain, allauth_forms.ResetPasswordKeyForm):  # type: ignore[misc]  # the library is not typed
    labels = {"password1": _("New password"), "password2": _("The same once more")}


class ChangedPassword(_Plain, allauth_forms.ChangePasswordForm):  # type: ignore[misc]  # the library is not typed
    labels = {
        "oldpassword": _("Present password"),
        "password1": _("New password"),
        "password2": _("The same once more"),
    }


class SetUp(forms.Form):
    size = forms.IntegerField(
        label=_("How many are you?"),
        min_value=1,
        max_value=MOST_COLLEAGUES,
        initial=3,
        help_text=_("Everybody who will work with Amends, you included."),
    )
    country = forms.ChoiceField(
        label=_("Country"), choices=lambda: [("", _("Choose")), *country_choices()]
    )
    trade = forms.ChoiceField(
        label=_("Trade"), choices=lambda: choices(Trade), widget=forms.RadioSelect
    )
    channels = forms.MultipleChoiceField(
        label=_("How do customers reach you?"),
        choices=lambda: choices(Channel),
        widget=forms.CheckboxSelectMultiple,
        initial=[Channel.TELEPHONE.value, Channel.EMAIL.value],
    )
    organisation = forms.CharField(label=_("Your organisation"), max_length=200)
    name = forms.CharField(label=_("Your name, as customers read it"), max_length=200)
    email = forms.EmailField(label=_("Your mail address"))
    password = forms.CharField(
        label=_("A password"),
        strip=False,
        max_length=200,
        widget=NEW_PASSWORD,
        help_text=PASSWORD_HELP,
    )


class Join(forms.Form):
    name = forms.CharField(label=_("Your name, as customers read it"), max_length=200)
    password = forms.CharField(
        label=_("A password"),
        strip=False,
        max_length=200,
        widget=NEW_PASSWORD,
        help_text=PASSWORD_HELP,
    )


class Profile(forms.Form):
    name = forms.CharField(label=_("Your name, as customers read it"), max_length=200)
    title = forms.CharField(label=_("What you do here"), max_length=100, required=False)
    telephone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    zone = forms.ChoiceField(label=_("Time zone"), choices=zone_choices)
    uses_shortcuts = forms.BooleanField(label=_("Keys for what is done often"), required=False)
