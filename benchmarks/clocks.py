"""What running clocks cost: a turn with nothing due, and how fast what is due is done.

    python -m benchmarks.clocks 1000000

An installation of its own in a temporary folder, with so many running clocks on a tenth as many
cases. A turn is one look of the sweeper at all kinds of due moments; then a thousand of the clocks
run out and are noticed by one worker: each a row, an entry of the journal and its reaction queued.
"""

import statistics
import sys
import time
from collections.abc import Callable

from benchmarks.installation import in_own_process, installed

CLOCKS_A_CASE = 10
TURNS = 100
DUE = 1000
CLOCKS = """
INSERT INTO cases_caseclock (case_id, whose, what, number, binds, paused, started_at, due_at,
    watch_at)
SELECT c.id, 'standard', 'resolution', k, true, false, now(), due.at, due.at
FROM cases_case c, generate_series(1, %(each)s) k,
    LATERAL (SELECT now() + interval '30 days' + c.id * interval '1 second' AS at) due
"""
RUN_OUT = """
UPDATE cases_caseclock SET due_at = moment.at, watch_at = moment.at
FROM (SELECT now() - interval '1 minute' AS at) moment
WHERE id IN (SELECT id FROM cases_caseclock ORDER BY watch_at DESC LIMIT %(due)s)
"""


def main(clocks: int) -> None:
    """Measure in a process of its own."""
    in_own_process("benchmarks.clocks", str(clocks))


def measure(clocks: int) -> None:
    """Make so many running clocks; print what a turn takes and how fast a thousand are done."""
    with installed():
        report(clocks)


def report(clocks: int) -> None:
    """Fill the database, and print the figures."""
    from django.db import connection  # noqa: PLC0415 - once the settings are known
    from django.utils import timezone  # noqa: PLC0415

    from amends.base.due import kinds  # noqa: PLC0415
    from amends.jobs.sweeper import _sweep_kind, sweep  # noqa: PLC0415
    from benchmarks.ground import CASES_ALONE, fill  # noqa: PLC0415

    fill(clocks // CLOCKS_A_CASE, CASES_ALONE)
    with connection.cursor() as cursor:
        cursor.execute(CLOCKS, {"each": CLOCKS_A_CASE})
        cursor.execute("VACUUM ANALYZE cases_caseclock")
    (ran_out,) = (kind for kind in kinds() if kind.name == "cases.clock_ran_out")
    sweep(timezone.now())
    turns = _timed(lambda: sweep(timezone.now()))
    with connection.cursor() as cursor:
        cursor.execute(RUN_OUT, {"due": DUE})
    began, busy = time.perf_counter(), time.process_time()
    done = _sweep_kind(ran_out, timezone.now())
    rate, busy_ms = done / (time.perf_counter() - began), (time.process_time() - busy) * 1000
    print(
        "| running clocks | turn, all kinds, ms | fastest | done/s | worker's processor ms each |"
    )
    print("|---:|---:|---:|---:|---:|")
    print(
        f"| {clocks:,} | {statistics.median(turns):.1f} | {min(turns):.1f} "
        f"| {rate:.0f} ({done} due) | {busy_ms / max(done, 1):.2f} |"
    )


def _timed(turn: Callable[[], int]) -> list[float]:
    """Return the milliseconds that each of many turns takes."""
    taken = []
    for _ in range(TURNS):
        began = time.perf_counter()
        turn()
        taken.append((time.perf_counter() - began) * 1000)
    return taken


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        measure(int(sys.argv[2]))
    else:
        main(int(sys.argv[1]) if sys.argv[1:] else 1_000_000)
