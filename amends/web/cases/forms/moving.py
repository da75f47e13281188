"""What is asked where a contact goes to another case."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amends.cases.queries.moving import movable_contacts
from amends.web.cases.forms.fields import line
from amends.web.cases.forms.linking import ContactChoice

if TYPE_CHECKING:
    from amends.cases.models.case import Case


class MoveContact(forms.Form):
    """Which contact goes, and to which case; to a new one where none is named."""

    def __init__(self, *args: Any, case: "Case", **kwargs: Any) -> None:  # noqa: ANN401 - the signature is Django's
        super().__init__(*args, **kwargs)
        self.fields["contact"] = ContactChoice(
            label=_("What was said, and belongs elsewhere"),
            queryset=movable_contacts(case),
            widget=forms.RadioSelect,
            empty_label=None,
            help_text=_("What the case began with stays. Join the cases, or split this one."),
        )
        self.fields["into"] = line(
            _("The reference of the case it belongs to"),
            required=False,
            most=20,
            help_text=_("Empty: a new case is opened on it."),
        )
