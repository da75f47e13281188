"""What is asked where a term of the law is extended, or another law is for a case."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from amends.cases.rules.kinds import How
from amends.web.cases.forms.fields import day, how, text

SECTORS = [
    ("", _("as for all our cases")),
    ("financial", pgettext_lazy("sector", "financial services")),
    ("payments", pgettext_lazy("sector", "payment services")),
    ("telecom", pgettext_lazy("sector", "telecommunications")),
    ("other", pgettext_lazy("sector", "something else")),
]
PARTIES = [
    ("", _("as we know them")),
    ("consumer", pgettext_lazy("to a law", "a consumer")),
    ("natural-person", pgettext_lazy("to a law", "a natural person")),
    ("business", pgettext_lazy("to a law", "a business")),
]
COUNTRY = r"[A-Z]{2}"


class SumUp(forms.Form):
    """What was agreed, and how the customer is told."""

    agreed = text(_("What was agreed"), most=2_000, help_text=_("They read it: in their language."))
    told_how = how(_("How they are told"), How.EMAIL, How.LETTER)


class Extend(forms.Form):
    """Until when, why, what still has to be found out, and how the customer is told."""

    until = day(_("They have the answer by"), required=True)
    reason = text(
        _("Why it takes longer"), most=2_000, help_text=_("They read it: in their language.")
    )
    circumstances = text(
        _("What still has to be found out"),
        most=2_000,
        required=False,
        help_text=_("Some laws ask for it."),
    )
    told_how = how(_("How they are told"), How.EMAIL, How.LETTER, How.TELEPHONE, How.DESK)


class WhoseLaw(forms.Form):
    """Whose law is for the case, and why."""

    jurisdiction = forms.RegexField(
        COUNTRY,
        label=_("Country, in two letters"),
        required=False,
        max_length=2,
        help_text=_("Such as PL; empty as for all our cases."),
    )
    sector = forms.ChoiceField(label=_("Sector"), choices=SECTORS, required=False)
    party_kind = forms.ChoiceField(label=_("The customer is"), choices=PARTIES, required=False)
    reason = text(_("Why"), most=500, rows=2)
