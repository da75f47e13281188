"""Reading back how we understood the customer, and leaving unanswered what needs no answer."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from amends.cases.actions.read_back import ask_read_back
from amends.cases.actions.replacing_links import replace_link
from amends.cases.actions.their_answer import leave_unanswered
from amends.staff.rules.permissions import Act as Permission
from amends.web.cases.acting import Act, NoFields, found, given, perform
from amends.web.cases.forms import fields
from amends.web.http import StaffRequest, needs

either = require_http_methods(["GET", "HEAD", "POST"])


class ReadBack(forms.Form):
    text = fields.text(gettext_lazy("How you understood them, and what happens next"))


@needs(Permission.WORK_ON_CASE)
@either
def read_back(request: StaffRequest, reference: str) -> HttpResponse:
    """Tell the customer how we understood them, and ask whether it is so."""
    case = found(request, reference)
    act = Act(
        title=_("Read back"),
        button=_("Ask them"),
        done=_("It stands on their page, and went to them by mail if they have an address."),
        about=_(
            "In their language, in a few short sentences: what happened, what happens next, who "
            "does it and by when. They say whether it is so, or how it is instead."
        ),
    )

    def run(said: dict[str, Any]) -> None:
        ask_read_back(case, text=said["text"], by=request.user, at=timezone.now())

    return perform(request, case, act, ReadBack(given(request)), run)


@needs(Permission.WORK_ON_CASE)
@either
def new_address(request: StaffRequest, reference: str) -> HttpResponse:
    """Give the customer's page a new address."""
    case = found(request, reference)
    act = Act(
        title=_("A new address of their page"),
        button=_("Replace the address"),
        done=_("Replaced. The new one went to the customer, if they have a mail address."),
        about=_(
            "For when the old one came into wrong hands. It opens nothing from now on, nor does "
            "its code, also on paper that you gave out."
        ),
    )

    def run(_said: dict[str, Any]) -> None:
        replace_link(case, by=request.user, at=timezone.now())

    return perform(request, case, act, NoFields(given(request)), run)


@needs(Permission.WORK_ON_CASE)
@either
def unanswered(request: StaffRequest, reference: str) -> HttpResponse:
    """Note that what they wrote last needs no answer."""
    case = found(request, reference)
    act = Act(
        title=_("No answer needed"),
        button=_("No answer needed"),
        done=_("Noted. When they write again, it is due again."),
        about=_("For thanks, and for what asks nothing of us."),
    )

    def run(_said: dict[str, Any]) -> None:
        leave_unanswered(case, by=request.user, at=timezone.now())

    return perform(request, case, act, NoFields(given(request)), run)
