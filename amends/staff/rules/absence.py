"""Who is away when, and who stands in then. Pure."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

ONE_DAY = timedelta(days=1)
LONGEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Days:
    """Some days in a row, the first and the last of them too."""

    first_on: date
    last_on: date

    def __iter__(self) -> Iterator[date]:
        for number in range(self.first_on.toordinal(), self.last_on.toordinal() + 1):
            yield date.fromordinal(number)

    def __contains__(self, day: date) -> bool:
        return self.first_on <= day <= self.last_on

    def overlaps(self, other: "Days") -> bool:
        """Return whether there is a day that both have."""
        return self.first_on <= other.last_on and other.first_on <= self.last_on


def in_instants(days: Days, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return when `days` begin and are over, where the wall clock hangs in `zone`."""
    begins = datetime.combine(days.first_on, time(), tzinfo=zone)
    return begins, datetime.combine(days.last_on + ONE_DAY, time(), tzinfo=zone)


def is_too_long(days: Days) -> bool:
    """Return whether it is more than a year: then it is no absence any more."""
    return days.last_on - days.first_on >= LONGEST


def is_away_throughout(days: Days, absences: Collection[Days]) -> bool:
    """Return whether somebody with these `absences` of their own is there on none of the `days`."""
    return all(any(day in one for one in absences) for day in days)


def days_with_nobody(days: Days, absences: Sequence[Collection[Days]]) -> list[Days]:
    """Return on which of the `days` nobody stands in: all deputies are away themselves.

    absences: of each deputy, their own. Without a deputy, all of the days.
    """
    bare = [day for day in days if all(any(day in one for one in of) for of in absences)]
    return list(_in_a_row(bare))


def _in_a_row(days: Iterable[date]) -> Iterator[Days]:
    found: Days | None = None
    for day in days:
        if found and day == found.last_on + ONE_DAY:
            found = Days(found.first_on, day)
            continue
        if found:
            yield found
        found = Days(day, day)
    if found:
        yield found
