"""What is asked when something is done, asked after, counted, closed or opened again."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from amends.cases.rules.kinds import AttemptResult, How, Mechanism, Pillar, Verdict
from amends.web.cases.forms.fields import chips, day, how, text
from amends.web.words import choices

NOT_REACHED = AttemptResult.NOT_REACHED.value


class DoneNow(forms.Form):
    """What was done while the customer was there, and their yes to it."""

    done = text(
        _("What was done"), rows=2, help_text=_("The customer reads it. In their language.")
    )
    yes_how = how(_("How they said yes"), How.TELEPHONE, How.DESK, How.EMAIL, How.LETTER)


class Asked(forms.Form):
    """What came of asking whether it is put right."""

    verdict = chips(
        _("Is it put right?"),
        [
            (Verdict.YES.value, pgettext_lazy("is it put right", "Yes")),
            (Verdict.PARTLY.value, pgettext_lazy("is it put right", "Partly")),
            (Verdict.NO.value, pgettext_lazy("is it put right", "No")),
            (NOT_REACHED, _("Not reached")),
        ],
    )
    how = how(_("How you asked"), How.TELEPHONE, How.DESK, How.EMAIL, How.LETTER)
    words = text(_("What they said, in their words"), required=False, most=5_000)


class CountCause(forms.Form):
    """Why it happened, by one tap; and what keeps it from happening again, where that is asked."""

    mechanism = chips(_("What went wrong"), choices(Mechanism))
    pillar = chips(_("Where it lies"), choices(Pillar))
    indifference = forms.BooleanField(
        label=_("Somebody was indifferent to the customer"), required=False
    )
    prevention = text(_("What keeps it from happening again"), required=False, most=5_000)
    prevention_due_on = day(_("By when"))
    none_needed_reason = text(_("Or why nothing need be done"), required=False, rows=2)
    # Last, because it hides the function of its name.
    text = text(_("In a sentence"), required=False, rows=2)

    def __init__(self, *args: Any, asks_for_prevention: bool, **kwargs: Any) -> None:  # noqa: ANN401 - the signature is Django's
        super().__init__(*args, **kwargs)
        self.asks_for_prevention = asks_for_prevention

    @property
    def preventing(self) -> list[forms.BoundField]:
        return [self["prevention"], self["prevention_due_on"], self["none_needed_reason"]]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        decided = cleaned.get("prevention") or cleaned.get("none_needed_reason")
        if self.asks_for_prevention and not decided:
            self.add_error(
                "prevention", _("Say what keeps it from happening again, or why nothing need be.")
            )
        return cleaned


class Reopen(forms.Form):
    """Why a case is opened again."""

    reason = text(_("What is new"), rows=2)


class Withdraw(forms.Form):
    """The customer's own statement that they take it back."""

    statement = text(_("What they said, in their words"))
