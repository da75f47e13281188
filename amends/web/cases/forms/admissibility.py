"""What is asked where one says whether a matter is for us to decide."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amends.cases.rules.admissibility import Ground
from amends.web.cases.forms.fields import chips, line, text
from amends.web.cases.forms.ways import Told
from amends.web.words import choices


def _day(label: Any) -> forms.DateField:  # noqa: ANN401 - lazy words
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, widget=widget)


class Grounds(forms.Form):
    """Why it may not be ours to decide, and the days that rests on."""

    happened_on = _day(_("When it happened"))
    aware_on = _day(_("When they learned of it"))
    complained_on = _day(_("When they first complained"))
    earlier = line(
        _("The case in which it was decided before"),
        required=False,
        most=40,
        help_text=_("Its reference."),
    )

    def days(self) -> dict[str, date | None]:
        """Return the days that were told."""
        names = ("happened_on", "aware_on", "complained_on")
        return {name: self.cleaned_data[name] for name in names}


class Inadmissible(Told, Grounds):
    """Why it is not for us to decide, and whom to turn to."""

    ground = chips(_("Why it is not for us"), choices(Ground))
    reason = text(_("Why, in words; the customer reads it, in their language"), rows=2)
    signpost = text(_("Whom they can turn to, and how"), rows=3)

    field_order = ("ground", "reason", "signpost", "told_how")


class InSpite(Grounds):
    """What speaks against it, and why it is looked at all the same."""

    ground = chips(
        _("What speaks against it"),
        [each for each in choices(Ground) if each[0] != Ground.NOT_OURS.value],
    )
    reason = text(_("Why we look at it all the same"), rows=2)

    field_order = ("ground", "reason")


class TakeBack(forms.Form):
    """Why it does not stand in the way after all."""

    reason = text(_("Why it does not stand in the way after all"), rows=2)
