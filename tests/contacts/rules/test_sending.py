from datetime import timedelta

import pytest

from amends.contacts.rules.sending import GIVEN_UP_AFTER, LONGEST_WAIT, next_try
from tests.make import NOW


@pytest.mark.parametrize(
    ("tries", "wait"),
    [
        (1, timedelta(minutes=1)),
        (2, timedelta(minutes=2)),
        (5, timedelta(minutes=16)),
        (9, LONGEST_WAIT),
        (5000, LONGEST_WAIT),
    ],
)
def test_each_try_waits_longer_than_the_one_before(tries, wait):
    assert next_try(tries=tries, written_at=NOW, at=NOW) == NOW + wait


def test_a_mail_is_given_up_in_the_end():
    late = NOW + GIVEN_UP_AFTER
    assert next_try(tries=30, written_at=NOW, at=late) is None
    assert next_try(tries=30, written_at=NOW, at=late - timedelta(seconds=1))
