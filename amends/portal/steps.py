"""The questions with which somebody tells us what happened, one a page, in their order."""

from collections.abc import Mapping
from dataclasses import dataclass

from django import forms
from django.utils.functional import Promise as Text
from django.utils.translation import gettext_lazy as _

from amends.portal.forms import Day, Reach, Story, Wish


@dataclass(frozen=True, slots=True)
class Step:
    """One question: what its page is called in the address, and its form.

    titled: the field whose label the title says already. why: what it is asked for.
    """

    name: str
    form: type[forms.Form]
    title: Text
    titled: str = ""
    why: Text | str = ""

    @property
    def fields(self) -> list[str]:
        """Return the names of what is typed here; papers are kept apart."""
        return [name for name in self.form.base_fields if name != "papers"]

    def is_answered(self, typed: Mapping[str, str]) -> bool:
        """Return whether what was typed so far answers this question."""
        return self.form(typed).is_valid()


STEPS = (
    Step("story", Story, _("Tell us what happened"), titled="story"),
    Step("wish", Wish, _("What would put it right?"), titled="wish"),
    Step("day", Day, _("Is there a day by which you need it?"), titled="need_on"),
    Step(
        "reach",
        Reach,
        _("How do we reach you?"),
        why=_("A mail address or a telephone number is enough. We use it for this matter only."),
    ),
)
BY_NAME = {step.name: step for step in STEPS}
CHECK = "check"


def before(step: Step) -> str:
    """Return the name of the page before `step`; its own for the first."""
    return STEPS[max(STEPS.index(step) - 1, 0)].name


def after(step: Step) -> str:
    """Return the name of the page after `step`."""
    names = [*(each.name for each in STEPS), CHECK]
    return names[STEPS.index(step) + 1]


def first_unanswered(typed: Mapping[str, str]) -> str:
    """Return the name of the first question that is not answered yet; that of the last page else.

    What may stay empty is answered by being empty.
    """
    return next((step.name for step in STEPS if not step.is_answered(typed)), CHECK)
