from datetime import UTC, datetime, timedelta

import pytest

from amends.cases.rules.asking import asks_by_mail, when_to_ask
from amends.people.rules.kinds import Preference
from amends.standards.rules.hours import Hours, calendar_of, read_openings


@pytest.mark.parametrize(
    ("has_mail", "prefers", "asked", "expected"),
    [
        (True, None, 0, True),
        (True, Preference.EMAIL, 1, True),
        (True, None, 2, False),
        (False, None, 0, False),
        (True, Preference.TELEPHONE, 0, False),
        (True, Preference.LETTER, 0, False),
        (True, Preference.FACE_TO_FACE, 0, False),
    ],
)
def test_amends_asks_by_mail_twice_at_most_and_on_no_other_channel(
    has_mail, prefers, asked, expected
):
    assert asks_by_mail(has_mail=has_mail, prefers=prefers, asked=asked) is expected


def test_nobody_is_asked_in_the_past_nor_while_we_are_closed():
    now = datetime(2026, 3, 27, 15, tzinfo=UTC)
    yesterday, tonight = now - timedelta(days=1), now + timedelta(hours=6)
    office = calendar_of(Hours("UTC", "", "", (*[read_openings("9-17")] * 5, (), ())))
    assert when_to_ask(None, yesterday, at=now) == now
    assert when_to_ask(None, tonight, at=now) == tonight
    assert when_to_ask(office, yesterday, at=now) == now
    assert when_to_ask(office, tonight, at=now) == datetime(2026, 3, 30, 9, tzinfo=UTC)
