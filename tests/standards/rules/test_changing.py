from dataclasses import replace
from datetime import date

import pytest

from amends.standards.rules.changing import may_move_later
from amends.standards.rules.days import EndsOnDayOff, Length, Unit, WorkingDays
from amends.standards.rules.law import Happening
from amends.standards.rules.shipped import SHIPPED

[LT] = [each for each in SHIPPED if each.key == "lt.consumer"]
[SHORT] = [each for each in SHIPPED if each.key == "uk.disp.short"]
IDLE = replace(LT, verified_on=None)
WEEKDAYS = WorkingDays()


@pytest.mark.parametrize(
    "change",
    [
        {"length": Length(15, Unit.DAYS)},
        {"length": Length(1, Unit.MONTHS)},
        {"length": None},
        {"length": Length(10, Unit.WORKING_DAYS), "ends_on_day_off": EndsOnDayOff.NEXT_WORKING_DAY},
        {"ends_on_day_off": EndsOnDayOff.NEXT_WORKING_DAY},
        {"starts_on": Happening.REGISTERED},
        {"verified_on": None},
        {"option": True},
        {"custom": True},
        {"sector": "financial"},
        {"party_kind": "natural-person"},
        {"jurisdiction": "PL"},
    ],
)
def test_what_gives_more_time_or_takes_the_clock_from_somebody_may_move_a_term_later(change):
    holidays = WorkingDays(frozenset({date(2027, 12, 24)}))
    assert may_move_later(LT, replace(LT, **change), holidays)


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"length": Length(13, Unit.DAYS)},
        {"length": Length(2, Unit.WEEKS)},
        {"party_kind": ""},
        {"source": "The law, read again", "verified_on": date(2027, 1, 1)},
        {"note": "Read strictly."},
    ],
)
def test_what_gives_as_much_or_less_moves_nothing_later(change):
    assert not may_move_later(LT, replace(LT, **change), WEEKDAYS)


@pytest.mark.parametrize("was", [IDLE, SHORT, replace(LT, length=None)])
def test_what_set_no_day_cannot_move(was):
    assert not may_move_later(was, replace(was, length=Length(90, Unit.DAYS)), WEEKDAYS)


def test_a_clock_that_starts_with_the_receipt_again_is_earlier():
    registered = replace(LT, starts_on=Happening.REGISTERED)
    assert not may_move_later(registered, LT, WEEKDAYS)
