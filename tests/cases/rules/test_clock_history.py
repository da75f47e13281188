from datetime import date

import pytest

from amends.cases.rules.clock_history import Belongs


@pytest.mark.parametrize(
    ("from_on", "until_on", "belonged"),
    [
        (None, None, True),
        (date(2026, 3, 2), date(2026, 3, 2), True),
        (date(2026, 3, 3), None, False),
        (None, date(2026, 3, 1), False),
    ],
)
def test_a_case_is_of_the_organisations_to_which_its_customer_belonged_when_it_came(
    from_on, until_on, belonged
):
    assert Belongs(7, from_on, until_on).on(date(2026, 3, 2)) is belonged
