"""What is asked while a case is looked into: evidence, others affected, ways to put it right."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amends.cases.rules.kinds import Basis
from amends.staff.rules.authority import RemedyKind
from amends.web.cases.forms.fields import Amount, colleague, day, line, moment, pick, text

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from amends.cases.models.case import Issue
    from amends.contacts.models import Attachment
    from amends.staff.models import Staff

    PickIssue = forms.ModelChoiceField[Issue]
    PickFile = forms.ModelChoiceField[Attachment]
else:
    PickIssue = PickFile = forms.ModelChoiceField


class AddEvidence(forms.Form):
    """One thing that shows what happened."""

    what = line(_("What it is"))
    source = line(_("Where it is from"), most=200)
    obtained_on = day(_("When we had it"), required=True)

    def __init__(
        self,
        *args: Any,  # noqa: ANN401 - the signature is Django's
        issues: "QuerySet[Issue]",
        files: "QuerySet[Attachment]",
        **kwargs: Any,  # noqa: ANN401 - the signature is Django's
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["issue"] = PickIssue(
            label=_("What it is about"),
            queryset=issues,
            required=False,
            empty_label=_("the whole case"),
        )
        for name, label in (
            ("file", _("The file, if it came with a contact")),
            ("redacted", _("The copy that may be shown, if it came with one")),
        ):
            self.fields[name] = PickFile(
                label=label, queryset=files, required=False, empty_label="—"
            )
        for name, label in (
            ("own", _("Or a file of yours")),
            ("own_redacted", _("Or a copy of yours that may be shown")),
        ):
            self.fields[name] = forms.FileField(label=label, required=False, allow_empty_file=True)


class ShowEvidence(forms.Form):
    """To whom evidence was shown."""

    to = line(_("To whom"), most=200)
    redacted = forms.BooleanField(
        label=_("With what is not theirs left out"), required=False, initial=False
    )


class Others(forms.Form):
    """To how many others the same happened."""

    how_many = forms.IntegerField(
        label=_("How many did not complain"), min_value=0, max_value=10**9
    )
    found_how = line(_("How you found them"))
    they_get = line(_("What they get"), required=False)


class Agree(forms.Form):
    """One thing that both sides agree on."""

    text = text(
        _("What both sides agree on"),
        rows=2,
        help_text=_("The final response begins with it. In the customer's language."),
    )


class Hear(forms.Form):
    """What whom a complaint is about says to it."""

    view = text(_("What they say to it, in their own words"), most=5_000)


class OpenHistory(forms.Form):
    """Why the history is looked at first."""

    reason = line(_("Why you need to know it before you find"))


class AddOption(forms.Form):
    """One way to put it right."""

    what = text(
        _("How it would be put right"),
        rows=2,
        help_text=_("One sentence, as the customer will read it."),
    )
    cost = Amount(
        label=_("What it costs us"), required=False, min_value=0, decimal_places=2, max_digits=12
    )
    value = Amount(
        label=_("What it is worth to them"),
        required=False,
        min_value=0,
        decimal_places=2,
        max_digits=12,
    )
    value_words = line(_("What it is worth to them, in their words"), required=False)


class LeaveAside(forms.Form):
    """Why one way to put it right is left aside."""

    why = line(_("Why it is left aside"), most=300)


class AddRemedy(forms.Form):
    """One thing that a way to put it right gives."""

    kind = pick(_("What is given"), RemedyKind)
    what = line(_("How it is given"), help_text=_("As the customer will read it."))
    amount = Amount(
        label=_("How much"), required=False, min_value=0, decimal_places=2, max_digits=12
    )
    basis = pick(_("On what it rests"), Basis, initial=Basis.POLICY)
    due_at = moment(_("By when"))

    def __init__(self, *args: Any, colleagues: "QuerySet[Staff]", **kwargs: Any) -> None:  # noqa: ANN401 - the signature is Django's
        super().__init__(*args, **kwargs)
        self.fields["owner"] = colleague(
            _("Who sees to it"), colleagues, required=False, empty=_("I do")
        )
