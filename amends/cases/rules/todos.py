"""What is to be done inside, by whom and by when: no promise to the customer. Pure."""

from dataclasses import dataclass

MOST_LINES = 12
MOST_DAYS = 90


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a checklist: what is to be done, and within how many working days."""

    what: str
    within_days: int


def lines_read(lines: list[tuple[str, int | None]]) -> tuple[Line, ...]:
    """Return what was written line by line, the empty ones left out; a day where none is said."""
    return tuple(Line(what.strip(), days or 1) for what, days in lines if what.strip())


def can_be_kept(lines: tuple[Line, ...]) -> bool:
    """Return whether a checklist may consist of these `lines`."""
    in_time = all(1 <= line.within_days <= MOST_DAYS for line in lines)
    return 1 <= len(lines) <= MOST_LINES and in_time
