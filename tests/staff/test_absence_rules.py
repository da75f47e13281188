from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from amends.staff.rules.absence import (
    Days,
    days_with_nobody,
    in_instants,
    is_away_throughout,
    is_too_long,
)

JUNE = Days(date(2026, 6, 1), date(2026, 6, 10))


def days(first, last):
    return Days(date(2026, 6, first), date(2026, 6, last))


def test_the_first_and_the_last_day_belong_to_it():
    assert len(list(JUNE)) == 10
    assert date(2026, 6, 10) in JUNE
    assert date(2026, 6, 11) not in JUNE


def test_it_is_over_when_the_last_day_is_also_where_the_clock_changes():
    vilnius = ZoneInfo("Europe/Vilnius")
    begins, ends = in_instants(Days(date(2026, 3, 28), date(2026, 3, 29)), vilnius)
    assert begins == datetime(2026, 3, 27, 22, tzinfo=UTC)
    assert ends == datetime(2026, 3, 29, 21, tzinfo=UTC)


@pytest.mark.parametrize(
    ("other", "overlaps"), [(days(10, 12), True), (days(11, 12), False), (days(2, 3), True)]
)
def test_two_absences_overlap_where_they_share_a_day(other, overlaps):
    assert JUNE.overlaps(other) is other.overlaps(JUNE) is overlaps


def test_more_than_a_year_is_no_absence():
    assert not is_too_long(Days(date(2026, 1, 1), date(2026, 12, 31)))
    assert is_too_long(Days(date(2026, 1, 1), date(2027, 1, 2)))


def test_who_is_there_on_one_of_the_days_is_not_away_throughout():
    assert is_away_throughout(JUNE, [days(1, 5), days(6, 12)])
    assert not is_away_throughout(JUNE, [days(1, 5), days(7, 12)])
    assert not is_away_throughout(JUNE, [])


def test_the_days_on_which_all_deputies_are_away_are_told_in_a_row():
    assert days_with_nobody(JUNE, [[days(1, 4), days(8, 8)], [days(3, 9)]]) == [
        days(3, 4),
        days(8, 8),
    ]
    assert days_with_nobody(JUNE, [[days(1, 4)], []]) == []
    assert days_with_nobody(JUNE, []) == [JUNE]
