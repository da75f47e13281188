"""Which kinds of due moments have anything due: one statement, however many kinds there are.

Nearly every turn finds nothing, so that is what must cost little. The question is written once a
process; what differs from turn to turn is the instant alone, so each instant in it is kept by how
far it lies from the one that it was written for.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from amends.base.due import Due
from amends.base.questions import ask
from amends.jobs.models import Stumble

WRITTEN_FOR = datetime(2001, 1, 1, tzinfo=UTC)


def due_rows(kind: Due, at: datetime) -> QuerySet[Any]:
    """Return the rows of `kind` due at `at`, without those that failed and are tried later."""
    waiting = Stumble.objects.filter(kind=kind.name, retry_at__gt=at).values("row_id")
    rows: QuerySet[Any] = kind.rows(at).exclude(pk__in=waiting)
    return rows


def kinds_due(kinds: Sequence[Due], at: datetime) -> list[Due]:
    """Return those of `kinds` that have anything due at `at`, in their order."""
    by_clock = tuple(kind for kind in kinds if kind.by_clock_alone)
    found = _found(by_clock, at) if by_clock else frozenset()
    return [
        kind
        for kind in kinds
        if (kind.name in found if kind.by_clock_alone else due_rows(kind, at).exists())
    ]


def _found(kinds: tuple[Due, ...], at: datetime) -> frozenset[str]:
    sql, distances = written(kinds, WRITTEN_FOR)
    (row,) = ask(sql, {name: at + distance for name, distance in distances.items()})
    return frozenset(kind.name for kind, due in zip(kinds, row, strict=True) if due)


@cache
def written(kinds: tuple[Due, ...], at: datetime) -> tuple[str, dict[str, timedelta]]:
    """Return the question about `kinds` written for `at`: how far from it lies each instant in it.

    A first row in order, and not that there is one, for that is what the indexes answer at once.
    """
    distances: dict[str, timedelta] = {}
    asked = []
    for kind in kinds:
        sql, params = due_rows(kind, at).values_list("pk")[:1].query.sql_with_params()
        named = [_named(param, at, distances) for param in params]
        with connection.cursor() as cursor:
            asked.append(f"({cursor.mogrify(sql, named)}) IS NOT NULL".replace("%", "%%"))
    question = f"SELECT {', '.join(asked)}"
    for name in distances:
        question = question.replace(f"'<{name}>'", f"%({name})s")
    return question, distances


def _named(param: object, at: datetime, distances: dict[str, timedelta]) -> object:
    """Return what stands in the question for a value: an instant has a name, all else is as is."""
    if not isinstance(param, datetime):
        return param
    distance = param - at
    name = next((name for name, known in distances.items() if known == distance), None)
    name = name or f"instant_{len(distances)}"
    distances[name] = distance
    return f"<{name}>"
