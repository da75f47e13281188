"""Tables to take away: files that any spreadsheet opens and none runs, and no cache keeps."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

# What a spreadsheet would run as a formula.
RUN = ("=", "+", "-", "@", "\t", "\r")
BEGIN = "\N{ZERO WIDTH NO-BREAK SPACE}"  # by which spreadsheets know UTF-8
CSV = "text/csv; charset=utf-8"
Sent = TypeVar("Sent", bound=HttpResponseBase)


class _OneLine:
    """Where `csv` writes each line, so that it can be sent on."""

    def write(self, line: str) -> str:
        return line


def csv_file(rows: Iterable[Sequence[object]], *, name: str) -> HttpResponse:
    """Return `rows`, the head first, as a file to be saved under `name`."""
    return saved(HttpResponse("".join(csv_lines(rows)), content_type=CSV), name=name)


def csv_stream(lines: Iterable[str], *, name: str) -> StreamingHttpResponse:
    """Return the lines of a file that is sent while they are made."""
    return saved(StreamingHttpResponse(lines, content_type=CSV), name=name)


def csv_lines(rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """Return the lines of a file that holds `rows`, the head first."""
    writer = csv.writer(_OneLine())
    yield BEGIN
    for row in rows:
        yield writer.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in row])


def harmless(cell: str) -> str:
    """Return `cell` so that no spreadsheet takes it for a formula."""
    return f"'{cell}" if cell.startswith(RUN) else cell


def saved(answer: Sent, *, name: str) -> Sent:
    """Return `answer` as a file that is saved under `name`, a plain one, and kept by no cache."""
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
