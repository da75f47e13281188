"""What regulators are told: how soon complaints ended, whether we were in time, and their words."""

from datetime import date, timedelta

import pytest

from amends.cases.rules.kinds import Outcome
from amends.cases.rules.returning import (
    CONSENT,
    SUBMITTED_VIA,
    Ended,
    Tally,
    Term,
    company_response,
    last_half_year,
    tally,
    timely,
)
from amends.cases.rules.weighing import Consent, Relief
from amends.contacts.rules.kinds import Channel
from amends.standards.rules.days import WorkingDays
from tests.make import NOW

FRIDAY = date(2026, 3, 27)
EVERY_WEEK = WorkingDays()
HOUR = timedelta(hours=1)
NOT_FOUND = Outcome.NOT_JUDGED


def ended(days, outcome=NOT_FOUND, count=1):
    return Ended(FRIDAY, FRIDAY + timedelta(days), outcome, count)


@pytest.mark.parametrize(
    ("days", "place"), [(0, 0), (5, 0), (6, 1), (28, 1), (29, 2), (56, 2), (57, 3), (700, 3)]
)
def test_a_complaint_is_counted_in_the_first_term_that_it_ended_within(days, place):
    within = tally([ended(days)], EVERY_WEEK).within
    assert within == tuple(int(each == place) for each in range(4))


def test_a_holiday_is_no_working_day():
    monday = WorkingDays(days_off={date(2026, 3, 30)})
    assert tally([ended(6)], monday).within == (1, 0, 0, 0)
    assert tally([ended(7)], monday).within == (0, 1, 0, 0)


def test_what_was_upheld_in_part_is_upheld():
    told = [ended(1, Outcome.UPHELD, 2), ended(9, Outcome.PARTLY_UPHELD, 3)]
    told += [ended(40, Outcome.NOT_UPHELD, 5), ended(90, NOT_FOUND, 7)]
    assert tally(told, EVERY_WEEK) == Tally((2, 3, 5, 7), upheld=5)


def test_no_complaint_is_none():
    assert tally([], EVERY_WEEK) == Tally((0, 0, 0, 0), upheld=0)


@pytest.mark.parametrize(
    ("today", "first", "last"),
    [
        (date(2026, 6, 30), date(2025, 7, 1), date(2025, 12, 31)),
        (date(2026, 7, 1), date(2026, 1, 1), date(2026, 6, 30)),
        (date(2026, 1, 1), date(2025, 7, 1), date(2025, 12, 31)),
    ],
)
def test_the_last_half_year_is_one_that_is_over(today, first, last):
    assert last_half_year(today) == (first, last)


@pytest.mark.parametrize(
    ("met", "stopped", "kept"),
    [
        (0, None, True),
        (1, None, False),
        (None, None, False),
        (None, 1, False),
        (None, -1, None),
    ],
)
def test_a_term_that_was_to_end_an_hour_ago_was_kept_or_not_or_did_not_count(met, stopped, kept):
    due = NOW - HOUR
    at = [None if hours is None else due + hours * HOUR for hours in (met, stopped)]
    assert Term(True, due, *at).kept(NOW) is kept


def test_a_term_that_still_runs_says_nothing_yet():
    assert Term(True, NOW + HOUR).kept(NOW) is None


def test_one_missed_term_of_the_law_is_late_whatever_else_was_kept():
    met, missed = Term(True, NOW, NOW), Term(True, NOW - HOUR)
    assert timely([met], NOW) is True
    assert timely([met, missed], NOW) is False


def test_our_own_terms_tell_it_only_where_the_law_sets_none():
    ours = Term(False, NOW - HOUR)
    assert timely([ours], NOW) is False
    assert timely([ours, Term(True, NOW, NOW)], NOW) is True
    assert timely([ours, Term(True, NOW + HOUR)], NOW) is None
    assert timely([], NOW) is None


@pytest.mark.parametrize(
    ("relief", "said"),
    [
        (Relief.MONETARY, "Closed with monetary relief"),
        (Relief.NON_MONETARY, "Closed with non-monetary relief"),
        (Relief.EXPLANATION, "Closed with explanation"),
        (Relief.NONE, "Closed"),
        ("", "Closed"),
    ],
)
def test_what_they_got_is_said_in_the_words_of_the_schema(relief, said):
    assert company_response(relief, is_open=False) == said
    assert company_response(relief, is_open=True) == "In progress"


def test_every_channel_and_every_answer_to_publication_has_its_word():
    assert set(SUBMITTED_VIA) == set(Channel)
    assert set(CONSENT) == {"", *Consent}
