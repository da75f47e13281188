"""Days of the year on which somebody likes to be greeted, if they agreed to it. Pure."""

from calendar import isleap, monthrange
from datetime import date
from enum import StrEnum

_LEAP_YEAR = 2000
_HUNDRED = 100
_28_FEBRUARY, _29_FEBRUARY = 228, 229
MONTHS = 12


class OccasionKind(StrEnum):
    """What is greeted; without a year, for nobody's age is our business. Source: S2-05."""

    BIRTHDAY = "birthday"
    NAME_DAY = "name-day"
    CUSTOMER_SINCE = "customer-since"
    OWN = "own"


def month_day(month: int, day: int) -> int | None:
    """Return a day of the year as one number, 507 for 7 May; None if there is no such day."""
    if not 1 <= month <= MONTHS or not 1 <= day <= monthrange(_LEAP_YEAR, month)[1]:
        return None
    return month * _HUNDRED + day


def parts(of_year: int) -> tuple[int, int]:
    """Return the month and the day of what `month_day` made."""
    return divmod(of_year, _HUNDRED)


def greeted_on(today: date) -> tuple[int, int]:
    """Return the days of the year that are greeted `today`, as `month_day` makes them.

    Two as a rule the same; on 28 February those of the 29th, too, in a year that has none.
    """
    this = today.month * _HUNDRED + today.day
    also = _29_FEBRUARY if this == _28_FEBRUARY and not isleap(today.year) else this
    return this, also
