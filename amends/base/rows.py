"""Many new rows of a table at once.

To put a hundred rows of fifty columns into an INSERT costs Django more than PostgreSQL takes to
store them. So where there are many they are copied: their keys are drawn first, and the same
constraints and triggers hold as for any other row.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from operator import attrgetter
from types import NoneType
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Field, JSONField, Model

FEW = 5
# What means the same to PostgreSQL whatever the column; all else is asked of its field.
_PLAIN = frozenset({str, int, bool, bytes, datetime, date, NoneType})


M = TypeVar("M", bound=Model)


def write_rows(kind: type[M], rows: Iterable[M]) -> list[M]:
    """Store new `rows` of one kind as `bulk_create` does, and return them with their keys."""
    new = list(rows)
    if len(new) <= FEW:
        return kind._default_manager.bulk_create(new)  # noqa: SLF001 - as Django documents it
    _copy(kind, new)
    return new


def _copy(kind: type[Model], rows: Sequence[Model]) -> None:
    facts = kind._meta  # noqa: SLF001 - as Django documents it
    fields = facts.concrete_fields
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields if field.column)
    with connection.wrap_database_errors, connection.cursor() as cursor:
        if facts.pk.db_returning:
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [quote(facts.db_table), facts.pk.column, len(rows)],
            )
            for row, (key,) in zip(rows, cursor.fetchall(), strict=True):
                row.pk = key
        with cursor.copy(f"COPY {quote(facts.db_table)} ({columns}) FROM STDIN") as copy:
            for values in _values(fields, rows):
                copy.write_row(values)
    for row in rows:
        state = row._state  # noqa: SLF001 - as Django documents it
        state.adding, state.db = False, connection.alias


def _values(fields: Sequence[Field[Any, Any]], rows: Iterable[Model]) -> Iterator[list[Any]]:
    taken = attrgetter(*(field.attname for field in fields))
    encoded = [isinstance(field, JSONField) for field in fields]
    for row in rows:
        # A key that it had not got when this row was made of it.
        row._prepare_related_fields_for_save("bulk_create")  # type: ignore[attr-defined]  # noqa: SLF001 - as bulk_create does
        yield [
            value
            if type(value) in _PLAIN and not encode
            else field.get_db_prep_save(value, connection)
            for field, value, encode in zip(fields, taken(row), encoded, strict=True)
        ]
