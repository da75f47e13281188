"""The composer: a reply by mail, a note for colleagues, a call logged."""

from email.utils import getaddresses
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from amends.contacts.rules.kinds import Channel, Direction, Mood
from amends.people.rules.points import folded_mail
from amends.web.cases.forms.fields import LINE, TEXT, chips, line, moment
from amends.web.words import choices

SEND, WITH_PROMISE = "send", "promise"
MOST_COPIES = 20


class Files(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFiles(forms.FileField):
    """Any number of files."""

    def clean(self, data: Any, initial: Any = None) -> Any:  # noqa: ANN401 - the signature is Django's
        given = data if isinstance(data, list) else [data] if data else []
        one = super().clean
        return [one(each, initial) for each in given]


def composed(label: Any) -> forms.CharField:  # noqa: ANN401 - a lazy text
    widget = forms.Textarea(attrs={"class": "composer-text", "rows": 6})
    return forms.CharField(label=label, max_length=TEXT, required=False, widget=widget)


class Addresses(forms.CharField):
    """Any number of mail addresses, with commas between; with names, as they are copied, too."""

    def clean(self, value: Any) -> Any:  # noqa: ANN401 - the signature is Django's
        typed = str(super().clean(value)).replace(";", ",").replace("\n", ",")
        found = tuple(address for _name, address in getaddresses([typed]) if address)
        if len(found) > MOST_COPIES:
            most = _("At most %(most)s addresses.") % {"most": MOST_COPIES}
            raise forms.ValidationError(most)
        if typed.strip(" ,") and not found:
            raise forms.ValidationError(_("This is no mail address."))
        for address in found:
            if not folded_mail(address):
                wrong = _("%(address)s is no mail address.") % {"address": address}
                raise forms.ValidationError(wrong)
        return found


class Reply(forms.Form):
    """A mail to the customer. What follows is said by the button: send, or promise first.

    machine: the key of a machine's draft that was put into it.
    """

    prefix = "reply"
    text = composed(_("Reply"))
    cc = Addresses(
        label=_("Copy to"),
        max_length=LINE,
        required=False,
        help_text=_("Addresses with commas between. Everybody who gets the mail sees them."),
    )
    bcc = Addresses(
        label=_("Copy unseen to"),
        max_length=LINE,
        required=False,
        help_text=_("Nobody else sees these."),
    )
    strangers = forms.BooleanField(
        label=_("Who has no part in this case may read this, too"), required=False
    )
    leaves_at = moment(_("Send it later, at"))
    machine = forms.CharField(max_length=20, required=False, widget=forms.HiddenInput)
    attached = ManyFiles(label=_("Attach"), required=False, widget=Files())


class Note(forms.Form):
    """A note for colleagues."""

    prefix = "note"
    text = composed(_("A note for colleagues; the customer never sees it"))


class Call(forms.Form):
    """A call or a visit that belongs to this case."""

    prefix = "call"
    direction = chips(
        _("Who called"),
        [
            (Direction.OUT.value, pgettext_lazy("who called", "I called them")),
            (Direction.IN.value, pgettext_lazy("who called", "They called us")),
        ],
    )
    channel = chips(
        _("How"),
        [
            (Channel.TELEPHONE.value, _("On the telephone")),
            (Channel.DESK.value, _("At the desk")),
        ],
    )
    text = composed(_("What they said, in their words"))
    note = line(_("A note beside it"), required=False)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=600, initial=5)
    mood_start = chips(_("Mood at the start"), choices(Mood), required=False)
    mood_end = chips(_("Mood at the end"), choices(Mood), required=False)
