"""The one sweeper: does what is due, exactly once, however many sweepers run and however they die.

A batch of due rows is locked, acted on and committed in one short transaction. A sweeper that is
killed in its midst leaves nothing done and nothing locked; another one skips what it has locked.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from threading import Event
from traceback import extract_tb

import structlog
from django.db import DatabaseError, close_old_connections, connection, models, transaction

from amends.base.due import Due, kinds
from amends.jobs.look import due_rows, kinds_due
from amends.jobs.models import Stumble
from amends.jobs.steady import SteadyClock

BATCH = 50
TURN_SECONDS = 1.0
FIRST_RETRY = timedelta(seconds=10)
LAST_RETRY = timedelta(hours=1)
LONGEST_ERROR = 1000

log = structlog.get_logger(__name__)


class StillDue(Exception):
    """An act left its row as due as it was."""


def sweep(at: datetime) -> int:
    """Do everything that is due at `at`; return how many rows were acted on.

    What an act makes due of a kind further on is done in the same turn.
    """
    done, last = 0, ""
    while due := [kind for kind in kinds_due(kinds(), at) if kind.name > last]:
        done += _sweep_kind(due[0], at)
        last = due[0].name
    return done


def sweep_until(stopping: Event) -> None:
    """Sweep once a second until `stopping` is set; a lost database is awaited.

    A leap of the machine's clock makes nothing due: see `amends.jobs.steady`.
    """
    clock = SteadyClock()
    while not stopping.wait(TURN_SECONDS):
        try:
            close_old_connections()
            sweep(clock.now())
        except DatabaseError as problem:
            log.warning("sweep_failed", problem=type(problem).__name__)
            connection.close()
    connection.close()


def _sweep_kind(kind: Due, at: datetime) -> int:
    acted: set[int] = set()
    while True:
        full, done = _sweep_batch(kind, at, acted)
        acted |= done
        if not full:
            return len(acted)


@transaction.atomic
def _sweep_batch(kind: Due, at: datetime, acted: set[int]) -> tuple[bool, set[int]]:
    """Act on one batch; return whether more may be due, and the keys of the rows acted on."""
    rows = list(due_rows(kind, at).select_for_update(skip_locked=True, of=kind.locks)[:BATCH])
    if not rows:
        return False, set()
    before = {
        stumble.row_id: stumble
        for stumble in Stumble.objects.filter(kind=kind.name, row_id__in=[r.pk for r in rows])
    }
    keys = {row.pk for row in rows}
    if not before and acted.isdisjoint(keys) and _act_together(kind, rows, at):
        return len(rows) == BATCH, keys
    done: set[int] = set()
    for row in rows:
        if _act(kind, row, at, before.get(row.pk), again=row.pk in acted):
            done.add(row.pk)
    return len(rows) == BATCH, done


def _act_together(kind: Due, rows: Sequence[models.Model], at: datetime) -> bool:
    """Act on all of a batch under one savepoint; return whether it was done.

    Where one row fails, nothing of it stays: each is then tried by itself, and that one alone is
    noted.
    """
    try:
        with transaction.atomic():
            if kind.act_all:
                kind.act_all(rows, at=at)
            else:
                for row in rows:
                    kind.act(row, at=at)
    except Exception:
        # Whatever it was: each row is tried by itself, and the one that fails again is noted.
        if _is_lost():
            raise
        return False
    return True


def _act(
    kind: Due, row: models.Model, at: datetime, before: Stumble | None, *, again: bool
) -> bool:
    try:
        with transaction.atomic():
            _act_once(kind, row, at, again=again)
    except Exception as problem:
        # One row that fails must not hold up the others; a lost database stops them all.
        if _is_lost():
            raise
        _remember(kind, row, at, before, problem)
        return False
    if before:
        before.delete()
    return True


def _is_lost() -> bool:
    return connection.connection is None or connection.connection.closed


def _act_once(kind: Due, row: models.Model, at: datetime, *, again: bool) -> None:
    if again:
        raise StillDue(f"{kind.name} leaves row {row.pk} as due as it was")
    kind.act(row, at=at)


def _remember(
    kind: Due, row: models.Model, at: datetime, before: Stumble | None, problem: Exception
) -> None:
    failures = before.failures + 1 if before else 1
    wait = min(FIRST_RETRY * 2 ** min(failures - 1, 12), LAST_RETRY)
    place = extract_tb(problem.__traceback__)[-1]
    what = f"{type(problem).__name__} in {place.name}, line {place.lineno}"
    Stumble.objects.update_or_create(
        kind=kind.name,
        row_id=row.pk,
        defaults={
            "failures": failures,
            "failed_at": at,
            "retry_at": at + wait,
            "error": f"{what}: {problem}"[:LONGEST_ERROR],
        },
    )
    # The text of an error may name a person; what goes to the log names only the place.
    log.error("due_act_failed", kind=kind.name, row=row.pk, failures=failures, what=what)
