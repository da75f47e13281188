"""Rows of several tables in one statement: each table's as a list of JSON, read into dataclasses.

A case has a dozen small lists. Asked for one by one they cost a dozen statements a page; here each
is a subquery of the case's own row.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime
from typing import Any, TypeVar, get_type_hints

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Model, QuerySet
from django.db.models.functions import JSONObject

Line = TypeVar("Line")
_READERS = {
    datetime: datetime.fromisoformat,
    datetime | None: datetime.fromisoformat,
    date: date.fromisoformat,
    date | None: date.fromisoformat,
}


def lines_of(rows: QuerySet[Model], line: type, **paths: str) -> ArraySubquery:
    """Return the subquery of `rows` whose values `read_lines` turns into instances of `line`.

    paths: where a field of `line` is found if not under its own name, such as `by="by__name"`.
    """
    found = {field.name: paths.get(field.name, field.name) for field in fields(line)}
    return ArraySubquery(rows.values(json=JSONObject(**found)))


def read_lines(line: type[Line], rows: Sequence[str | Mapping[str, Any]]) -> tuple[Line, ...]:
    """Return an instance of `line` for each of the `rows`, which are JSON, read or as text."""
    if not rows:
        return ()
    readers = _readers(line)
    return tuple(
        line(
            **{
                name: readers[name](value) if value is not None and name in readers else value
                for name, value in _read(row).items()
            }
        )
        for row in rows
    )


def _read(row: str | Mapping[str, Any]) -> Mapping[str, Any]:
    if isinstance(row, str):
        read: Mapping[str, Any] = json.loads(row)
        return read
    return row


def _readers(line: type) -> dict[str, Any]:
    hints = get_type_hints(line)
    return {name: _READERS[hint] for name, hint in hints.items() if hint in _READERS}
