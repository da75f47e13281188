"""The journal of a case: what happened, as a story or as a table, on screen and on paper."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

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
from amends.cases.queries.file import CaseFile, file_of
from amends.cases.queries.timeline import PARTS_AT_ONCE, ContactItem, Item, journal_of
from amends.cases.rules.kinds import Part
from amends.contacts.rules.gist import gist_of
from amends.staff.rules.permissions import Act
from amends.web.cases.acting import found, kept_for_later
from amends.web.cases.journal_table import LONGEST, Row, Sift, What, as_csv
from amends.web.cases.timeline import Reader, line_of, shown
from amends.web.http import StaffRequest, needs
from amends.web.templatetags.amends import Tab
from amends.web.words import word

if TYPE_CHECKING:
    from amends.cases.models.case import Case

STORY, TABLE, CSV = "story", "table", "csv"
MOST_PARTS = 200


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
    file = file_of(case)
    as_ = request.GET.get("as")
    before = request.GET.get("before", "") if as_ != CSV else ""
    told = journal_of(case, before=before, parts=MOST_PARTS if as_ == CSV else PARTS_AT_ONCE)
    promises = {promise.pk: promise for promise in file.promises}
    words = words_behind(case, told.items, promises=promises)
    reader = Reader(request.user, now, words, blind=is_kept_from(case, request.user))
    context = {"case": case, "now": now, "concerns": _concerns(case, file)}
    if as_ not in {TABLE, CSV}:
        items = shown(told.items, promises, reader)
        return _page(request, {**context, "items": items, "before": told.before})
    lines = ((item, line_of(item, promises, reader)) for item in told.items)
    rows = [_row(item, line, now) for item, line in lines if line]
    return _table(request, context, rows, told.before)


def _table(
    request: StaffRequest, context: dict[str, Any], rows: list[Row], before: str
) -> HttpResponse:
    """Show the rows that were asked for, or send them away as a file."""
    case = context["case"]
    asked = {name: request.GET.get(name, "")[:LONGEST] for name in ("who", "what")}
    sift = Sift(asked, names=[row.who for row in rows])
    kept = sift.sifted(rows)
    if request.GET.get("as") == CSV:
        return as_csv(kept, name=f"{case.reference}-journal")
    here = reverse("case-journal", args=[case.reference])
    told = {
        "is_table": True,
        "rows": kept,
        "sift": sift,
        "file": f"{here}?{urlencode({'as': CSV, **asked})}",
        "earlier": f"{here}?{urlencode({'as': TABLE, 'before': before, **asked})}",
        "has_earlier": bool(before),
    }
    return _page(request, {**context, **told})


def _page(request: StaffRequest, context: dict[str, Any]) -> HttpResponse:
    here, is_table = (
        reverse("case-journal", args=[context["case"].reference]),
        "is_table" in context,
    )
    tabs = [
        Tab(_("As a story"), here, current=not is_table),
        Tab(_("As a table"), f"{here}?as={TABLE}", current=is_table),
    ]
    return render(request, "web/cases/journal.html", {**context, "tabs": tabs})


def _concerns(case: "Case", file: CaseFile) -> str:
    """Return in a sentence whom the case concerns."""
    names = [case.person.name] if case.person else []
    others = [(each.person or each.staff or "", each.part) for each in file.parties]
    names += [
        _("%(name)s (%(part)s)") % {"name": name, "part": word(Part(part))}
        for name, part in others
        if name and name not in names
    ]
    facts = {"names": ", ".join(names) or _("nobody known yet")}
    if case.owner is None:
        return _("It concerns %(names)s.") % facts
    return _("It concerns %(names)s. %(owner)s looks after it.") % {
        **facts,
        "owner": case.owner.name,
    }


def _row(item: Item, line: Mapping[str, Any], now: datetime) -> Row:
    """Return one thing that happened as a row: when exactly, who, what, and in which words."""
    when = exact_words(item.spot.at, now)
    if line["kind"] == "event":
        return Row(What.EVENT, when, line["by"], line["text"], line["words"])
    if line["kind"] == "note":
        return Row(What.NOTE, when, line["by"], _("A note for colleagues"), line["text"])
    words = item.contact["words"] or "" if isinstance(item, ContactItem) else ""
    return Row(What.CONTACT, when, line["name"], str(line["came"]), gist_of(words))
