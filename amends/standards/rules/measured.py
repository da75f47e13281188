"""How often a standard was kept: the share, how sure that is, and month by month. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from math import sqrt

# The normal deviate for an interval that holds the true share 95 times of 100.
_Z = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Counted:
    """How many clocks of a standard were kept and how many were not, in a month or in all."""

    kept: int = 0
    missed: int = 0

    @property
    def all(self) -> int:
        return self.kept + self.missed

    @property
    def share(self) -> float | None:
        return self.kept / self.all if self.all else None

    def __add__(self, other: "Counted") -> "Counted":
        return Counted(self.kept + other.kept, self.missed + other.missed)


def interval(counted: Counted) -> tuple[float, float] | None:
    """Return between which shares the true one lies, by Wilson's score; none without data.

    It holds for few cases and for shares near all or nothing, where the textbook's does not.
    """
    total = counted.all
    if not total:
        return None
    share, z2 = counted.kept / total, _Z * _Z
    middle = (share + z2 / (2 * total)) / (1 + z2 / total)
    half = _Z * sqrt(share * (1 - share) / total + z2 / (4 * total * total)) / (1 + z2 / total)
    return max(middle - half, 0.0), min(middle + half, 1.0)


def months_until(last: date, count: int) -> list[date]:
    """Return the first days of `count` months, of which the one of `last` is the last."""
    number = last.year * 12 + last.month - 1
    return [date(each // 12, each % 12 + 1, 1) for each in range(number - count + 1, number + 1)]


def total(parts: Iterable[Counted]) -> Counted:
    """Return all of `parts` together."""
    return sum(parts, Counted())
