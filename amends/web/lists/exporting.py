"""A view as a file: CSV as it is read, or a workbook, in the reader's language."""

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO

import xlsxwriter
from django.http import HttpResponse, HttpResponseBase
from django.utils import timezone, translation
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from amends.cases.queries.views import page_of
from amends.cases.rules.views import Column
from amends.staff.queries import zone_for
from amends.staff.rules.permissions import Act
from amends.web.http import StaffRequest, needs
from amends.web.lists.cells import Sheet
from amends.web.lists.chosen import Chosen, chosen_for
from amends.web.spreadsheets import csv_lines, csv_stream, saved

MOST_ROWS = 10_000
AT_ONCE = 500
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WIDE, _NARROW = 48, 20


@needs(Act.SEE_CASES)
@require_safe
def as_csv(request: StaffRequest, name: str) -> HttpResponseBase:
    """Send a view as CSV, while it is read."""
    chosen = chosen_for(request.user, name)
    lines = _in_their_words(request, csv_lines(_rows(request, chosen)))
    return csv_stream(lines, name=_file(chosen, "csv"))


@needs(Act.SEE_CASES)
@require_safe
def as_xlsx(request: StaffRequest, name: str) -> HttpResponseBase:
    """Send a view as a workbook, written row by row."""
    chosen = chosen_for(request.user, name)
    file = BytesIO()
    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    page = book.add_worksheet()
    page.freeze_panes(1, 0)
    page.set_column(0, 0, _NARROW)
    page.set_column(1, 2, _WIDE)
    bold = book.add_format({"bold": True})
    for number, row in enumerate(_rows(request, chosen)):
        for place, said in enumerate(row):
            page.write_string(number, place, said, None if number else bold)
    book.close()
    answer = HttpResponse(file.getvalue(), content_type=_XLSX)
    return saved(answer, name=_file(chosen, "xlsx"))


def _rows(request: StaffRequest, chosen: Chosen) -> Iterator[list[str]]:
    """Return the head and the lines of a file, read so many at once."""
    columns = [name for name in chosen.look.columns if name != Column.REFERENCE]
    sheet, at = Sheet(request, columns), timezone.localtime()
    yield [_("Reference"), _("Customer"), _("What it is about"), *sheet.headings]
    sent, after = 0, ""
    while sent < MOST_ROWS:
        page = page_of(chosen.look, staff=request.user, at=at, after=after, most=AT_ONCE)
        for line in page.lines:
            yield sheet.plain(line)
        sent, after = sent + len(page.lines), page.after
        if not after:
            return
    yield [_("Only the first %(most)s cases are in this file.") % {"most": MOST_ROWS}]


def _in_their_words(request: StaffRequest, lines: Iterator[str]) -> Iterator[str]:
    """Return `lines` made in the reader's language and zone, long after the page was done."""
    language = translation.get_language() or "en"
    zone = zone_for(request.user)

    def told() -> Iterator[str]:
        with translation.override(language), timezone.override(zone):
            yield from lines

    return told()


def _file(chosen: Chosen, ending: str) -> str:
    """Return what the file is called: the view and the day."""
    day: datetime = timezone.localtime()
    return f"{slugify(chosen.title) or 'cases'}-{day:%Y-%m-%d}.{ending}"
