"""By when the customer asks for it, read while their words are written: taken over with a click."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from amends.base.time_words import day_of_words, day_words, due_parts
from amends.cases.rules.moments import moment_before
from amends.coach.rules import part_to_read
from amends.language.due_days import END_OF_DAY, moment_meant
from amends.language.reading import read
from amends.staff.rules.permissions import Act
from amends.web.http import StaffRequest, needs


@dataclass(frozen=True, slots=True)
class Needed:
    """What the sheet offers: the moment, for its field and as people say it, and the words.

    promise: the last moment before it at which people work, and how it is said; empty if it is too
    near for one.
    """

    value: str
    day: str
    words: str
    language: str
    promise: str
    promise_said: str


def needed(story: str, *, language: str, taken: str, now: datetime) -> Needed | None:
    """Return by when they ask for it in `story`; None where no day is meant, or one is taken."""
    if taken or not story.strip():
        return None
    answers = read(part_to_read(story), {"language": language} if language else {})
    if answers.need_by is None:
        return None
    (words,) = answers.said((answers.need_by,))
    until = moment_meant(words, answers.language.code, now)
    if until is None:
        return None
    day = day_of_words(until, now) if until.time() >= END_OF_DAY else day_words(until, now)
    at = moment_before(until, now)
    return Needed(
        value=f"{until:%Y-%m-%dT%H:%M}",
        day=day,
        words=words,
        language=answers.language.code,
        promise=at.isoformat(timespec="minutes") if at else "",
        promise_said=due_parts(at, now)[0] if at else "",
    )


@needs(Act.RECORD_CONTACT)
@require_POST
def asked(request: StaffRequest, key: str) -> HttpResponse:  # noqa: ARG001  every part of a sheet names it
    """Show by when they ask for it, as far as it is written down."""
    story, language, taken = (
        request.POST.get(name, "").replace("\x00", "") for name in ("story", "language", "need_by")
    )
    offer = needed(story, language=language, taken=taken, now=timezone.localtime())
    return render(request, "web/sheet/needed.html", {"needed": offer})
