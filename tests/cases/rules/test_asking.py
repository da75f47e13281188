from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.cases.rules.asking import asks_by_mail, when_to_ask, when_to_ask_first
from amends.cases.rules.due import BEFORE_ASKING
from amends.people.rules.kinds import Preference
from amends.standards.rules.calendar import is_open
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


SHIFTS = Hours("Europe/Vilnius", "LT", "", (*[read_openings("8-12, 13-17")] * 5, (), ()))
NIGHTS = Hours("Europe/Vilnius", "", "", (read_openings("22-6"),) * 7)


def _vilnius(year, month, day, hour=0, minute=0):
    zone = ZoneInfo("Europe/Vilnius")
    return datetime(year, month, day, hour, minute, tzinfo=zone).astimezone(UTC)


@pytest.mark.requirement("S4-12")
@pytest.mark.parametrize(
    ("promised_at", "asked_at"),
    [
        pytest.param((2026, 3, 26, 9, 30), (2026, 3, 26, 11, 30), id="two hours later"),
        pytest.param((2026, 3, 26, 10, 30), (2026, 3, 26, 13, 0), id="after lunch"),
        pytest.param((2026, 3, 26, 16, 0), (2026, 3, 26, 16, 45), id="before we close"),
        pytest.param((2026, 3, 26, 16, 50), (2026, 3, 26, 16, 50), id="not before the moment"),
        pytest.param((2026, 3, 26, 17, 0), (2026, 3, 27, 8, 0), id="the next opening"),
        pytest.param((2026, 3, 26, 5, 0), (2026, 3, 26, 8, 0), id="not at night"),
        pytest.param((2026, 3, 28, 12, 0), (2026, 3, 30, 8, 0), id="not on a Saturday"),
        pytest.param((2026, 3, 10, 18, 0), (2026, 3, 12, 8, 0), id="not on a holiday"),
        pytest.param((2026, 10, 23, 17, 30), (2026, 10, 26, 8, 0), id="over the change to winter"),
    ],
)
def test_the_first_question_comes_while_we_are_open_on_the_day_promised(promised_at, asked_at):
    assert when_to_ask_first(calendar_of(SHIFTS), _vilnius(*promised_at)) == _vilnius(*asked_at)


def test_two_hours_later_is_told_by_the_clock_that_was_put_forward_that_night():
    promised_at = _vilnius(2026, 3, 29, 2, 30)
    asked_at = when_to_ask_first(calendar_of(NIGHTS), promised_at)
    assert asked_at == _vilnius(2026, 3, 29, 5, 30) == promised_at + BEFORE_ASKING


def test_while_nobody_said_when_we_are_open_the_question_comes_two_hours_later():
    promised_at = datetime(2026, 3, 28, 23, tzinfo=UTC)
    assert when_to_ask_first(None, promised_at) == promised_at + BEFORE_ASKING


@given(minutes=st.integers(0, 366 * 24 * 60), hours=st.sampled_from([SHIFTS, NIGHTS]))
def test_the_first_question_is_never_early_and_never_while_we_are_closed(minutes, hours):
    calendar = calendar_of(hours)
    promised_at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    asked_at = when_to_ask_first(calendar, promised_at)
    assert asked_at >= promised_at
    assert is_open(calendar, asked_at)
