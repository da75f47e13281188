"""How long working time takes to reckon, near and far, with the sums made and without.

    python -m benchmarks.working_time

Prints a table in Markdown: the least of several rounds, a call.
"""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from timeit import repeat
from zoneinfo import ZoneInfo

from amends.standards.rules.calendar import (
    Calendar,
    Opening,
    add_working_time,
    is_open,
    subtract_working_time,
    working_time,
)
from amends.standards.rules.public_holidays import public_holidays

WARSAW = ZoneInfo("Europe/Warsaw")
DAY_OF_WORK = timedelta(hours=7, minutes=30)
DAYS_OF_WORK_A_YEAR = 251
FRIDAY = datetime(2026, 3, 27, 15, 42, tzinfo=UTC)
ROUNDS, CALLS = 7, 20_000


def main() -> None:
    """Print what each kind of question costs."""
    print("| what | µs |\n|---|---:|")
    calendar = office()
    for what, call in questions(calendar):
        call()
        print(f"| {what} | {micros(call, CALLS):.2f} |")
    cold = micros(lambda: add_working_time(office(), FRIDAY, 10 * DAY_OF_WORK), 20)
    print(f"| add ten days, a calendar of that moment | {cold:.0f} |")


def office() -> Calendar:
    """Return an office with a lunch break, closed on the holidays of Poland."""
    hours = (Opening(time(8), time(12)), Opening(time(12, 30), time(16)))
    return Calendar(WARSAW, dict.fromkeys(range(5), hours), public_holidays("PL"))


def questions(calendar: Calendar) -> list[tuple[str, Callable[[], object]]]:
    """Return what is asked of a calendar, each with its name."""
    ten_years = 10 * DAYS_OF_WORK_A_YEAR * DAY_OF_WORK
    later, much_later = FRIDAY + timedelta(days=10), FRIDAY + timedelta(days=3652)
    return [
        ("add four hours", lambda: add_working_time(calendar, FRIDAY, timedelta(hours=4))),
        ("add ten days", lambda: add_working_time(calendar, FRIDAY, 10 * DAY_OF_WORK)),
        ("add ten years", lambda: add_working_time(calendar, FRIDAY, ten_years)),
        ("subtract ten days", lambda: subtract_working_time(calendar, FRIDAY, 10 * DAY_OF_WORK)),
        ("subtract ten years", lambda: subtract_working_time(calendar, FRIDAY, ten_years)),
        ("between, ten days", lambda: working_time(calendar, FRIDAY, later)),
        ("between, ten years", lambda: working_time(calendar, FRIDAY, much_later)),
        ("is open", lambda: is_open(calendar, FRIDAY)),
    ]


def micros(call: Callable[[], object], calls: int) -> float:
    """Return what a call takes at best, in millionths of a second."""
    return min(repeat(call, number=calls, repeat=ROUNDS)) / calls * 1e6


if __name__ == "__main__":
    main()
