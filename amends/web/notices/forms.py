"""What somebody is told, and how."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amends.notices.queries.choices import Likes
from amends.notices.rules.moments import HOURS
from amends.notices.rules.reasons import Group, Way, ways_for
from amends.web.words import choices, word

PREFIX = "way_"


class Choosing(forms.Form):
    """How one hears of each group of things, and when."""

    digest_hour = forms.TypedChoiceField(
        label=_("The digest comes at"),
        choices=[(hour, f"{hour:02}:00") for hour in HOURS],
        coerce=int,
    )
    on_working_days = forms.BooleanField(
        label=_("The digest comes on working days only"), required=False
    )
    mails_at_night = forms.BooleanField(
        label=_("Mail also at night, between 20:00 and 7:00"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - the signature is Django's
        super().__init__(*args, **kwargs)
        for group in Group:
            self.fields[PREFIX + group.value] = forms.ChoiceField(
                label=word(group), choices=choices(Way, *ways_for(group))
            )
        self.order_fields([PREFIX + group.value for group in Group])

    def groups(self) -> list[forms.BoundField]:
        """Return the fields of the groups, in their order."""
        return [self[PREFIX + group.value] for group in Group]

    def likes(self) -> Likes:
        """Return what was chosen, once the form is valid."""
        said = self.cleaned_data
        return Likes(
            {group: Way(said[PREFIX + group.value]) for group in Group},
            said["digest_hour"],
            said["on_working_days"],
            said["mails_at_night"],
        )


def initial_of(likes: Likes) -> dict[str, object]:
    """Return `likes` as the form shows it."""
    return {
        **{PREFIX + group.value: way.value for group, way in likes.ways.items()},
        "digest_hour": likes.digest_hour,
        "on_working_days": likes.on_working_days,
        "mails_at_night": likes.mails_at_night,
    }
