"""What is asked when something is promised, answered, kept or not kept."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from amends.cases.rules.kinds import Basis, How
from amends.staff.rules.authority import FREE, Limit, RemedyKind
from amends.web.cases.forms.fields import Amount, By, chips, colleague, how, pick, text
from amends.web.cases.words import remedy_within
from amends.web.words import word

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from amends.staff.models import Staff

SEND = "send"


class MakePromise(By):
    """A promise: what, by when, who keeps it, what is given, and how the customer hears of it."""

    what = text(
        _("What we promise"),
        rows=2,
        help_text=_("One sentence, as the customer will read it. The day is added by itself."),
    )
    remedy = pick(_("What is given"), RemedyKind, initial=RemedyKind.NONE)
    amount = Amount(label=_("How much"), required=False, min_value=0, decimal_places=2)
    basis = pick(_("On what it rests"), Basis, initial=Basis.POLICY)
    told = chips(_("How they hear of it"), ())
    wished_by_customer = True

    field_order = ("what", "when", "due_at", "owner", "told", "remedy", "amount", "basis")

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - the signature is Django's
        limits: Mapping[RemedyKind, Limit],
        colleagues: "QuerySet[Staff]",
        has_mail: bool,
        wished: datetime | None = None,
        **kwargs: Any,  # noqa: ANN401 - the signature is Django's
    ) -> None:
        super().__init__(*args, wished=wished, **kwargs)
        self.fields["remedy"].choices = _within(limits)  # type: ignore[attr-defined] # of a choice
        self.fields["owner"] = colleague(
            _("Who keeps it"), colleagues, required=False, empty=_("I do")
        )
        spoken = [
            (How.TELEPHONE.value, _("They said yes on the telephone")),
            (How.DESK.value, _("They said yes at the desk")),
        ]
        written = [(SEND, _("Send the slip by mail"))] if has_mail else []
        later = [("", _("I tell them later"))]
        self.fields["told"].choices = [*written, *spoken, *later]  # type: ignore[attr-defined] # of a choice
        self.fields["told"].required = False
        self.fields["told"].initial = written[0][0] if written else ""
        self.order_fields(self.field_order)

    @property
    def given(self) -> list[forms.BoundField]:
        """What is asked only when something is given."""
        return [self["remedy"], self["amount"], self["basis"]]


class KeepPromise(forms.Form):
    """That a promise was kept."""

    evidence = text(
        _("What was done"), rows=2, help_text=_("The customer reads it. In their language.")
    )


class SaySorryFirst(forms.Form):
    """How we said, before anything else, that a promise was not kept."""

    said = chips(
        _("How"),
        [
            (SEND, _("Write to them now")),
            ("spoken", pgettext_lazy("we said sorry", "I have told them")),
        ],
    )

    def __init__(self, *args: Any, has_mail: bool, **kwargs: Any) -> None:  # noqa: ANN401 - the signature is Django's
        super().__init__(*args, **kwargs)
        field = self.fields["said"]
        if not has_mail:
            field.choices = [one for one in field.choices if one[0] != SEND]  # type: ignore[attr-defined] # of a choice
        field.initial = "spoken"


class TheirYes(forms.Form):
    """How the customer said yes to a promise."""

    how = how(_("How they said it"), How.TELEPHONE, How.DESK, How.EMAIL, How.LETTER)


class AnotherDay(By):
    """The day that the customer asks for instead."""

    words = text(_("Why, in their words"), required=False, rows=2)


def _within(limits: Mapping[RemedyKind, Limit]) -> list[tuple[str, str]]:
    """Return what the reader may give: nothing first, then what costs nothing, then the rest."""
    free = [RemedyKind.NONE, *sorted(FREE - {RemedyKind.NONE})]
    bounded = [(kind, limit) for kind, limit in limits.items() if kind not in FREE]
    return [
        *((kind.value, word(kind)) for kind in free),
        *((kind.value, remedy_within(kind, limit)) for kind, limit in bounded),
    ]
