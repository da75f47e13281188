"""What is asked of what may be told to others, and of what the customer got in the end."""

from django import forms
from django.utils.translation import gettext_lazy as _

from amends.cases.rules.kinds import How
from amends.cases.rules.weighing import Consent, Relief
from amends.web.cases.forms.fields import chips, how
from amends.web.words import choices


class Publication(forms.Form):
    """What the customer said to their story being told to others."""

    said = chips(
        _("What they said"), [each for each in choices(Consent) if each[0] != Consent.WITHDRAWN]
    )
    how = how(_("How they said it"), How.TELEPHONE, How.DESK, How.EMAIL, How.LETTER)


class GotInTheEnd(forms.Form):
    """What the customer got in the end."""

    relief = chips(_("What they got"), choices(Relief))
