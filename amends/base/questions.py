"""Questions that are asked again and again: their SQL is written once, and planned once.

To write the SQL of a page's larger questions takes Django ten times as long as PostgreSQL takes to
answer them, and PostgreSQL plans them longer than it answers. So each is written once a process
and prepared once a connection. What differs from one asking to the next are a few values; each has
a stand-in while the SQL is written, which no real value equals.
"""

from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from itertools import count
from typing import Any
from weakref import WeakKeyDictionary

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models import QuerySet
from psycopg import Connection

StandIn = int | str | datetime

_numbers = count()
_prepared: WeakKeyDictionary[Connection[Any], set[str]] = WeakKeyDictionary()


class Question:
    """One question; `ask` returns it as a query of `values_list` for the values of `stand_ins`."""

    def __init__(self, ask: Callable[..., QuerySet[Any, Any]], **stand_ins: StandIn) -> None:
        self._ask = ask
        self._stand_ins = stand_ins
        self._name = f"question_{next(_numbers)}"
        marks = ", ".join(["%s"] * len(stand_ins))
        self._again = f"EXECUTE {self._name}" + (f" ({marks})" if marks else "")

    def answer(self, **values: StandIn) -> list[tuple[Any, ...]]:
        """Return the rows for `values`, named as the stand-ins are; JSON comes as text."""
        with connection.cursor() as cursor:
            self._prepare(cursor)
            cursor.execute(self._again, [values[name] for name in self._stand_ins])
            found: list[tuple[Any, ...]] = cursor.fetchall()
            return found

    def _prepare(self, cursor: CursorWrapper) -> None:
        """See that the connection of `cursor` knows the question."""
        known = _prepared.setdefault(cursor.connection, set())
        if self._name not in known:
            sql, params = self._written
            written = cursor.mogrify(sql, params)
            for place, name in enumerate(self._stand_ins, start=1):
                written = written.replace(f"'{_slot(name)}'", f"${place}")
            with connection.wrap_database_errors:
                # Not through Django's cursor: it belongs to the connection, not to what is asked.
                cursor.cursor.execute(f"PREPARE {self._name} AS {written}")
            known.add(self._name)

    @cached_property
    def _written(self) -> tuple[str, list[object]]:
        sql, params = self._ask(**self._stand_ins).query.sql_with_params()
        return sql, [self._slot_or(param) for param in params]

    def _slot_or(self, param: object) -> object:
        names = (name for name, value in self._stand_ins.items() if value == param)
        found = next(names, None)
        return _slot(found) if found else param


def _slot(name: str) -> str:
    """Return what stands in the written SQL for the value of this name."""
    return f"<{name}>"
