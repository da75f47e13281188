"""What is asked where a case is split: which part of it goes on by itself."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from amends.base.time_words import by_words, day_words
from amends.cases.queries.linked import contacts_of
from amends.contacts.rules.kinds import Channel
from amends.web.cases.forms.fields import line, text
from amends.web.words import word

if TYPE_CHECKING:
    from amends.cases.models.case import Case, Issue
    from amends.cases.models.promises import Promise
    from amends.contacts.models import Contact

    PickIssues = forms.ModelMultipleChoiceField[Issue]
    PickContacts = forms.ModelMultipleChoiceField[Contact]
    PickSome = forms.ModelMultipleChoiceField[Promise]
    PickContact = forms.ModelChoiceField[Contact]
else:
    PickContact = forms.ModelChoiceField
    PickIssues = PickContacts = PickSome = forms.ModelMultipleChoiceField


def _label(contact: "Contact") -> str:
    when = day_words(contact.started_at, localtime())
    said = contact.gist or contact.subject
    return f"{when} · {word(Channel(contact.channel))} · {said}"


class Contacts(PickContacts):
    """Contacts of a case, by when, how, and what was said."""

    def label_from_instance(self, obj: "Contact") -> str:
        return _label(obj)


class Promises(PickSome):
    """Promises of a case, by what and by when."""

    def label_from_instance(self, obj: "Promise") -> str:
        return f"{obj.what} · {by_words(obj.due_at, localtime())}"


class ContactChoice(PickContact):
    """One contact of a case, by when, how, and what was said."""

    def label_from_instance(self, obj: "Contact") -> str:
        return _label(obj)


class Split(forms.Form):
    """What goes on as a case of its own, and why."""

    def __init__(self, *args: Any, case: "Case", **kwargs: Any) -> None:  # noqa: ANN401 - the signature is Django's
        super().__init__(*args, **kwargs)
        ticks = forms.CheckboxSelectMultiple
        began = case.case_contacts.order_by("at", "pk").values("contact")[:1]
        self.fields["issues"] = PickIssues(
            label=_("What is complained of, and goes"),
            queryset=case.issues.order_by("pk"),
            widget=ticks,
        )
        theirs = contacts_of(case).exclude(pk__in=began)
        if theirs.exists():
            self.fields["contacts"] = Contacts(
                label=_("What was said, and goes along"),
                queryset=theirs,
                widget=ticks,
                required=False,
                help_text=_("What they told first is told on both."),
            )
        if case.promises.exists():
            self.fields["promises"] = Promises(
                label=_("What was promised, and goes along"),
                queryset=case.promises.order_by("pk"),
                widget=ticks,
                required=False,
            )
        self.fields["gist"] = line(
            _("What the new case is about"),
            required=False,
            most=200,
            help_text=_("Empty: the first thing complained of that goes."),
        )
        self.fields["reason"] = text(_("Why it is two stories"), rows=2)
