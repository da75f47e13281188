from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from amends.staff.actions.organisation import House
from amends.staff.rules.authority import FREE, MONEY, Limit, RemedyKind
from amends.staff.rules.organisation import countries, customs_of
from amends.staff.rules.permissions import Role
from amends.web.entry.places import zone_choices
from amends.web.words import choices, word

OUTSIDE = "outside_"
AMOUNT = "_amount"
Choices = list[tuple[int, str]]


def currency_choices() -> list[tuple[str, str]]:
    """Return the currencies that are somewhere in use."""
    return [(code, code) for code in sorted({customs_of(land).currency for land in countries()})]


def _offer(department: forms.Field, departments: Choices) -> None:
    """Offer `departments`; while there is only one, nobody is asked."""
    department.choices = departments  # type: ignore[attr-defined]  # a choice field
    if len(departments) == 1:
        department.widget = forms.HiddenInput()
        department.initial = departments[0][0]


class Organisation(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=200)
    mail_address = forms.EmailField(
        label=_("Mail address for customers"),
        required=False,
        help_text=_("Replies come to this address, and mail to customers leaves from it."),
    )
    telephone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    postal_address = forms.CharField(
        label=_("Postal address"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    language = forms.ChoiceField(
        label=_("Language of the house"),
        choices=settings.LANGUAGES,
        help_text=_("Used where a customer's language is not known."),
    )
    zone = forms.ChoiceField(label=_("Time zone"), choices=zone_choices)
    currency = forms.ChoiceField(label=_("Currency"), choices=currency_choices)
    shows_kept_share = forms.BooleanField(
        label=_("Show customers how many of our promises we kept"), required=False
    )
    reopen_days = forms.IntegerField(
        label=_("A case may be opened again for how many days"),
        min_value=1,
        max_value=3650,
        help_text=_("After that a new case follows the old one."),
    )
    undo_seconds = forms.IntegerField(
        label=_("A reply can be taken back for how many seconds"), min_value=5, max_value=600
    )
    undo_seconds_heated = forms.IntegerField(
        label=_("The same, where the customer is angry"),
        min_value=5,
        max_value=3600,
        help_text=_("Count to ten: a mail written in anger is read once more before it leaves."),
    )
    fetches_pictures = forms.BooleanField(
        label=_("Colleagues may show pictures that lie on other servers"),
        required=False,
        help_text=_("Amends fetches them, so that nobody learns who looked."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  Django's own signature
        super().__init__(*args, **kwargs)
        for code, name in settings.LANGUAGES:
            self.fields[OUTSIDE + code] = forms.CharField(
                label=name,
                max_length=500,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2, "lang": code}),
            )

    def outside_fields(self) -> list[forms.BoundField]:
        """Return the fields for whom customers can turn to outside, one a language."""
        return [self[OUTSIDE + code] for code, _name in settings.LANGUAGES]

    def house(self) -> House:
        """Return what was written, as the action takes it."""
        said = dict(self.cleaned_data)
        outside = {code: said.pop(OUTSIDE + code).strip() for code, _name in settings.LANGUAGES}
        return House(**said, outside_body={code: text for code, text in outside.items() if text})


class Colleague(forms.Form):
    name = forms.CharField(label=_("Name, as customers read it"), max_length=200)
    email = forms.EmailField(label=_("Mail address"))
    role = forms.ChoiceField(
        label=_("Role"), choices=lambda: choices(Role), initial=Role.AGENT.value
    )
    department = forms.TypedChoiceField(label=_("Department"), coerce=int)
    title = forms.CharField(label=_("What they do here"), max_length=100, required=False)
    telephone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    administers = forms.BooleanField(
        label=_("Looks after Amends too: people, teams, settings"), required=False
    )

    def __init__(self, *args: Any, departments: Choices, **kwargs: Any) -> None:  # noqa: ANN401  Django's own signature
        super().__init__(*args, **kwargs)
        _offer(self.fields["department"], departments)


class Named(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=100)


class Team(Named):
    duty_owner = forms.TypedChoiceField(
        label=_("Duty owner"),
        coerce=int,
        help_text=_("Answers for what comes in until somebody takes it."),
    )

    def __init__(self, *args: Any, colleagues: Choices, **kwargs: Any) -> None:  # noqa: ANN401  Django's own signature
        super().__init__(*args, **kwargs)
        self.fields["duty_owner"].choices = colleagues  # type: ignore[attr-defined]  # a choice field


class NewTeam(Team):
    department = forms.TypedChoiceField(label=_("Department"), coerce=int)

    def __init__(self, *args: Any, departments: Choices, **kwargs: Any) -> None:  # noqa: ANN401  Django's own signature
        super().__init__(*args, **kwargs)
        _offer(self.fields["department"], departments)


class ChangedTeam(Team):
    members = forms.TypedMultipleChoiceField(
        label=_("Members"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, colleagues: Choices, **kwargs: Any) -> None:  # noqa: ANN401  Django's own signature
        super().__init__(*args, colleagues=colleagues, **kwargs)
        self.fields["members"].choices = colleagues  # type: ignore[attr-defined]  # a choice field


class Limits(forms.Form):
    """What a role may give: one tick a kind, and for money the most of it."""

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:  # noqa: ANN401  Django's own signature
        super().__init__(*args, **kwargs)
        for kind in RemedyKind:
            if kind in FREE:
                continue
            self.fields[kind.value] = forms.BooleanField(label=word(kind), required=False)
            if kind in MONEY:
                self.fields[kind.value + AMOUNT] = forms.DecimalField(
                    label=_("%(kind)s: at most, %(currency)s")
                    % {"kind": word(kind), "currency": currency},
                    min_value=0,
                    max_digits=12,
                    decimal_places=2,
                    required=False,
                )

    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField | None]]:
        """Return each tick, with the field of its amount beside it."""
        kinds = [kind for kind in RemedyKind if kind not in FREE]
        return [
            (self[kind.value], self[kind.value + AMOUNT] if kind in MONEY else None)
            for kind in kinds
        ]

    def limits(self) -> dict[RemedyKind, Limit]:
        """Return what was decided, as the action takes it."""
        said = self.cleaned_data
        return {
            kind: Limit(said.get(kind.value + AMOUNT))
            for kind in RemedyKind
            if said.get(kind.value)
        }


class GuidelineLine(forms.Form):
    """One line of what may be promised, or may not, in as many languages as one likes."""

    allowed = forms.TypedChoiceField(
        label=_("Kind of line"),
        choices=[("yes", _("May promise")), ("no", _("May not promise"))],
        coerce=lambda value: value == "yes",
        initial="yes",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  Django's own signature
        super().__init__(*args, **kwargs)
        for code, name in settings.LANGUAGES:
            self.fields[code] = forms.CharField(
                label=name,
                max_length=300,
                required=False,
                widget=forms.TextInput(attrs={"lang": code}),
            )

    def own_field(self) -> forms.BoundField:
        """Return the field in the reader's language."""
        return self[get_language() or settings.LANGUAGE_CODE]

    def other_fields(self) -> list[forms.BoundField]:
        """Return the fields in the other languages."""
        own = self.own_field().name
        return [self[code] for code, _name in settings.LANGUAGES if code != own]

    def written_in(self) -> str:
        """Return the other languages in which something is written, by their codes."""
        return ", ".join(str(bound.name) for bound in self.other_fields() if bound.value())


GuidelineLines = forms.formset_factory(GuidelineLine, extra=2, max_num=100, absolute_max=100)
