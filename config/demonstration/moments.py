"""The calendar of the demonstration: every moment is told from the one at which it is built.

Days are counted in working days, so that a story told as "three days ago, then two days ago" keeps
its order, and nothing happens on a Sunday that an office would not do.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

SATURDAY = 5
_OFFICE = (time(9), time(10), time(11), time(12), time(14), time(15), time(16), time(18))


@dataclass(frozen=True, slots=True)
class Moments:
    """Moments around `at`, which is in the zone of the organisation."""

    at: datetime

    def back(self, days: int, clock: str) -> datetime:
        """Return `clock` of the day `days` working days before today."""
        return self._on(-days, clock)

    def ahead(self, days: int, clock: str) -> datetime:
        """Return `clock` of the day `days` working days after today."""
        return self._on(days, clock)

    def minutes_ago(self, minutes: int) -> datetime:
        return self.at - timedelta(minutes=minutes)

    def soon(self) -> datetime:
        """Return the next hour of the office that is at least two hours away."""
        return self._office(self.at + timedelta(hours=2), earlier=False)

    def lately(self) -> datetime:
        """Return the last hour of the office that is at least one hour over."""
        return self._office(self.at - timedelta(hours=1), earlier=True)

    def _on(self, days: int, clock: str) -> datetime:
        step = timedelta(days=1 if days > 0 else -1)
        day = self.at.date()
        for _ in range(abs(days)):
            day += step
            while day.weekday() >= SATURDAY:
                day += step
        return datetime.combine(day, time.fromisoformat(clock), self.at.tzinfo)

    def _office(self, limit: datetime, *, earlier: bool) -> datetime:
        hours = [
            datetime.combine(limit.date() + timedelta(days=shift), hour, self.at.tzinfo)
            for shift in (-1, 0, 1)
            for hour in _OFFICE
        ]
        if earlier:
            return max(hour for hour in hours if hour <= limit)
        return min(hour for hour in hours if hour >= limit)
