"""By which hours somebody worked at every moment, also before they changed. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from amends.standards.rules.hours import Hours


@dataclass(frozen=True, slots=True)
class Until:
    """Hours that held until a moment; none where there were none of one's own."""

    hours: Hours | None
    until: datetime


@dataclass(frozen=True, slots=True)
class Held:
    """The hours that hold now, and those that held before, in order."""

    now: Hours | None
    before: Sequence[Until] = ()

    def at(self, moment: datetime) -> Hours | None:
        """Return the hours that held at an instant."""
        return next((each.hours for each in self.before if each.until > moment), self.now)


def worked_by(own: Held, house: Held, since: datetime) -> list[tuple[datetime, Hours | None]]:
    """Return the hours that somebody worked by since an instant, and from when each.

    Their own hold before those of the house; none where nobody had said any.
    """
    changes = sorted({since, *_changes(own.before, since), *_changes(house.before, since)})
    found: list[tuple[datetime, Hours | None]] = []
    for moment in changes:
        hours = own.at(moment) or house.at(moment)
        if not found or found[-1][1] != hours:
            found.append((moment, hours))
    return found


def _changes(before: Iterable[Until], since: datetime) -> list[datetime]:
    return [each.until for each in before if each.until > since]
