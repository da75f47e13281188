from datetime import date, timedelta

import pytest

from amends.cases.rules.admissibility import (
    Ground,
    are_in_order,
    is_looked_at_first,
    lacks_dates,
)

TODAY = date(2026, 3, 27)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("days", "right"),
    [
        ((), True),
        ((None, None, None), True),
        ((TODAY - DAY, None, TODAY), True),
        ((TODAY, TODAY, TODAY), True),
        ((TODAY, TODAY - DAY), False),
        ((None, TODAY + DAY), False),
    ],
)
def test_it_happens_then_is_known_then_complained_of(days, right):
    assert are_in_order(days, today=TODAY) is right


def test_only_what_is_late_is_counted_from_a_day():
    assert lacks_dates(Ground.LATE, happened_on=None, aware_on=None)
    assert not lacks_dates(Ground.LATE, happened_on=TODAY, aware_on=None)
    assert not lacks_dates(Ground.LATE, happened_on=None, aware_on=TODAY)
    assert not lacks_dates(Ground.REPEATED, happened_on=None, aware_on=None)


@pytest.mark.parametrize("ground", Ground)
def test_what_is_not_ours_opens_at_once_when_something_new_is(ground):
    assert is_looked_at_first(ground) is (ground is not Ground.NOT_OURS)
