"""Questions that are asked again and again: their SQL is written once, and planned once.

To write the SQL of a page's larger questions takes Django ten times as long as PostgreSQL takes to
answer them, and PostgreSQL plans them longer than it answers. So each is written once a process
and prepared once a connection. What differs from one asking to the next are a few values; each has
a stand-in while the SQL is written, which no real value equals.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from psycopg import Cursor

StandIn = int | str | datetime


class _Prepared(Cursor[Any]):
    """Prepares what it is asked, by the protocol: poolers carry that from session to session."""

    def execute(self, query: Any, params: Any = None, **_options: Any) -> "_Prepared":  # noqa: ANN401 - psycopg's signature
        super().execute(query, params, prepare=True)
        return self


def ask(written: str, values: Mapping[str, StandIn]) -> list[tuple[Any, ...]]:
    """Return what the SQL `written` once finds for `values`, prepared once a connection."""
    connection.ensure_connection()
    wrap = connection.make_debug_cursor if connection.queries_logged else connection.make_cursor
    raw = _Prepared(connection.connection)
    with wrap(raw) as cursor:  # type: ignore[arg-type] # the stubs name what it makes of it
        cursor.execute(written, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


class Question:
    """One question; `ask` returns it as a query of `values_list` for the values of `stand_ins`."""

    def __init__(self, ask: Callable[..., QuerySet[Any, Any]], **stand_ins: StandIn) -> None:
        self._ask = ask
        self._stand_ins = stand_ins

    def answer(self, **values: StandIn) -> list[tuple[Any, ...]]:
        """Return the rows for `values`, named as the stand-ins are; JSON comes as text."""
        return ask(self._written, values)

    @cached_property
    def _written(self) -> str:
        """The SQL with what never differs in its place, and a placeholder for each value."""
        sql, params = self._ask(**self._stand_ins).query.sql_with_params()
        with connection.cursor() as cursor:
            written = str(cursor.mogrify(sql, [self._slot_or(param) for param in params]))
        written = written.replace("%", "%%")
        for name in self._stand_ins:
            written = written.replace(f"'{_slot(name)}'", f"%({name})s")
        return written

    def _slot_or(self, param: object) -> object:
        names = (name for name, value in self._stand_ins.items() if value == param)
        found = next(names, None)
        return _slot(found) if found else param


def _slot(name: str) -> str:
    """Return what stands in the written SQL for the value of this name."""
    return f"<{name}>"
