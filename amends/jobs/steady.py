"""What time it is, whatever somebody does to the clock on the wall.

A clock of a machine may leap: a wrong time server, a mistyped date. What then looks due would be
done for good: promises broken, terms over. So time goes on here by the clock that only runs, and a
leap of the other one is believed when it has lasted.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

LEAP = timedelta(seconds=30)
LASTS = timedelta(minutes=10)


def _wall() -> datetime:
    return datetime.now(UTC)


def _running() -> timedelta:
    """Return how long the machine runs, its sleep included where it tells that."""
    which = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
    return timedelta(seconds=time.clock_gettime(which))


class SteadyClock:
    """Tells the time; a leap of the clock on the wall counts once it has lasted ten minutes."""

    def __init__(
        self,
        wall: Callable[[], datetime] = _wall,
        running: Callable[[], timedelta] = _running,
    ) -> None:
        self._wall, self._running = wall, running
        self._offset = self._offset_now()
        self._leapt_to = self._offset
        self._leapt_after: timedelta | None = None

    def now(self) -> datetime:
        """Return what time it is."""
        running, offset = self._running(), self._offset_now()
        if abs(offset - self._offset) <= LEAP:
            self._offset, self._leapt_after = offset, None
        elif self._leapt_after is None or abs(offset - self._leapt_to) > LEAP:
            self._leapt_to, self._leapt_after = offset, running
        elif running - self._leapt_after >= LASTS:
            self._offset, self._leapt_after = offset, None
        return datetime.fromtimestamp(0, UTC) + self._offset + running

    @property
    def has_leapt(self) -> bool:
        """Whether the clock on the wall tells another time, and is not believed yet."""
        return self._leapt_after is not None

    def _offset_now(self) -> timedelta:
        return self._wall() - datetime.fromtimestamp(0, UTC) - self._running()
