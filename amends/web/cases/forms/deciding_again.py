"""What is asked where a decision is written that stands in the place of an earlier one."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amends.cases.rules.kinds import How, Outcome
from amends.cases.rules.turns import Reviewed
from amends.web.cases.forms.deciding import Write
from amends.web.cases.forms.fields import chips, how, pick, text
from amends.web.words import choices

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from amends.cases.models.deciding import Option

    PickOption = forms.ModelChoiceField[Option]
else:
    PickOption = forms.ModelChoiceField


class WriteReviewed(Write):
    """What a reviewer writes into a new decision, and what is given now."""

    def __init__(self, *args: Any, options: "QuerySet[Option]", **kwargs: Any) -> None:  # noqa: ANN401 - the signature is Django's
        super().__init__(*args, **kwargs)
        self.fields["option"] = PickOption(
            label=_("What is given now"),
            queryset=options,
            required=False,
            empty_label=_("what was given before"),
        )
        self.order_fields(["option"])


class WriteAfterOutside(Write):
    """What we write on what an outside body decided."""

    what = text(
        _("What we do now"),
        rows=2,
        help_text=_("One sentence, as the customer will read it, in their language."),
    )
    field_order = ["what"]


class FinishReview(forms.Form):
    """What another person came to; `told` is whether a letter had told the decision."""

    result = chips(_("What you came to"), choices(Reviewed, Reviewed.STANDS, Reviewed.CHANGES))
    reasons = text(
        _("Why; the customer reads it, in their language"), required=False, most=10_000, rows=6
    )

    def __init__(self, *args: Any, told: bool, **kwargs: Any) -> None:  # noqa: ANN401 - the signature is Django's
        super().__init__(*args, **kwargs)
        if told:
            self.fields["reasons"].help_text = _("Where it changes, the new letter says why.")
            self.fields["medium"] = how(
                _("How the new letter leaves"), How.EMAIL, How.LETTER, required=False
            )
            self.fields["medium"].initial = How.EMAIL.value
        else:
            self.fields["outcome"] = pick(
                _("What it comes to, where it changes"), Outcome, required=False
            )
