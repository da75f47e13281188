from datetime import date

from amends.standards.rules.hours import Hours, read_days, read_openings
from amends.standards.rules.year import DayKind, year_of

WEEK = (*[read_openings("9-17")] * 5, (), ())
DAYS = read_days("2028-12-23 10-14\n2028-12-24 9-12\n2028-07-07")


def kinds(hours):
    return {each.on: each.kind for each in year_of(hours, 2028, "en")}


def test_every_day_of_a_year_is_one_thing():
    found = kinds(Hours("Europe/Vilnius", "LT", "", WEEK, DAYS))
    assert len(found) == 366
    assert found[date(2028, 2, 29)] is DayKind.OPEN
    assert found[date(2028, 2, 26)] is DayKind.CLOSED
    assert found[date(2028, 5, 1)] is DayKind.HOLIDAY
    assert found[date(2028, 7, 7)] is DayKind.OWN_CLOSED
    assert found[date(2028, 12, 23)] is DayKind.OWN


def test_what_we_say_of_a_holiday_holds_over_it_and_it_keeps_its_name():
    hours = Hours("Europe/Vilnius", "LT", "", WEEK, DAYS)
    (eve,) = [each for each in year_of(hours, 2028, "en") if each.on == date(2028, 12, 24)]
    assert (eve.kind, eve.holiday) == (DayKind.OWN, "Christmas Eve")
    assert eve.openings == read_openings("9-12")


def test_without_a_country_no_day_is_a_holiday():
    found = kinds(Hours("Europe/Vilnius", "", "", WEEK))
    assert set(found.values()) == {DayKind.OPEN, DayKind.CLOSED}
