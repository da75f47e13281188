from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST = 2000


class Ask(forms.Form):
    text = forms.CharField(
        label=_("What do you need?"),
        help_text=_("A sentence is enough. Nobody counts how often you ask."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    of = forms.TypedChoiceField(label=_("Whom do you ask?"), coerce=int, required=False)

    in_confidence = forms.BooleanField(
        label=_("In confidence"),
        help_text=_(
            "Only you and the colleague whom you choose ever read it and the answer. Nothing of it"
            " stands on the case."
        ),
        required=False,
    )

    def __init__(self, *args: object, helpers: list[tuple[int, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type] # Django's own arguments
        whoever = (0, _("Whoever is on duty"))
        self.fields["of"].choices = [whoever, *helpers]  # type: ignore[attr-defined] # a choice


class Answer(forms.Form):
    answer = forms.CharField(
        label=_("Your answer"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
