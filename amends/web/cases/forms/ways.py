"""What is asked where a case leaves the straight way: waits, goes elsewhere, is looked at again."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from amends.cases.rules.kinds import CaseKind, How, Outcome
from amends.cases.rules.lifecycle import State
from amends.cases.rules.turns import (
    LEAST_DAYS_TO_TELL,
    MOST_DAYS_TO_TELL,
    Accepted,
    Linkage,
)
from amends.contacts.rules.kinds import Channel
from amends.web.cases.forms.fields import chips, colleague, how, line, moment, pick, text
from amends.web.words import WORDS, choices

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from amends.cases.models.case import Case
    from amends.staff.models import Staff

WEEK = 7
YES = "yes"


class PlanInvestigation(forms.Form):
    """What is to be found out, where, from whom, and how often the customer hears of it."""

    questions = text(_("What is to be found out"), most=5_000)
    sources = text(_("Where we look"), most=5_000, rows=2)
    persons = text(_("Who is heard"), most=5_000, rows=2)
    update_every_days = forms.IntegerField(
        label=_("They hear how far it is every so many days"),
        min_value=LEAST_DAYS_TO_TELL,
        max_value=MOST_DAYS_TO_TELL,
        initial=WEEK,
        help_text=_("Agree it with them."),
    )


class WaitFor(forms.Form):
    """What is awaited, from whom, and until when."""

    state = chips(
        _("Whom we wait for"),
        [
            (State.WAITING_CUSTOMER.value, _("The customer")),
            (State.WAITING_INSIDE.value, _("A colleague")),
            (State.WAITING_THIRD_PARTY.value, _("Somebody outside")),
        ],
    )
    what = line(_("What we wait for"), most=300)
    whom = line(_("From whom"), most=200, help_text=_("A name, or “the customer”."))
    until = moment(_("Until when"), required=True)


class WaitOver(forms.Form):
    """Whether what was awaited came."""

    came = chips(
        _("What we waited for"),
        [(YES, _("It came")), ("no", _("We go on without it"))],
    )


class Told(forms.Form):
    """How the customer is told of it."""

    def __init__(self, *args: Any, has_mail: bool, **kwargs: Any) -> None:  # noqa: ANN401 - the signature is Django's
        super().__init__(*args, **kwargs)
        by_mail = [(How.EMAIL.value, _("Write to them now"))] if has_mail else []
        spoken = [
            (How.TELEPHONE.value, _("I have told them on the telephone")),
            (How.DESK.value, _("I have told them at the desk")),
            (How.LETTER.value, _("I have sent them a letter")),
        ]
        self.fields["told_how"] = chips(_("How they hear of it"), [*by_mail, *spoken])


class Forward(Told):
    """Who takes the case over, and why it is theirs."""

    name = line(_("Who takes it"), most=200, help_text=_("The organisation."))
    accepted_by = line(_("Who there said yes to it"), most=200)
    reason = text(_("Why it is theirs; the customer reads it, in their language"), rows=2)


class AskReview(forms.Form):
    """What another person should look at."""

    reason = text(_("What should be looked at again, in their words"), most=5_000)

    def __init__(self, *args: Any, colleagues: "QuerySet[Staff]", **kwargs: Any) -> None:  # noqa: ANN401 - the signature is Django's
        super().__init__(*args, **kwargs)
        nearest = _("whoever is nearest and did not decide it")
        self.fields["reviewer"] = colleague(
            _("Who looks at it"), colleagues, required=False, empty=nearest
        )


class GoOutside(forms.Form):
    """Which outside body looks at it."""

    name = line(_("Which body"), most=200)
    reference = line(_("Their reference"), most=100, help_text=_("It stands in their letter."))


class OutsideDecided(forms.Form):
    """What an outside body decided."""

    outcome = pick(_("What they found"), Outcome)
    reasons = text(_("Why, in short"), most=10_000)
    binding = forms.BooleanField(label=_("It binds us"), required=False)
    accepted = chips(_("Who accepted it"), choices(Accepted))
    award = text(_("What we are to do"), required=False, most=5_000, rows=2)
    comply_by = moment(_("By when"))


class Comply(forms.Form):
    """That what an outside body decided was done."""

    evidence = text(_("What was done"), rows=2)


class Merge(forms.Form):
    """Which case takes this one in."""

    into = line(_("The reference of the other case"), most=40)
    reason = text(_("Why it is one and the same story"), rows=2)

    def __init__(self, *args: Any, others: "Iterable[Case]", **kwargs: Any) -> None:  # noqa: ANN401 - the signature is Django's
        super().__init__(*args, **kwargs)
        theirs = [(each.reference, f"{each.reference} · {each.gist}") for each in others]
        if theirs:
            offered = [*theirs, ("", _("another one"))]
            self.fields["which"] = chips(_("One of their other cases"), offered, required=False)
            self.fields["which"].initial = ""
            self.fields["into"].required = False
            self.order_fields(("which", "into", "reason"))

    def clean(self) -> dict[str, Any]:
        """Take the case that was chosen, or else the one whose reference was typed."""
        cleaned = super().clean() or self.cleaned_data
        which = cleaned.pop("which", "")
        cleaned["into"] = which or cleaned.get("into", "")
        if not cleaned["into"] and "into" not in self.errors:
            self.add_error("into", _("Choose the other case, or type its reference."))
        return cleaned


class LinkCase(forms.Form):
    """What this case is to another one."""

    linkage = chips(_("This case"), choices(Linkage))
    other = line(_("The reference of the other case"), most=40)
    why = line(_("Why"), required=False, most=200)


class NextCase(forms.Form):
    """What is told now, of a matter that ended too long ago to be opened again."""

    channel = chips(
        _("How"),
        [
            (channel.value, WORDS[Channel][channel])
            for channel in (Channel.TELEPHONE, Channel.DESK, Channel.LETTER, Channel.EMAIL)
        ],
    )
    wish = text(_("What would put it right, in their words"), required=False, rows=2)
    # Last, because it hides the function of its name.
    text = text(_("What they said, in their words"), most=100_000, rows=5)

    field_order = ("text", "channel", "wish")


class ChangeKind(forms.Form):
    """That a case is something else, and why."""

    kind = pick(_("It is"), CaseKind)
    reason = text(_("Why it is something else"), rows=2)
    agreed_how = how(
        pgettext_lazy("change of kind", "The customer agreed"),
        How.TELEPHONE,
        How.DESK,
        How.EMAIL,
        How.LETTER,
        required=False,
    )
