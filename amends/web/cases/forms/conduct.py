"""What is asked where a step is passed over, and where a contact is reviewed."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amends.cases.actions.conduct import Sight
from amends.cases.rules.conduct import Conduct, Do, Dont, Seen
from amends.web.cases.forms.fields import chips, line
from amends.web.cases.forms.linking import ContactChoice
from amends.web.cases.words import STEPS
from amends.web.words import choices, word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from amends.cases.rules.steps import Step
    from amends.contacts.models import Contact

REMARK = "-remark"
ITEMS: "tuple[Conduct, ...]" = (*Do, *Dont)


class PassOver(forms.Form):
    """Which step is passed over, and why."""

    def __init__(self, *args: Any, steps: "Sequence[Step]", **kwargs: Any) -> None:  # noqa: ANN401 - the signature is Django's
        super().__init__(*args, **kwargs)
        offered = [(step.value, STEPS[step]) for step in steps]
        self.fields["step"] = chips(_("Which step"), offered)
        self.fields["reason"] = line(_("Why it does not fit here"), most=300)


class TakeUp(forms.Form):
    """Which step is asked for again."""

    def __init__(self, *args: Any, steps: "Sequence[Step]", **kwargs: Any) -> None:  # noqa: ANN401 - the signature is Django's
        super().__init__(*args, **kwargs)
        offered = [(step.value, STEPS[step]) for step in steps]
        self.fields["step"] = chips(_("Which step"), offered)


class ReviewContact(forms.Form):
    """What was seen of the dos and don'ts on one contact."""

    def __init__(self, *args: Any, contacts: "QuerySet[Contact]", **kwargs: Any) -> None:  # noqa: ANN401 - the signature is Django's
        super().__init__(*args, **kwargs)
        self.fields["contact"] = ContactChoice(label=_("Which contact"), queryset=contacts)
        for item in ITEMS:
            self.fields[item.value] = chips(word(item), choices(Seen), required=False)
            self.fields[item.value + REMARK] = line(_("A remark"), required=False)

    def sights(self) -> dict[Conduct, Sight]:
        """Return what was seen of those of which anything was said."""
        said = self.cleaned_data
        return {
            item: Sight(Seen(said[item.value]), said[item.value + REMARK])
            for item in ITEMS
            if said[item.value]
        }
