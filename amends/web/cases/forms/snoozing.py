"""Until when a case is put out of sight, and why."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from amends.base.time_words import due_parts
from amends.cases.rules.moments import handy_moments
from amends.cases.rules.snoozing import moments_to_snooze
from amends.web.cases.forms.fields import OTHER, chips, line, moment


class SnoozeCase(forms.Form):
    """One of the handy moments, the last that is possible, or any other; and the reason."""

    when = chips(_("Until when"), ())
    until = moment(_("Another moment"))
    reason = line(_("Why"), most=300, help_text=_("For colleagues: what is waited for."))

    def __init__(self, *args: Any, last: datetime | None, **kwargs: Any) -> None:  # noqa: ANN401 - the signature is Django's
        super().__init__(*args, **kwargs)
        now = timezone.localtime()
        known = moments_to_snooze(handy_moments(now), last and timezone.localtime(last), now)
        self.fields["when"].choices = [  # type: ignore[attr-defined] # of a choice
            *((each.isoformat(), due_parts(each, now)[0]) for each in known),
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
