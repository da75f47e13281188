"""Calling a senior when a customer insults or threatens: one click, and the words to say."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from amends.cases.actions.safety import call_senior, end_by_rule
from amends.cases.queries.safety import call_in
from amends.language.cards import contact_ends, senior_speaks
from amends.language.lexicon import TONGUES
from amends.staff.rules.permissions import Act
from amends.web.acts import attempt
from amends.web.acts import found as found_row
from amends.web.cases.acting import found
from amends.web.http import StaffRequest, needs

if TYPE_CHECKING:
    from amends.cases.models.safety import SeniorCall
    from amends.staff.models import Staff


@dataclass(frozen=True, slots=True)
class Called:
    """A call as a page shows it; speaks, ends: what is said aloud, in the customer's language."""

    pk: int
    senior: str
    speaks_at: datetime
    language: str
    speaks: str
    ends: str
    ended_at: datetime | None
    is_mine: bool
    answer: str
    answered_by: str


def called(call: "SeniorCall", *, language: str, reader: "Staff") -> Called:
    """Return `call` as it is shown to `reader`."""
    tongue = language if language in TONGUES else "en"
    asked = call.request
    senior = asked.asked_of.name if asked.asked_of else ""
    at = timezone.localtime(call.speaks_at)
    moment = f"{at:%H:%M}"
    return Called(
        pk=call.pk,
        senior=senior,
        speaks_at=at,
        language=tongue,
        speaks=senior_speaks(senior, moment, tongue),
        ends=contact_ends(senior, moment, tongue),
        ended_at=call.ended_at,
        is_mine=call.called_by_id == reader.pk,
        answer=asked.answer,
        answered_by=asked.answered_by.name if asked.answered_by else "",
    )


@needs(Act.WORK_ON_CASE)
@require_POST
def call(request: StaffRequest, reference: str) -> HttpResponse:
    """Call a senior to speak with the customer of a case."""
    case = found(request, reference)
    attempt(
        request,
        lambda: call_senior(case, by=request.user, at=timezone.now()),
        said=_("A senior is called. Here is what to say."),
    )
    return redirect("case-read", reference)


@needs(Act.WORK_ON_CASE)
@require_POST
def end(request: StaffRequest, reference: str, pk: int) -> HttpResponse:
    """End a contact by rule."""
    case = found(request, reference)
    row = found_row(lambda: call_in(case, pk))
    attempt(
        request,
        lambda: end_by_rule(row, by=request.user, at=timezone.now()),
        said=_("Ended by rule. It counts for nobody."),
    )
    return redirect("case-read", reference)
