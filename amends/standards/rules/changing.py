"""Whether another version of a law's clock may make anything due later. Pure."""

from datetime import date, timedelta

from amends.standards.rules.days import WorkingDays, last_day
from amends.standards.rules.law import ClockProfile, Happening

# Every place of a term in the week, the month and a leap year is among these days.
_FIRST_DAY = date(2027, 7, 1)
_DAYS = tuple(_FIRST_DAY + timedelta(days=each) for each in range(366))


def may_move_later(was: ClockProfile, now: ClockProfile, working_days: WorkingDays) -> bool:
    """Return whether anything that `was` sets a day for could be due later by `now`, or never.

    What did not run, or was never the earliest, cannot move.
    """
    if not was.may_run or was.option or was.length is None:
        return False
    if now.length is None or _counts_less(was, now) or _leaves_out(was, now):
        return True
    before, after = was.length, now.length
    return any(
        last_day(day, after, working_days, now.ends_on_day_off)
        > last_day(day, before, working_days, was.ends_on_day_off)
        for day in _DAYS
    )


def _counts_less(was: ClockProfile, now: ClockProfile) -> bool:
    """Return whether it does not run any more, binds less than it did, or begins later."""
    yields = now.option or (now.custom and not was.custom)
    begins_later = now.starts_on not in (was.starts_on, Happening.RECEIVED)
    return not now.may_run or yields or begins_later


def _leaves_out(was: ClockProfile, now: ClockProfile) -> bool:
    """Return whether somebody for whom the clock ran has none any more."""
    pairs = (
        (was.jurisdiction, now.jurisdiction),
        (was.sector, now.sector),
        (was.party_kind, now.party_kind),
    )
    return any(after not in ("", before) for before, after in pairs)
