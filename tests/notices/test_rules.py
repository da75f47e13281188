from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.notices.queries.sentences import SENTENCES, sentence
from amends.notices.rules.moments import SETTLES, digest_moment, mail_moment
from amends.notices.rules.reasons import (
    ANSWERED,
    GROUPS,
    NEVER_OFF,
    UNLESS_CHOSEN,
    Group,
    News,
    Reason,
    Way,
    gravest,
    group_of,
    is_graver,
    ways_for,
)

VILNIUS = ZoneInfo("Europe/Vilnius")
MINUTE = timedelta(minutes=1)


def on(day, hour, minute=0):
    return datetime(2026, 11, day, hour, minute, tzinfo=VILNIUS)


def every_day(_day):
    return True


def weekdays(day: date):
    return day.weekday() < 5


def test_every_reason_has_its_group_and_its_sentence_and_every_group_a_way():
    assert set(GROUPS) == set(SENTENCES) == set(Reason)
    assert set(UNLESS_CHOSEN) == set(Group)
    assert set(GROUPS.values()) | {Group.FOLLOWED} == set(Group)


@pytest.mark.parametrize("reason", list(Reason))
def test_a_sentence_names_who_did_it_or_a_colleague(reason):
    assert "%" not in sentence(reason, who="100% Jonas").replace("100% Jonas", "")
    assert "%" not in sentence(reason, who=None)


def test_what_waits_for_an_answer_stands_in_the_page_at_least():
    assert {group for group in Group if Way.NONE not in ways_for(group)} == NEVER_OFF
    assert {GROUPS[reason] for reason in ANSWERED} == NEVER_OFF
    assert ways_for(Group.THANKS) == tuple(Way)


def test_what_a_follower_hears_is_chosen_apart():
    assert group_of(Reason.WROTE, follows=True) is Group.FOLLOWED
    assert group_of(Reason.WROTE, follows=False) is Group.CUSTOMER


def test_a_no_is_graver_than_a_letter():
    assert is_graver(Reason.NOT_RIGHT, Reason.WROTE)
    assert not is_graver(Reason.WROTE, Reason.WROTE)


def test_of_two_reasons_the_gravest_wins_and_ones_own_before_what_one_follows():
    news = [
        News(to_id=1, reason=Reason.WROTE, follows=True),
        News(to_id=1, reason=Reason.WROTE),
        News(to_id=2, reason=Reason.WROTE),
        News(to_id=2, reason=Reason.NOT_RIGHT, follows=True),
    ]
    assert sorted(gravest(news), key=lambda one: one.to_id) == [
        News(to_id=1, reason=Reason.WROTE),
        News(to_id=2, reason=Reason.NOT_RIGHT, follows=True),
    ]


NEWS = st.builds(
    News,
    to_id=st.integers(1, 4),
    reason=st.sampled_from(Reason),
    follows=st.booleans(),
)


@given(st.lists(NEWS), st.randoms())
def test_nobody_hears_twice_and_nobody_less_and_the_order_does_not_matter(news, random):
    told = gravest(news)
    assert sorted(one.to_id for one in told) == sorted({one.to_id for one in news})
    shuffled = random.sample(news, len(news))
    assert {one.to_id: one for one in gravest(shuffled)} == {one.to_id: one for one in told}


@pytest.mark.parametrize(
    ("happened", "leaves"),
    [
        (on(23, 9, 30), on(23, 9, 31)),
        (on(23, 19, 58), on(23, 19, 59)),
        (on(23, 19, 59), on(24, 7)),
        (on(23, 23, 30), on(24, 7)),
        (on(24, 3), on(24, 7)),
        (on(24, 6, 59), on(24, 7)),
        (on(30, 22), on(1, 7).replace(month=12)),
    ],
)
def test_a_mail_does_not_leave_at_night(happened, leaves):
    assert mail_moment(happened, at_night=False) == leaves


def test_a_mail_leaves_at_night_for_who_wishes_so():
    assert mail_moment(on(23, 23), at_night=True) == on(23, 23) + SETTLES


@pytest.mark.parametrize(
    ("after", "works", "leaves"),
    [
        (on(23, 7, 59), weekdays, on(23, 8)),  # a Monday
        (on(23, 8), weekdays, on(24, 8)),
        (on(27, 12), weekdays, on(30, 8)),  # a Friday
        (on(27, 12), every_day, on(28, 8)),
        (on(27, 12), lambda _day: False, on(28, 8)),
    ],
)
def test_a_digest_leaves_at_its_hour_on_the_next_day_of_work(after, works, leaves):
    assert digest_moment(after, hour=8, works=works) == leaves


@given(
    st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(VILNIUS)),
    st.integers(0, 23),
)
def test_a_digest_is_always_still_to_come_and_within_four_days_where_weekdays_are_worked(at, hour):
    moment = digest_moment(at, hour=hour, works=weekdays)
    assert at < moment <= at + timedelta(days=4)
    assert moment.hour == hour
