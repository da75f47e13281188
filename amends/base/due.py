"""What falls due by the clock, and what is done about it then.

A due moment is a column with a partial index. A package names each of its kinds once, in its
`tasks`, and the one sweeper in `amends.jobs` does the rest.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeVar

Row_contra = TypeVar("Row_contra", contravariant=True)


class Act(Protocol[Row_contra]):
    """What an action looks like that is done when something is due."""

    def __call__(self, due: Row_contra, /, *, at: datetime) -> object: ...


@dataclass(frozen=True, slots=True)
class Due:
    """One kind of due moment.

    name: what the log and the health page call it, such as `cases.promise_breaks`.
    rows: the rows due by an instant, most overdue first; a query that a partial index answers.
    act: the action that does what is due for one row, inside the sweeper's transaction and holding
        the row's lock. Afterwards the row must no longer be among `rows`.
    locks: what is locked with each row, as `select_for_update(of=…)` names it. A row of a case
        locks its case, too (`("self", "case")`, and `rows` selects it as related): actions lock
        the case first, and a sweeper that waited for it with the row in hand would be deadlocked
        with them. What somebody else has locked is skipped and comes up again a second later.
    act_all: does the same for many rows at once, in fewer statements; where it fails nothing of it
        stays, and they are acted on one by one.
    by_clock_alone: whether `rows` asks the same at every instant but for the instant itself. The
        look at all kinds is then written once; one that goes by settings, too, is asked each time.
    """

    name: str
    rows: Callable[[datetime], Any]
    act: Act[Any]
    locks: tuple[str, ...] = ("self",)
    by_clock_alone: bool = True
    act_all: Act[Any] | None = None


_kinds: dict[str, Due] = {}


def sweep(due: Due) -> Due:
    """Make the sweeper look after `due`."""
    _kinds[due.name] = due
    return due


def kinds() -> tuple[Due, ...]:
    """Return every kind of due moment, in the order of their names."""
    return tuple(_kinds[name] for name in sorted(_kinds))
