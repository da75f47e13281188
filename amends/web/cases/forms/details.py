"""What is asked to assess a case, to know what the customer wants, and to protect them."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amends.cases.rules.findings import Expectation
from amends.cases.rules.kinds import CheckLevel, Outcome, Severity, Track
from amends.cases.rules.weighing import Ahead
from amends.staff.rules.authority import RemedyKind
from amends.web.cases.forms.fields import (
    Amount,
    chips,
    colleague,
    levels,
    line,
    listed,
    moment,
    pick,
    text,
)
from amends.web.words import choices

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from amends.cases.models.findings import Heading
    from amends.staff.models import Staff

GRADES = [("", _("not assessed")), *((str(grade), str(grade)) for grade in range(1, 6))]


class Assess(forms.Form):
    """How grave it is; what nobody has assessed stays empty."""

    severity = chips(
        _("How much harm"), [("", _("not assessed")), *choices(Severity)], required=False
    )
    safety = forms.NullBooleanField(label=_("Is anybody in danger?"), required=False)
    complexity = forms.ChoiceField(label=_("How tangled, 1 to 5"), choices=GRADES, required=False)
    impact = forms.ChoiceField(
        label=_("How many it touches, 1 to 5"), choices=GRADES, required=False
    )
    money_at_stake = Amount(
        label=_("Money at stake"), required=False, min_value=0, decimal_places=2, max_digits=12
    )
    track = pick(_("Track"), Track, required=False)
    at_once = forms.NullBooleanField(label=_("Can something be done at once?"), required=False)
    ahead = forms.ChoiceField(
        label=_("Does it come before others?"),
        choices=[("", _("no, in its turn")), *choices(Ahead)],
        required=False,
        help_text=_("Only for one of these reasons; that somebody is loud is none."),
    )


class Wish(forms.Form):
    """What would put it right, in the customer's words, and the day they need it by."""

    wish = text(_("What would put it right, in their words"), required=False, most=5_000)
    kinds = forms.MultipleChoiceField(
        label=_("What that comes to"),
        choices=[each for each in choices(RemedyKind) if each[0] != RemedyKind.NONE.value],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    not_said = forms.BooleanField(label=_("They would not say"), required=False)
    need_by = moment(_("By when they need it"))
    reason = line(_("Why then"), required=False, most=300)


class Needs(forms.Form):
    """Need, wish, requirement and expectation: four things, never one."""

    need = text(_("What they need"), required=False, most=2_000, rows=2)
    wish = text(_("What they wish"), required=False, most=2_000, rows=2)
    requirement = text(_("What they require"), required=False, most=2_000, rows=2)
    expectation = text(_("What they expect"), required=False, most=2_000, rows=2)


class AddIssue(forms.Form):
    """One thing complained of, and where it stands in our lists."""

    statement = text(_("What is complained of"), rows=2)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - the signature is Django's
        products: "Iterable[Heading]" = (),
        topics: "Iterable[Heading]" = (),
        **kwargs: Any,  # noqa: ANN401 - the signature is Django's
    ) -> None:
        super().__init__(*args, **kwargs)
        was = self.initial or {}
        for name, label, headings in (
            ("product", _("Product or service"), products),
            ("topic", _("Topic"), topics),
        ):
            self.fields[name] = listed(label, headings, kept=str(was.get(name, "")))

    def complaint(self) -> dict[str, str]:
        """Return what was said, by the names that the action gives it."""
        said = self.cleaned_data
        product, sub_product = levels(said["product"])
        topic, sub_topic = levels(said["topic"])
        return {
            "statement": said["statement"],
            "product": product,
            "sub_product": sub_product,
            "topic": topic,
            "sub_topic": sub_topic,
        }


class FindOnIssue(forms.Form):
    """What was found on one thing complained of."""

    what_happened = text(_("What happened"), most=5_000)
    should_have_happened = text(_("What should have happened"), most=5_000)
    validity = pick(_("So it is"), Outcome)
    reasons = text(
        _("Why"),
        required=False,
        most=5_000,
        help_text=_("The customer reads it in the final response, in their language."),
    )
    broken = forms.MultipleChoiceField(
        label=_("What they expected, and was broken"),
        choices=choices(Expectation),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class CheckIdentity(forms.Form):
    """How we made sure of whom we speak with."""

    level = pick(_("How sure we are"), CheckLevel)
    method = line(_("By what"), most=200)


class ComplainedAbout(forms.Form):
    """Which colleague the complaint is about."""

    def __init__(self, *args: Any, colleagues: "QuerySet[Staff]", **kwargs: Any) -> None:  # noqa: ANN401 - the signature is Django's
        super().__init__(*args, **kwargs)
        self.fields["who"] = colleague(_("Which colleague"), colleagues)


class SetHold(forms.Form):
    """What must not go on while we look."""

    what = line(_("What must not go on"), most=300)
    until = moment(_("Until when"), required=True)
    told_whom = line(_("Who was told"), most=200)


class SeeToHold(forms.Form):
    """That a hold holds, or ends."""

    how = chips(
        _("The hold"),
        [("confirm", _("They confirmed that it holds")), ("lift", _("It may go on: lift it"))],
    )
