"""What is asked of a standard of ours, and of a warning before it is over."""

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amends.cases.rules.kinds import CaseKind, Severity
from amends.contacts.rules.kinds import Channel
from amends.people.rules.kinds import Standing
from amends.standards.actions import Notice, Target
from amends.standards.rules import targets
from amends.standards.rules.history import WaitingFor
from amends.standards.rules.targets import Measure
from amends.standards.rules.warnings import How, Whom, Whose
from amends.web.settings import standard_words as words
from amends.web.words import choices

if TYPE_CHECKING:
    from amends.staff.models import Staff
    from amends.standards.models import Standard

MOST_HOURS, MOST_DAYS = 999, 365
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


def _several(label: Any, offered: Any, coerce: Any = str) -> forms.TypedMultipleChoiceField:  # noqa: ANN401  Django's own types
    return forms.TypedMultipleChoiceField(
        label=label,
        choices=offered,
        coerce=coerce,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


def _hours() -> forms.IntegerField:
    return forms.IntegerField(label=_("Hours"), required=False, min_value=0, max_value=MOST_HOURS)


def _minutes() -> forms.IntegerField:
    return forms.IntegerField(label=_("Minutes"), required=False, min_value=0, max_value=59)


class _Spanning(forms.Form):
    """A form in which a span of time is said in hours and minutes."""

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not (said.get("hours") or said.get("minutes")) and not self.errors:
            self.add_error("hours", _("Say at least one minute."))
        return said

    def span(self) -> timedelta:
        """Return the span that was said."""
        said = self.cleaned_data
        return (said["hours"] or 0) * HOUR + (said["minutes"] or 0) * MINUTE


class WriteStandard(_Spanning):
    """Everything of one standard; where nothing is ticked, every one is meant."""

    name = forms.CharField(label=_("Name"), max_length=200)
    measure = forms.ChoiceField(
        label=_("What is measured"), choices=lambda: [*words.MEASURES.items()]
    )
    hours = _hours()
    minutes = _minutes()
    days = forms.IntegerField(
        label=_("Or whole working days"),
        required=False,
        min_value=0,
        max_value=MOST_DAYS,
        help_text=_("Each counts as we close; the day it begins on is not counted."),
    )
    around_the_clock = forms.BooleanField(
        label=_("All hours and days count, not those alone when we are open"), required=False
    )
    kinds = _several(_("Kinds of case"), lambda: choices(CaseKind))
    teams = _several(_("Teams"), (), int)
    channels = _several(_("Channels"), lambda: choices(Channel))
    severities = _several(_("How grave it is"), lambda: choices(Severity), int)
    groups = _several(_("What the customer is to us"), lambda: choices(Standing))
    customers = _several(_("Agreed with these customers"), (), int)
    pauses_on = _several(
        _("It stands still while we wait for"), lambda: [*words.WAITS.items()], WaitingFor
    )
    owner = forms.TypedChoiceField(
        label=_("Who answers for it"), coerce=int, required=False, empty_value=None
    )
    aim_percent = forms.IntegerField(
        label=_("How many of a hundred are to keep it"), min_value=1, max_value=100
    )
    measured_by = forms.CharField(
        label=_("How that is measured, and what is done about it"), required=False, max_length=300
    )
    reason = forms.CharField(label=_("Why it is so, or changes"), required=False, max_length=500)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401  Django's own signature
        teams: Iterable[tuple[int, str]],
        owners: Iterable[tuple[int, str]],
        customers: Iterable[tuple[int, str]] = (),
        kept: "Standard | None",
        **kwargs: Any,  # noqa: ANN401  Django's own signature
    ) -> None:
        offered = list(customers)
        beginning = {"aim_percent": 95, "customers": [pk for pk, _name in offered]}
        kwargs["initial"] = written(kept) if kept else beginning
        super().__init__(*args, **kwargs)
        self.fields["customers"].choices = offered  # type: ignore[attr-defined]  # a choice field
        self.fields["teams"].choices = list(teams)  # type: ignore[attr-defined]  # a choice field
        self.fields["owner"].choices = [("", _("nobody yet")), *owners]  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        """Ask for hours and minutes or for days, and never for both."""
        said = self.cleaned_data
        if not said.get("days"):
            return super().clean()
        if said.get("hours") or said.get("minutes"):
            self.add_error("days", _("Say hours and minutes, or days, but not both."))
        return said

    def target(self, owner: "Staff | None") -> Target:
        """Return what was written, as the action takes it."""
        said = self.cleaned_data
        return Target(
            name=said["name"],
            measure=Measure(said["measure"]),
            limit=self.span(),
            limit_days=said["days"] or 0,
            around_the_clock=said["around_the_clock"],
            kinds=tuple(said["kinds"]),
            teams=tuple(said["teams"]),
            channels=tuple(said["channels"]),
            severities=tuple(said["severities"]),
            groups=tuple(said["groups"]),
            customers=tuple(said["customers"]),
            pauses_on=tuple(said["pauses_on"]),
            owner=owner,
            aim_percent=said["aim_percent"],
            measured_by=said["measured_by"],
            reason=said["reason"],
        )

    def draft(self) -> targets.Standard:
        """Return what was written as the rules read it, for a dry run."""
        target = self.target(None)
        return targets.Standard(
            key="draft",
            measure=target.measure,
            span=target.limit,
            days=target.limit_days,
            kinds=frozenset(target.kinds),
            teams=frozenset(str(pk) for pk in target.teams),
            channels=frozenset(target.channels),
            severities=frozenset(target.severities),
            groups=frozenset(target.groups),
            customers=frozenset(str(pk) for pk in target.customers),
            pauses_on=frozenset(WaitingFor(each) for each in target.pauses_on),
            around_the_clock=target.around_the_clock,
        )


class WriteWarning(_Spanning):
    """How long before a standard is over somebody is told, who, and how."""

    hours = _hours()
    minutes = _minutes()
    to = forms.ChoiceField(label=_("Who is told"), choices=lambda: [*words.WHOM.items()])
    colleague = forms.TypedChoiceField(
        label=_("Which colleague"), coerce=int, required=False, empty_value=None
    )
    how = forms.ChoiceField(label=_("How"), choices=lambda: [*words.HOW.items()])

    def __init__(self, *args: Any, owners: Iterable[tuple[int, str]], **kwargs: Any) -> None:  # noqa: ANN401  Django's own signature
        super().__init__(*args, **kwargs)
        self.fields["colleague"].choices = [("", "—"), *owners]  # type: ignore[attr-defined]  # a choice field

    def notice(self, key: str, colleague: "Staff | None", about: Whose = Whose.STANDARD) -> Notice:
        """Return what was written, as the action takes it; an empty key means every standard."""
        said = self.cleaned_data
        to = Whom(said["to"])
        return Notice(
            about=about,
            before=self.span(),
            to=to,
            how=How(said["how"]),
            standard=key,
            staff=colleague if to is Whom.COLLEAGUE else None,
        )


class WriteAnyWarning(WriteWarning):
    """A warning before anything is over that runs on cases, and not one standard alone."""

    about = forms.ChoiceField(label=_("What will be over"), choices=lambda: [*words.WHOSE.items()])


def written(kept: "Standard") -> dict[str, Any]:
    """Return a standard as its form shows it."""
    lists = ("kinds", "teams", "channels", "severities", "groups", "customers", "pauses_on")
    same = ("name", "measure", "around_the_clock", "aim_percent", "measured_by")
    hours, minutes = divmod(kept.limit_minutes, 60)
    return {
        **{name: getattr(kept, name) for name in (*lists, *same)},
        "owner": kept.owner_id,
        "hours": hours or None,
        "minutes": minutes or None,
        "days": kept.limit_days or None,
    }
