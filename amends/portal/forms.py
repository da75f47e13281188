"""The questions of the public pages, one a form. No answer is longer than it needs to be."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from amends.cases.rules.kinds import Satisfaction
from amends.cases.rules.public_files import MOST_BYTES, MOST_FILES, MOST_MEGABYTES
from amends.cases.rules.reference import SYMBOLS, read_reference, symbols_in
from amends.contacts.actions.attachments import Upload
from amends.contacts.rules.uploads import bare_name
from amends.people.rules.points import folded_mail, folded_telephone
from amends.portal.words import RATED, TOLD_TO_OTHERS
from amends.staff.queries import organisation

LONGEST_STORY = 100_000
LONGEST_WORDS = 5_000
END_OF_DAY = time(23, 59)
FARTHEST = timedelta(days=5 * 366)


def one_text(text: str) -> str:
    """Return typed text as it is counted and kept: one sign for the end of a line, no null."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")


class Words(forms.CharField):
    """Several lines of somebody's own words."""

    def __init__(self, *, rows: int, **kwargs: object) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)  # type: ignore[arg-type]  # those of a CharField

    def to_python(self, value: object) -> str:
        return one_text(str(value or "")).strip()


class Line(forms.CharField):
    """One line of text."""

    def to_python(self, value: object) -> str:
        return " ".join(one_text(str(value or "")).split())


class _SeveralFiles(forms.FileInput):
    allow_multiple_selected = True


class Files(forms.FileField):
    """Several files, few and small enough; what they are is told by their content later."""

    widget = _SeveralFiles

    def clean(self, data: Sequence[UploadedFile[bytes]], initial: object = None) -> list[Upload]:  # noqa: ARG002  Django's signature
        if len(data) > MOST_FILES:
            raise forms.ValidationError(_("At most %(most)s files."), params={"most": MOST_FILES})
        for file in data:
            if (file.size or 0) > MOST_BYTES:
                raise forms.ValidationError(
                    _("%(name)s is too large. A file may have %(most)s MB."),
                    params={"name": bare_name(file.name or ""), "most": MOST_MEGABYTES},
                )
        return [Upload(file.name or "", file.read()) for file in data]


FILES_HELP = format_lazy(
    _("Up to {most} pictures or documents of {size} MB each."),
    most=MOST_FILES,
    size=MOST_MEGABYTES,
)


class Story(forms.Form):
    story = Words(
        label=_("What happened"),
        help_text=_(
            "In your own words, as long as you like. Whatever is private and not needed for this, "
            "such as a password or the number of a card, leave out."
        ),
        rows=10,
        max_length=LONGEST_STORY,
        error_messages={"required": _("Tell us what happened, in your own words.")},
    )
    papers = Files(label=_("Pictures or papers"), help_text=FILES_HELP, required=False)


class Wish(forms.Form):
    wish = Words(
        label=_("What would put it right"),
        help_text=_("If you would rather leave that to us, leave it empty."),
        rows=5,
        max_length=LONGEST_WORDS,
        required=False,
    )


class Day(forms.Form):
    need_on = forms.DateField(
        label=_("Day"),
        help_text=_("If there is none, leave it empty."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the day as year-month-day, such as 2027-03-31.")},
        required=False,
    )
    need_reason = Line(
        label=_("Why that day"),
        help_text=_("If we know why, we can do better than a date."),
        max_length=300,
        required=False,
    )

    def clean_need_on(self) -> date | None:
        return _day_to_come(self.cleaned_data["need_on"])


class Reach(forms.Form):
    name = Line(
        label=_("Your name"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        max_length=200,
        error_messages={"required": _("Tell us what to call you.")},
    )
    email = Line(
        label=_("Mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        max_length=254,
        required=False,
    )
    telephone = Line(
        label=_("Telephone"),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
        max_length=40,
        required=False,
    )
    unreachable = forms.BooleanField(
        label=_("I would rather not say. I keep the address of my page and look there myself."),
        required=False,
    )

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        if email and not folded_mail(email):
            raise forms.ValidationError(_("This is no mail address. Look at it once more."))
        return email

    def clean_telephone(self) -> str:
        telephone: str = self.cleaned_data["telephone"]
        if telephone and not folded_telephone(telephone, country=organisation().country):
            raise forms.ValidationError(_("This is no telephone number. Look at it once more."))
        return telephone

    def clean(self) -> dict[str, object]:
        told = self.cleaned_data
        ways = ("name", "email", "telephone")
        if told.get("unreachable"):
            for name in ways:
                self.errors.pop(name, None)
            return {**dict.fromkeys(ways, ""), "unreachable": True}
        if not ({"email", "telephone"} & set(self.errors) or told["email"] or told["telephone"]):
            self.add_error("email", _("Give us a mail address or a telephone number."))
        return told


class AnotherDay(forms.Form):
    wished_on = forms.DateField(
        label=_("Day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the day as year-month-day, such as 2027-03-31.")},
    )
    wished_at = forms.TimeField(
        label=_("Time"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("Write the time as hours and minutes, such as 14:30.")},
    )
    words = Line(label=_("Why"), max_length=500, required=False)

    def clean_wished_on(self) -> date | None:
        return _day_to_come(self.cleaned_data["wished_on"])

    def moment(self) -> datetime:
        """Return the moment that was wished, in the zone in which the page was read."""
        told = self.cleaned_data
        return datetime.combine(
            told["wished_on"], told["wished_at"], timezone.get_current_timezone()
        )


class OwnWords(forms.Form):
    words = Words(label=_("In your own words"), rows=6, max_length=LONGEST_WORDS)


class OwnWordsIfAny(forms.Form):
    words = Words(label=_("In your own words"), rows=5, max_length=LONGEST_WORDS, required=False)


class Rate(forms.Form):
    satisfaction = forms.ChoiceField(
        label=_("You are"),
        choices=[(each.value, RATED[each]) for each in Satisfaction],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the three.")},
    )
    words = Words(label=_("In your own words"), rows=5, max_length=LONGEST_WORDS, required=False)


class Publication(forms.Form):
    said = forms.ChoiceField(
        label=_("You say"),
        choices=[(each.value, TOLD_TO_OTHERS[each]) for each in TOLD_TO_OTHERS],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two.")},
    )


class MoreTime(forms.Form):
    until_on = forms.DateField(
        label=_("Day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the day as year-month-day, such as 2027-03-31.")},
    )
    words = Words(
        label=_("Anything you would like to say"), rows=4, max_length=LONGEST_WORDS, required=False
    )

    def clean_until_on(self) -> date | None:
        return _day_to_come(self.cleaned_data["until_on"])


class Outside(OwnWords):
    """Which body it is: one of those we keep is offered while one types, any other may be named."""

    name = Line(label=_("Who looks at it now"), max_length=200)
    reference = Line(
        label=_("Their reference, if you have it"),
        max_length=100,
        required=False,
        help_text=_("It stands in their letter."),
    )

    field_order = ("name", "reference", "words")

    def __init__(self, data: QueryDict | None = None, *, bodies: Sequence[str] = ()) -> None:
        super().__init__(data)
        if bodies:
            self.fields["name"].help_text = format_lazy(
                _("Such as {names}."), names=", ".join(bodies)
            )
            self.initial["name"] = bodies[0] if len(bodies) == 1 else ""


class Addition(OwnWords):
    papers = Files(label=_("Pictures or papers"), help_text=FILES_HELP, required=False)


WHOLE = (SYMBOLS + 1, SYMBOLS + 2)
ONE_SIGN_WRONG = _(
    "One sign of it is mistyped. Compare it sign by sign with our letter or the slip."
)
NO_REFERENCE = _(
    "This is no reference. It looks like C-7K4-Q92X: a C, then three signs, then four."
)


class AllMyCases(forms.Form):
    email = Line(
        label=_("Your mail address"),
        help_text=_("The one you gave us."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        max_length=254,
        error_messages={"required": _("Type the mail address that you gave us.")},
    )


class FindMyCase(forms.Form):
    reference = Line(
        label=_("Reference"),
        help_text=_("Such as C-7K4-Q92X. It stands in our letters and on the slip."),
        max_length=40,
    )
    email = Line(
        label=_("Your mail address"),
        help_text=_("The one you gave us."),
        max_length=254,
        required=False,
    )
    code = Line(
        label=_("Or the code we told you"),
        help_text=_("Such as K7QM-2XWD. It stands on the slip, too."),
        max_length=40,
        required=False,
    )

    def clean_reference(self) -> str:
        typed: str = self.cleaned_data["reference"]
        if read_reference(typed) is None:
            one_wrong = len(symbols_in(typed)) in WHOLE
            raise forms.ValidationError(ONE_SIGN_WRONG if one_wrong else NO_REFERENCE)
        return typed

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not (cleaned.get("email") or cleaned.get("code")):
            self.add_error("email", _("Type the mail address that you gave us, or the code."))
        return cleaned


def end_of(day: date) -> datetime:
    """Return the last minute of `day`, in the zone in which the page is read."""
    return datetime.combine(day, END_OF_DAY, timezone.get_current_timezone())


def _day_to_come(day: date | None) -> date | None:
    today = timezone.localdate()
    if day and day < today:
        raise forms.ValidationError(_("That day has passed."))
    if day and day > today + FARTHEST:
        raise forms.ValidationError(_("That day is too far away."))
    return day
