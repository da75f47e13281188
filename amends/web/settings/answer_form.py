"""What is asked of a ready answer."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from amends.cases.rules.kinds import CaseKind
from amends.contacts.actions.templates import AnswerDraft
from amends.contacts.rules.templates import LONGEST, LONGEST_NAME
from amends.web.words import choices

if TYPE_CHECKING:
    from amends.contacts.models.templates import AnswerTemplate

TEXT = "text_"


class WriteAnswer(forms.Form):
    """Its name, for which cases it is, and what it says in each language."""

    name = forms.CharField(
        label=_("Name"), max_length=LONGEST_NAME, help_text=_("Colleagues find it by this name.")
    )
    kind = forms.ChoiceField(
        label=_("For which cases"),
        required=False,
        choices=lambda: [("", _("every kind")), *choices(CaseKind)],
    )
    topic = forms.ChoiceField(label=_("First when this is complained of"), required=False)
    reference = forms.CharField(
        label=_("Try it on a case"),
        max_length=40,
        required=False,
        help_text=_("The reference of any case that you may read."),
    )

    def __init__(self, *args: Any, topics: list[str], **kwargs: Any) -> None:  # noqa: ANN401  Django's own signature
        super().__init__(*args, **kwargs)
        kept = self.initial.get("topic")
        offered = sorted({*topics, *([kept] if kept else [])})
        self.fields["topic"].choices = [("", "—"), *((name, name) for name in offered)]  # type: ignore[attr-defined]  # a choice field
        for code, name in settings.LANGUAGES:
            self.fields[TEXT + code] = forms.CharField(
                label=name,
                max_length=LONGEST,
                required=False,
                strip=False,
                widget=forms.Textarea(attrs={"rows": 9, "lang": code, "data-takes": ""}),
            )

    def text_fields(self) -> list[forms.BoundField]:
        """Return the fields for what it says, one a language."""
        return [self[TEXT + code] for code, _name in settings.LANGUAGES]

    def draft(self) -> AnswerDraft:
        """Return what was written, as the action takes it."""
        said = self.cleaned_data
        texts = {
            code: said[TEXT + code].replace("\r\n", "\n") for code, _name in settings.LANGUAGES
        }
        return AnswerDraft(name=said["name"], kind=said["kind"], topic=said["topic"], texts=texts)


def written(kept: "AnswerTemplate") -> dict[str, object]:
    """Return a ready answer as its form shows it."""
    texts = {TEXT + code: text for code, text in kept.texts.items()}
    return {"name": kept.name, "kind": kept.kind, "topic": kept.topic, **texts}
