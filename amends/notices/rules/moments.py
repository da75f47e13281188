"""When a mail leaves that tells of something, and when the digest of a day does. Pure.

Every moment is aware and in the zone of whoever is told.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

ONE_DAY = timedelta(days=1)
# What belongs together comes as several events, in any order: the gravest is told once it is known.
SETTLES = timedelta(minutes=1)
EVENING, MORNING = 20, 7
HOURS = range(24)
DIGEST_HOUR = 8
# Who does not work for so long reads the digest on a day off.
LONGEST_REST = 30
# A promise is warned of so long before its moment, and not at all if it was given shortly before.
WARNS_BEFORE = timedelta(hours=2)
GIVEN_LONG_BEFORE = timedelta(hours=4)
# So old, it is no news any more: nobody is mailed, and it is not counted as unread.
STALE_FOR_MAIL = timedelta(days=3)
STALE = timedelta(days=14)
FORGOTTEN_AFTER = timedelta(days=180)


def mail_moment(happened: datetime, *, at_night: bool) -> datetime:
    """Return when a mail about what `happened` leaves; not at night, unless wished for."""
    settled = happened + SETTLES
    if at_night or MORNING <= settled.hour < EVENING:
        return settled
    day = settled.date() + (ONE_DAY if settled.hour >= EVENING else timedelta(0))
    return datetime.combine(day, time(MORNING), tzinfo=settled.tzinfo)


def digest_moment(after: datetime, *, hour: int, works: Callable[[date], bool]) -> datetime:
    """Return when the next digest leaves: at `hour` of the first day `after` that `works`."""
    first = after.date()
    days = [first + number * ONE_DAY for number in range(LONGEST_REST)]
    moments = [datetime.combine(day, time(hour), tzinfo=after.tzinfo) for day in days]
    later = [moment for moment in moments if moment > after]
    return next((moment for moment in later if works(moment.date())), later[0])
