"""Questions that are asked again and again, whose SQL is written once a process.

To write the SQL of a page's larger questions takes Django ten times as long as PostgreSQL takes to
answer them. What differs from one asking to the next are a few values; each has a stand-in while
the SQL is written, which no real value equals.
"""

from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import QuerySet

StandIn = int | str | datetime


class Question:
    """One question; `ask` returns it as a query of `values_list` for the values of `stand_ins`."""

    def __init__(self, ask: Callable[..., QuerySet[Any, Any]], **stand_ins: StandIn) -> None:
        self._ask = ask
        self._stand_ins = stand_ins

    def answer(self, **values: StandIn) -> list[tuple[Any, ...]]:
        """Return the rows for `values`, named as the stand-ins are; JSON comes as text."""
        sql, params = self._written
        given: list[Any] = [
            values[param.name] if isinstance(param, _Slot) else param for param in params
        ]
        with connection.cursor() as cursor:
            cursor.execute(sql, given)
            found: list[tuple[Any, ...]] = cursor.fetchall()
            return found

    @cached_property
    def _written(self) -> tuple[str, list[object]]:
        sql, params = self._ask(**self._stand_ins).query.sql_with_params()
        return sql, [self._slot_of(param) for param in params]

    def _slot_of(self, param: object) -> object:
        names = (name for name, value in self._stand_ins.items() if value == param)
        found = next(names, None)
        return _Slot(found) if found else param


class _Slot:
    """The place of a value that differs."""

    def __init__(self, name: str) -> None:
        self.name = name
