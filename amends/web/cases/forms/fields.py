"""Fields that several forms of a case have."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from amends.base.time_words import day_words, due_parts
from amends.cases.rules.kinds import How
from amends.cases.rules.moments import handy_moments
from amends.contacts.rules.kinds import Channel
from amends.staff.queries import with_absence
from amends.web.away.words import name_with_absence
from amends.web.words import choices

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django_stubs_ext import StrOrPromise

    from amends.cases.models.findings import Heading
    from amends.staff.models import Staff

    PickStaff = forms.ModelChoiceField[Staff]
else:
    PickStaff = forms.ModelChoiceField

LINE = 500
TEXT = 100_000
OTHER = "other"


class Amount(forms.DecimalField):
    """A sum of money; a comma is as good as a point."""

    def to_python(self, value: object) -> Decimal | None:  # type: ignore[override] # a slip of the stub
        plain = value.replace(",", ".").replace(" ", "") if isinstance(value, str) else value
        return super().to_python(plain)


class Colleague(PickStaff):
    """One of the colleagues at work, by name; who is away, or soon will be, with when."""

    def label_from_instance(self, obj: "Staff") -> str:
        name = name_with_absence(obj, today=timezone.localdate())
        return f"{name} · {obj.department.name}"


def line(
    label: "StrOrPromise",
    *,
    required: bool = True,
    most: int = LINE,
    help_text: "StrOrPromise" = "",
) -> Any:  # noqa: ANN401 - a field of any kind
    return forms.CharField(label=label, required=required, max_length=most, help_text=help_text)


def text(
    label: "StrOrPromise",
    *,
    required: bool = True,
    most: int = LINE,
    help_text: "StrOrPromise" = "",
    rows: int = 3,
) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=most,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def pick(
    label: "StrOrPromise", kind: type[Enum], *, initial: Enum | None = None, required: bool = True
) -> forms.ChoiceField:
    """Return a choice among the members of `kind`, by their words."""
    offered = choices(kind) if required else [("", "—"), *choices(kind)]
    return forms.ChoiceField(
        label=label, choices=offered, required=required, initial=initial and initial.value
    )


BELOW = " · "


def listed(label: "StrOrPromise", headings: "Iterable[Heading]", *, kept: str = "") -> Any:  # noqa: ANN401 - a field of any kind
    """Return a choice among our own list, on its two levels; a free line where it is empty yet.

    kept: what was chosen before, offered still though the list has it no more.
    """
    names = {in_one(each.under.name, each.name) if each.under else each.name for each in headings}
    if not names:
        return line(label, required=False, most=100)
    offered = [("", "—"), *((name, name) for name in sorted(names | ({kept} - {""})))]
    return forms.ChoiceField(label=label, choices=offered, required=False)


def in_one(above: str, under: str) -> str:
    """Return the two levels of one of our lists as they are chosen."""
    return f"{above}{BELOW}{under}" if under else above


def levels(said: str) -> tuple[str, str]:
    """Return the two levels of what was chosen from one of our lists."""
    above, _below, under = said.partition(BELOW)
    return above, under


def chips(
    label: "StrOrPromise", offered: Sequence[tuple[object, object]], *, required: bool = True
) -> forms.ChoiceField:
    """Return a choice of one, shown as chips."""
    return forms.ChoiceField(
        label=label, choices=offered, required=required, widget=forms.RadioSelect
    )


def how(label: "StrOrPromise", *among: How, required: bool = True) -> forms.ChoiceField:
    """Return a choice of how an answer came."""
    return chips(label, choices(How, *among), required=required)


# How a customer who came by one way is answered, and answers, most often.
_USUAL = {
    Channel.DESK: How.DESK,
    Channel.EMAIL: How.EMAIL,
    Channel.LETTER: How.LETTER,
}


def usual_how(channel: str) -> How:
    """Return how somebody answers most likely who reached us by `channel`."""
    return _USUAL.get(Channel(channel), How.TELEPHONE)


def moment(label: "StrOrPromise", *, required: bool = False) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, required=required, widget=widget)


def day(label: "StrOrPromise", *, required: bool = False) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget)


def colleague(
    label: "StrOrPromise",
    among: "QuerySet[Staff]",
    *,
    required: bool = True,
    empty: "StrOrPromise" = "—",
) -> Colleague:
    offered = with_absence(among, at=timezone.now())
    return Colleague(label=label, queryset=offered, required=required, empty_label=empty)


class By(forms.Form):
    """By when: one of the handy moments, one that was wished for, or any other."""

    wished_by_customer = False

    when = chips(_("By when"), ())
    due_at = moment(_("Another moment"))

    def __init__(self, *args: Any, wished: datetime | None = None, **kwargs: Any) -> None:  # noqa: ANN401 - the signature is Django's
        super().__init__(*args, **kwargs)
        now = timezone.localtime()
        handy = list(handy_moments(now))
        self.fields["when"].choices = [  # type: ignore[attr-defined] # of a choice
            *self._wished(wished, now),
            *((each.isoformat(), due_parts(each, now)[0]) for each in handy),
            (OTHER, _("other")),
        ]

    def _wished(self, wished: datetime | None, now: datetime) -> list[tuple[str, str]]:
        """Return the moment that was wished for as a choice, if it is still to come."""
        if wished is None or wished <= now:
            return []
        at = timezone.localtime(wished)
        said = due_parts(at, now)[0]
        if self.wished_by_customer:
            said = gettext("Theirs: %(moment)s") % {"moment": day_words(at, now)}
        return [(at.isoformat(), said)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        when = cleaned.get("when")
        if when and when != OTHER:
            cleaned["due_at"] = datetime.fromisoformat(when)
        elif when and not cleaned.get("due_at") and "due_at" not in self.errors:
            self.add_error("due_at", _("Choose the day and the hour."))
        return cleaned
