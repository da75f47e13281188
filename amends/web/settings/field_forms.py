"""What is asked of a field of the organisation's own, and of one of its choices."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from amends.cases.actions.fields import Definition
from amends.cases.rules.fields import FieldType, Seer, Stage
from amends.cases.rules.kinds import CaseKind
from amends.web.words import choices

if TYPE_CHECKING:
    from amends.cases.models.fields import CustomField

LABEL, HELP = "label_", "help_"


class Define(forms.Form):
    """A field: what it is called and holds, which cases have it, and when it is asked for."""

    type = forms.ChoiceField(
        label=_("What it holds"),
        choices=choices(FieldType),
        help_text=_("This cannot be changed later: what was filled in keeps its meaning."),
    )
    kinds = forms.MultipleChoiceField(
        label=_("Which cases have it"),
        choices=choices(CaseKind),
        widget=forms.CheckboxSelectMultiple,
    )
    required_at = forms.ChoiceField(
        label=_("By when it must be there"),
        choices=[("", _("never")), *choices(Stage)],
        required=False,
        help_text=_("Cases that are past that step are not asked again."),
    )
    seen_by = forms.ChoiceField(label=_("Who sees it"), choices=choices(Seer))
    personal = forms.BooleanField(
        label=_("It tells something of a person, and is forgotten with them"), required=False
    )
    position = forms.IntegerField(
        label=_("Its place among the fields"), required=False, min_value=0, max_value=1000
    )

    def __init__(self, *args: Any, defined: "CustomField | None", **kwargs: Any) -> None:  # noqa: ANN401  Django's own signature
        super().__init__(*args, **kwargs)
        _in_each_language(self, LABEL, most=100)
        _in_each_language(self, HELP, most=300)
        if defined:
            del self.fields["type"]

    def label_fields(self) -> list[forms.BoundField]:
        """Return the fields for what it is called, one a language."""
        return [self[LABEL + code] for code, _name in settings.LANGUAGES]

    def help_fields(self) -> list[forms.BoundField]:
        """Return the fields for what is said to help, one a language."""
        return [self[HELP + code] for code, _name in settings.LANGUAGES]

    def definition(self) -> Definition:
        """Return what was written, as the action takes it."""
        said = self.cleaned_data
        return Definition(
            label=_told(said, LABEL),
            help=_told(said, HELP),
            kinds=frozenset(CaseKind(kind) for kind in said["kinds"]),
            required_at=Stage(said["required_at"]) if said["required_at"] else None,
            seen_by=Seer(said["seen_by"]),
            personal=said["personal"],
            position=said["position"],
        )


class Choose(forms.Form):
    """One of what may be chosen in a field."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  Django's own signature
        super().__init__(*args, **kwargs)
        _in_each_language(self, LABEL, most=100)

    def label(self) -> dict[str, str]:
        """Return what it is called, by language."""
        return _told(self.cleaned_data, LABEL)


def written(defined: "CustomField") -> dict[str, object]:
    """Return what is known of a field, as its form begins."""
    names = ("kinds", "required_at", "seen_by", "personal", "position")
    return {
        **{name: getattr(defined, name) for name in names},
        **{LABEL + code: text for code, text in defined.label.items()},
        **{HELP + code: text for code, text in defined.help.items()},
    }


def _in_each_language(form: forms.Form, begin: str, *, most: int) -> None:
    for code, name in settings.LANGUAGES:
        form.fields[begin + code] = forms.CharField(
            label=name,
            max_length=most,
            required=False,
            widget=forms.TextInput(attrs={"lang": code}),
        )


def _told(said: dict[str, Any], begin: str) -> dict[str, str]:
    return {code: said[begin + code] for code, _name in settings.LANGUAGES if said[begin + code]}
