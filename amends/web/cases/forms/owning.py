"""What is asked when a case goes from one colleague to another."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from amends.web.cases.forms.fields import colleague, line, text

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from amends.staff.models import Staff


class Assign(forms.Form):
    """To whom a case is given."""

    def __init__(self, *args: Any, colleagues: "QuerySet[Staff]", **kwargs: Any) -> None:  # noqa: ANN401 - the signature is Django's
        super().__init__(*args, **kwargs)
        among = colleagues.select_related("department")
        self.fields["to"] = colleague(_("To whom"), among)
        self.order_fields(["to"])


class HandOver(Assign):
    """What a colleague must know who takes a case over."""

    summary = text(
        _("What matters"),
        most=5_000,
        help_text=_("What happened, what they want, what is open. In your words."),
    )
    emotion_note = line(_("How they feel about it"), required=False, most=300)


class Decline(forms.Form):
    """Why somebody cannot take a case over."""

    reason = line(_("Why not"), most=300)
