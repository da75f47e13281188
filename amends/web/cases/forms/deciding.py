"""What is asked when something is approved, put to the customer, decided and done."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amends.cases.rules.kinds import How
from amends.web.cases.forms.fields import chips, colleague, how, line, text

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from amends.staff.models import Staff


class AskApproval(forms.Form):
    """Whom to ask, and why it should be given."""

    reason = text(_("Why this should be given"), rows=2)

    def __init__(self, *args: Any, able: "QuerySet[Staff]", **kwargs: Any) -> None:  # noqa: ANN401 - the signature is Django's
        super().__init__(*args, **kwargs)
        self.fields["of"] = colleague(
            _("Whom to ask"),
            able.select_related("department"),
            required=False,
            empty=_("the nearest who may"),
        )


class AnswerApproval(forms.Form):
    """Yes or no, with a word."""

    granted = chips(_("May it be given?"), [("yes", _("Yes")), ("no", _("No"))])
    words = text(_("A word to it"), required=False, rows=2, help_text=_("A no needs one."))


class View(forms.Form):
    """What the customer says to the proposal."""

    words = text(_("What they say to it, in their words"), required=False, most=5_000)
    how = how(_("How they said it"), How.TELEPHONE, How.DESK, How.EMAIL, How.LETTER, required=False)
    value_confirmed = forms.NullBooleanField(
        label=_("Is it worth to them what we think?"), required=False
    )
    tried = line(_("Or what was tried to reach them"), required=False)


class Write(forms.Form):
    """What only a person can write into the final response."""

    apology = text(_("The apology"), required=False, most=5_000)
    reasons = text(_("Why it was decided so"), required=False, most=10_000, rows=5)
    changes = text(
        _("What we change, so that it does not happen again"), required=False, most=5_000
    )
    admits = forms.BooleanField(
        label=_("We say that it was our mistake. An apology alone does not."), required=False
    )


class Decide(forms.Form):
    """How the final response leaves."""

    medium = how(_("How it leaves"), How.EMAIL, How.LETTER)


class Accept(forms.Form):
    """How they said yes."""

    how = how(_("How they said yes"), How.TELEPHONE, How.DESK, How.EMAIL, How.LETTER)


class Delivered(forms.Form):
    """How we know that they have it."""

    how = line(_("How you know that they have it"), most=200)
