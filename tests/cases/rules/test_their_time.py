from datetime import timedelta

import pytest

from amends.cases.rules.their_time import Met, TheirTime, their_time
from amends.contacts.rules.kinds import Channel, Direction
from tests.make import NOW

MINUTES = timedelta(minutes=14)
CALL = Met(Channel.TELEPHONE, Direction.IN, MINUTES)
CALLED_BACK = Met(Channel.TELEPHONE, Direction.OUT, MINUTES)
THEIR_MAIL = Met(Channel.EMAIL, Direction.IN, timedelta())
OUR_MAIL = Met(Channel.EMAIL, Direction.OUT, timedelta())


@pytest.mark.requirement("S3-09")
def test_each_talk_and_each_word_of_theirs_is_time_that_they_spent():
    met = [CALL, CALLED_BACK, THEIR_MAIL, OUR_MAIL]
    took = their_time(met, received_at=NOW, said_yes_at=None)
    assert took == TheirTime(3, 2 * MINUTES, None)


def test_it_lasts_until_they_say_that_it_is_put_right():
    took = their_time([CALL], received_at=NOW, said_yes_at=NOW + timedelta(days=3))
    assert took.put_right_after == timedelta(days=3)
