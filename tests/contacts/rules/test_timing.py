from datetime import timedelta

import pytest

from amends.contacts.rules.timing import AHEAD, FIRST_MAIL_AT, moment_of
from tests.make import NOW

LAST_YEAR = NOW - timedelta(days=365)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("told", "moment"),
    [
        ([LAST_YEAR, NOW], LAST_YEAR),
        ([None, LAST_YEAR], LAST_YEAR),
        ([NOW + AHEAD], NOW),
        ([NOW + AHEAD + SECOND, LAST_YEAR], LAST_YEAR),
        ([FIRST_MAIL_AT - SECOND, None], NOW),
        ([], NOW),
    ],
)
def test_a_contact_happened_when_it_can_have_happened(told, moment):
    assert moment_of(told, otherwise=NOW) == moment
