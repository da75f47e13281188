"""The journal of a case: what happened, as a story or as a table, on screen and on paper."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from amends.base.time_words import exact_words
from amends.cases.actions.evidence import note_reading
from amends.cases.queries.behind import words_behind
from amends.cases.queries.blind import case_that_keeps, is_kept_from
from amends.cases.queries.file import file_of
from amends.cases.queries.timeline import ContactItem, Item, journal_of
from amends.contacts.rules.gist import gist_of
from amends.staff.rules.permissions import Act
from amends.web.cases.acting import found, kept_for_later
from amends.web.cases.timeline import Reader, line_of, shown
from amends.web.http import StaffRequest, needs
from amends.web.templatetags.amends import Tab

STORY, TABLE = "story", "table"


@needs(Act.SEE_CASES)
@require_safe
def journal(request: StaffRequest, reference: str) -> HttpResponse:
    """Show all that happened on a case."""
    case = found(request, reference)
    now = timezone.localtime()
    if grave := case_that_keeps(case, request.user):
        return kept_for_later(request, grave)
    if case.sensitive_since:
        note_reading(case, by=request.user, at=now)
    before = request.GET.get("before", "")
    told = journal_of(case, before=before)
    promises = {promise.pk: promise for promise in file_of(case).promises}
    words = words_behind(case, told.items, promises=promises)
    reader = Reader(request.user, now, words, blind=is_kept_from(case, request.user))
    is_table = request.GET.get("as") == TABLE
    here = reverse("case-journal", args=[case.reference])
    lines = ((item, line_of(item, promises, reader)) for item in told.items) if is_table else ()
    context = {
        "case": case,
        "now": now,
        "is_table": is_table,
        "rows": [_row(item, line, now) for item, line in lines if line],
        "items": [] if is_table else shown(told.items, promises, reader),
        "before": "" if is_table else told.before,
        "earlier": f"{here}?{urlencode({'as': TABLE, 'before': told.before})}",
        "has_earlier": bool(told.before),
        "tabs": [
            Tab(_("As a story"), here, current=not is_table),
            Tab(_("As a table"), f"{here}?as={TABLE}", current=is_table),
        ],
    }
    return render(request, "web/cases/journal.html", context)


def _row(item: Item, line: Mapping[str, Any], now: datetime) -> dict[str, str]:
    """Return one thing that happened as a row: when exactly, who, what, and in which words."""
    when = exact_words(item.spot.at, now)
    if line["kind"] == "event":
        return {"when": when, "who": line["by"], "what": line["text"], "words": line["words"]}
    if line["kind"] == "note":
        what = _("A note for colleagues")
        return {"when": when, "who": line["by"], "what": what, "words": line["text"]}
    words = item.contact["words"] or "" if isinstance(item, ContactItem) else ""
    return {"when": when, "who": line["name"], "what": str(line["came"]), "words": gist_of(words)}
