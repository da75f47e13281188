"""What each act on many cases needs to know."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from amends.base.time_words import due_parts
from amends.cases.queries.colleagues import who_look_after
from amends.cases.queries.reading import cases_for
from amends.cases.queries.tags import Tags
from amends.cases.rules.bulk import BulkAct
from amends.cases.rules.moments import handy_moments
from amends.cases.rules.reference import read_reference
from amends.cases.rules.turns import Linkage
from amends.staff.queries import teams_for
from amends.web.cases.forms.fields import OTHER, chips, colleague, line, moment, text
from amends.web.words import choices

if TYPE_CHECKING:
    from amends.cases.models.case import Case
    from amends.staff.models import Staff, Team

    PickTeam = forms.ModelChoiceField[Team]
else:
    PickTeam = forms.ModelChoiceField


class Order(forms.Form):
    """What an act needs besides the cases; one that needs nothing asks nothing."""

    def __init__(self, *args: Any, staff: "Staff", told: Tags, **kwargs: Any) -> None:  # noqa: ANN401 - the signature is Django's
        super().__init__(*args, **kwargs)
        self.staff, self.told = staff, told
        self.ask()

    def ask(self) -> None:
        """Add the fields whose choices depend on who asks."""

    def order(self) -> dict[str, Any]:
        """Return what was said, as the run keeps it."""
        return dict(self.cleaned_data)


class ToColleague(Order):
    """Which colleague owns them from now on."""

    def ask(self) -> None:
        self.fields["to"] = colleague(_("To whom"), who_look_after())

    def order(self) -> dict[str, Any]:
        return {"to": self.cleaned_data["to"].pk}


class ToTeam(Order):
    """In which team they wait to be taken."""

    def ask(self) -> None:
        self.fields["team"] = PickTeam(
            label=_("To which team"),
            queryset=teams_for(self.staff),
            empty_label=None,
            help_text=_("They are nobody's until somebody there takes them."),
        )

    def order(self) -> dict[str, Any]:
        return {"team": self.cleaned_data["team"].pk}


class OneTag(Order):
    """Which tag."""

    tag = forms.TypedChoiceField(label=_("Tag"), coerce=int)

    def ask(self) -> None:
        self.fields["tag"].choices = self.told.choices()  # type: ignore[attr-defined] # of a choice


class AnyTag(OneTag):
    """Which tag, be it offered or not."""

    def ask(self) -> None:
        self.fields["tag"].choices = self.told.choices(self.told.names)  # type: ignore[attr-defined] # of a choice


class Until(Order):
    """Until when, and why."""

    when = chips(_("Until when"), ())
    until = moment(_("Another moment"))
    reason = line(_("Why"), most=300, help_text=_("For colleagues: what is waited for."))

    def ask(self) -> None:
        now = timezone.localtime()
        self.fields["when"].choices = [  # type: ignore[attr-defined] # of a choice
            *((each.isoformat(), due_parts(each, now)[0]) for each in handy_moments(now)),
            (OTHER, _("other")),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        when = cleaned.get("when")
        if when and when != OTHER:
            cleaned["until"] = datetime.fromisoformat(when)
        elif when and not cleaned.get("until") and "until" not in self.errors:
            self.add_error("until", _("Choose the day and the hour."))
        return cleaned

    def order(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {"until": said["until"].isoformat(), "reason": said["reason"]}


class OtherCase(Order):
    """One more case, by its reference."""

    into = line(_("The reference of the other case"), most=40)

    def clean_into(self) -> "Case":
        reference = read_reference(self.cleaned_data["into"]) or ""
        found = cases_for(self.staff).filter(reference=reference).first()
        if found is None:
            raise forms.ValidationError(
                _("There is no case of this reference. Look at it once more.")
            )
        return found

    def order(self) -> dict[str, Any]:
        return {**self.cleaned_data, "into": self.cleaned_data["into"].pk}


class Join(OtherCase):
    """Which case takes the others in, and why they are one."""

    reason = text(_("Why it is one and the same story"), rows=2)


class Link(OtherCase):
    """What they are to which case."""

    linkage = chips(_("They"), choices(Linkage))


FORMS: dict[BulkAct, type[Order]] = {
    BulkAct.ASSIGN: ToColleague,
    BulkAct.TEAM: ToTeam,
    BulkAct.TAG: OneTag,
    BulkAct.UNTAG: AnyTag,
    BulkAct.SNOOZE: Until,
    BulkAct.CLOSE: Order,
    BulkAct.MERGE: Join,
    BulkAct.LINK: Link,
}
