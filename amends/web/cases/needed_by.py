"""By when customers ask for it in their own words: taken over with one click, and taken back."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from amends.base.refusal import Refused
from amends.base.time_words import day_of_words, day_words
from amends.cases.actions.clarifying import set_need_by
from amends.cases.queries.file import asked_of
from amends.cases.queries.file_lines import AskedFor
from amends.language.due_days import END_OF_DAY
from amends.staff.rules.permissions import Act
from amends.web.acts import attempt
from amends.web.cases.acting import found
from amends.web.http import StaffRequest, needs, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from amends.cases.models.case import Case


@dataclass(frozen=True, slots=True)
class AskedShown:
    """What the case offers: by when they ask for it, and the words that say so."""

    day: str
    words: str
    language: str


def offered(case: "Case", asked: "Sequence[AskedFor]", now: datetime) -> AskedShown | None:
    """Return by when the customer asks for it, unless it is over or a day is agreed already."""
    last = _to_take_over(case, asked, now)
    return AskedShown(_day(last.until, now), last.words, last.language) if last else None


@needs(Act.WORK_ON_CASE)
@require_POST
def take_over(request: StaffRequest, reference: str) -> HttpResponse:
    """Take the day that the customer asks for as the day they need it by."""
    case, now = found(request, reference), timezone.localtime()
    asked = _to_take_over(case, asked_of(case), now)
    if asked is None:
        messages.error(request, _("They ask for no day any more. Load the page again."))
        return redirect("case", reference)
    try:
        set_need_by(case, need_by=asked.until, reason=asked.words, by=request.user, at=now)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("case", reference)
    said = _("Needed by: %(day)s") % {"day": _day(asked.until, now)}
    say(request, said, undo=reverse("case-needed-by-undo", args=[reference]))
    return redirect("case", reference)


@needs(Act.WORK_ON_CASE)
@require_POST
def undo(request: StaffRequest, reference: str) -> HttpResponse:
    """Let the case be without a day by which it is needed again, as it was before the click."""
    case = found(request, reference)
    attempt(
        request,
        lambda: set_need_by(case, need_by=None, reason="", by=request.user, at=timezone.now()),
        said=_("Taken back. No day is agreed."),
    )
    return redirect("case", reference)


def _to_take_over(case: "Case", asked: "Sequence[AskedFor]", now: datetime) -> AskedFor | None:
    last = asked[0] if asked else None
    return last if last and case.need_by is None and last.until > now else None


def _day(until: datetime, now: datetime) -> str:
    local = until.astimezone(now.tzinfo)
    return day_of_words(local, now) if local.time() >= END_OF_DAY else day_words(local, now)
