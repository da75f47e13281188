"""What goes with a reply: files, kept while it is written, and copies to others."""

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from amends.base.refusal import Refused
from amends.base.time_words import due_parts
from amends.cases.queries.copies import participants_of
from amends.cases.queries.papers import attachment_of_case, files_of_case
from amends.cases.rules.moments import handy_moments
from amends.contacts.actions.attachments import Upload
from amends.contacts.actions.draft_files import put_files, put_kept_file, take_file_out
from amends.contacts.queries.drafts import draft_of, files_with
from amends.contacts.rules.kinds import DraftKind
from amends.staff.rules.permissions import Act
from amends.standards.queries import calendar_for
from amends.standards.rules.calendar import next_opening
from amends.web.acts import found as found_row
from amends.web.cases.acting import found
from amends.web.http import StaffRequest, needs

if TYPE_CHECKING:
    from amends.cases.models.case import Case

FILES, TAKE, DROP = "files", "take:", "drop:"


@needs(Act.WORK_ON_CASE)
@require_http_methods(["GET", "HEAD", "POST"])
def files(request: StaffRequest, reference: str) -> HttpResponse:
    """Put files with a reply that is written, or take one out; for the script that asks."""
    case = found(request, reference)
    shown = arrange(request, case) if request.method == "POST" else {"case_files": theirs(case)}
    kept = files_with(request.user, key_of(case))
    status = 422 if "refused" in shown else 200
    context = {"files": kept, **shown}
    return render(request, "web/cases/reply_files.html", context, status=status)


@needs(Act.WORK_ON_CASE)
@require_safe
def copies(request: StaffRequest, reference: str) -> HttpResponse:
    """Return who could get a copy, for the script that asks."""
    case = found(request, reference)
    shown = {"participants": participants_of(case), "moments": moments_of(case)}
    return render(request, "web/cases/copies.html", shown)


def moments_of(case: "Case") -> list[tuple[str, str]]:
    """Return the moments at which a reply could leave later, all while we are open."""
    now, calendar = timezone.localtime(), calendar_for(case.team_id)
    tomorrow = (now + timedelta(days=1)).replace(hour=0, minute=0)
    handy = handy_moments(now)
    opens = [next_opening(calendar, each) for each in (tomorrow, *handy)] if calendar else handy
    local = sorted({timezone.localtime(each).replace(second=0, microsecond=0) for each in opens})
    return [(f"{each:%Y-%m-%dT%H:%M}", due_parts(each, now)[0]) for each in local]


def arrange(request: StaffRequest, case: "Case") -> Mapping[str, object]:
    """Keep the files that were posted and do what was asked about one; return what to show of it.

    What was refused stands under `refused`, and the name of a file taken out under `taken_out`.
    """
    asked, at = request.POST.get("then", ""), timezone.now()
    chosen = request.FILES.getlist("reply-attached")
    given = [Upload(file.name or "", file.read()) for file in chosen]
    try:
        if given:
            put_files(key_of(case), uploads=given, by=request.user, at=at)
        if asked.startswith(TAKE):
            file = found_row(lambda: attachment_of_case(case, _number(asked, TAKE)))
            put_kept_file(key_of(case), file=file, by=request.user, at=at)
    except Refused as refusal:
        return {"refused": str(refusal)}
    draft = draft_of(request.user, DraftKind.COMPOSER, key_of(case))
    if asked.startswith(DROP) and draft:
        out = take_file_out(draft, pk=_number(asked, DROP), by=request.user, at=at)
        return {"taken_out": out} if out else {}
    return {"case_files": theirs(case)} if asked == FILES else {}


def is_about_files(asked: str) -> bool:
    """Return whether a reply was posted to arrange its files, and not to be sent."""
    return asked == FILES or asked.startswith((TAKE, DROP))


def theirs(case: "Case") -> object:
    """Return the files that the case has already."""
    return files_of_case(case)


def key_of(case: "Case") -> str:
    """Return under what a reply on `case` is kept while it is written."""
    return f"{case.reference}:reply"


def _number(asked: str, what: str) -> int:
    told = asked.removeprefix(what)
    return int(told) if told.isascii() and told.isdigit() and len(told) < 19 else 0  # noqa: PLR2004 - of a bigint
