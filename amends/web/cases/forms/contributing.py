"""What is asked of who had a hand in the service behind a case."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amends.web.cases.forms.fields import line

if TYPE_CHECKING:
    from amends.people.models import Person
    from amends.staff.models import Department

DEPARTMENT, SUPPLIER = "department", "supplier"


class Contributed(forms.Form):
    """A step of the service, and whose it was."""

    step = line(
        _("What they did for the customer"),
        most=200,
        help_text=_("Such as: read the meter, printed the bill, brought the part."),
    )
    whose = forms.ChoiceField(
        label=_("Whose step it was"),
        help_text=_("A supplier stands here once it is named as somebody else in the case."),
    )
    went_wrong = forms.BooleanField(label=_("It went wrong there"), required=False)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - the signature is Django's
        departments: "Iterable[Department]",
        suppliers: "Iterable[Person]",
        **kwargs: Any,  # noqa: ANN401 - the signature is Django's
    ) -> None:
        super().__init__(*args, **kwargs)
        self.meant: dict[str, dict[str, Any]] = {
            **{f"{DEPARTMENT}-{one.pk}": {DEPARTMENT: one} for one in departments},
            **{f"{SUPPLIER}-{one.pk}": {SUPPLIER: one} for one in suppliers},
        }
        names = [(key, next(iter(one.values())).name) for key, one in self.meant.items()]
        self.fields["whose"].choices = [("", "—"), *names]  # type: ignore[attr-defined] # of a choice

    def whose_step(self) -> dict[str, Any]:
        """Return the department or the supplier, by the name that the action gives it."""
        return self.meant[self.cleaned_data["whose"]]
