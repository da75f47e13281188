from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from amends.base.time_words import (
    Distance,
    Tone,
    Unit,
    ago_words,
    by_words,
    day_of_words,
    day_words,
    due_parts,
    exact_words,
    measured,
    phrase_forms,
    span_words,
    tone,
)

VILNIUS = ZoneInfo("Europe/Vilnius")
NOW = datetime(2026, 11, 23, 11, 0, tzinfo=VILNIUS)  # a Monday
LANGUAGES = ["en", "ru", "pl", "sq", "lt"]


def said_of(at, now):
    """Return the parts of a due moment as one line."""
    return ", ".join(part for part in due_parts(at, now) if part)


moments = st.datetimes(
    datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.sampled_from([UTC, VILNIUS])
)


def _later(**span: float) -> datetime:
    return NOW + timedelta(**span)


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (_later(seconds=-10), "now"),
        (_later(minutes=-1), "1 min late"),
        (_later(seconds=-50), "now"),
        (_later(minutes=-59, seconds=-40), "59 min late"),
        (_later(hours=-2, minutes=-30), "2 h late"),
        (_later(hours=-23, minutes=-50), "23 h late"),
        (_later(days=-7, hours=-11, minutes=-30), "7 days late"),
        (_later(hours=-2), "2 h late"),
        (_later(days=-1), "1 day late"),
        (_later(days=-3), "3 days late"),
        (_later(seconds=5), "today 11:00, in 1 min"),
        (_later(minutes=20), "today 11:20, in 20 min"),
        (_later(hours=5), "today 16:00, in 5 h"),
        (_later(days=1, hours=1), "tomorrow 12:00"),
        (_later(days=3, hours=1), "Thursday 12:00"),
        (_later(days=7), "30 November"),
        (_later(days=90), "21 February 2027"),
    ],
)
def test_a_due_moment_is_said_briefly(at, said):
    assert said_of(at, NOW) == said


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (timedelta(seconds=20), "just now"),
        (timedelta(minutes=12), "12 min ago"),
        (timedelta(hours=2), "today 09:00"),
        (timedelta(days=1), "yesterday 11:00"),
        (timedelta(days=3), "Friday 11:00"),
        (timedelta(days=30), "24 October"),
        (timedelta(days=400), "19 October 2025"),
    ],
)
def test_what_happened_is_told_by_how_long_ago(span, said):
    assert ago_words(NOW - span, NOW) == said


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (_later(hours=5), "today, Monday 23 November, 16:00"),
        (_later(days=1, hours=5), "tomorrow, Tuesday 24 November, 16:00"),
        (_later(days=-1), "yesterday, Sunday 22 November, 11:00"),
        (_later(days=3), "Thursday 26 November, 11:00"),
    ],
)
def test_a_moment_in_full_names_its_day(at, said):
    assert day_words(at, NOW) == said


@pytest.mark.parametrize(
    ("at", "expected"),
    [(_later(), Tone.LATE), (_later(hours=6), Tone.SOON), (_later(hours=6.1), Tone.FINE)],
)
def test_the_tone_tells_how_pressing_it_is(at, expected):
    assert tone(at, NOW) is expected


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        (timedelta(minutes=59), (59, Unit.MINUTE)),
        (timedelta(minutes=119), (1, Unit.HOUR)),
        (timedelta(hours=23, minutes=29), (23, Unit.HOUR)),
        (timedelta(hours=23, minutes=59), (23, Unit.HOUR)),
        (timedelta(days=1), (1, Unit.DAY)),
        (timedelta(hours=60), (2, Unit.DAY)),
    ],
)
def test_a_span_is_counted_in_its_largest_unit(span, expected):
    assert measured(span) == expected
    assert measured(-span) == expected


def test_a_length_of_time_is_spelled_out():
    assert span_words(timedelta(minutes=14)) == "14 minutes"
    assert span_words(timedelta(hours=1)) == "1 hour"


def test_a_promise_names_a_day_that_is_true_whenever_it_is_read():
    assert by_words(_later(hours=5), NOW) == "by Monday 23 November, 16:00"


def test_the_exact_moment_names_year_and_zone():
    assert exact_words(NOW, NOW) == "Monday 23 November 2026, 11:00 (UTC+2)"
    assert exact_words(NOW, NOW.astimezone(UTC)) == "Monday 23 November 2026, 09:00 (UTC)"


def test_a_moment_is_told_in_the_readers_zone():
    at = datetime(2026, 11, 23, 22, 30, tzinfo=UTC)
    assert said_of(at, NOW) == "tomorrow 00:30"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "2 December"),
        ("ru", "2 декабря"),
        ("pl", "2 grudnia"),
        ("sq", "2 dhjetor"),
        ("lt", "gruodžio 2 d."),
    ],
)
def test_a_date_is_written_as_its_language_writes_it(language, said):
    with translation.override(language):
        assert said_of(_later(days=9), NOW) == said


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("en", {"one", "other"}),
        ("ru", {"one", "few", "many"}),
        ("pl", {"one", "few", "many"}),
        ("sq", {"one", "other"}),
        ("lt", {"one", "few", "other"}),
    ],
)
def test_the_browser_is_given_a_phrase_for_each_plural_form(language, forms):
    with translation.override(language):
        given_forms = phrase_forms()
    assert set(given_forms) == {Distance.LATE, Distance.LEFT, Distance.AGO}
    assert set(given_forms["late"]["day"]) == forms
    assert all("#" in said for said in given_forms["left"]["hour"].values())


@given(moments, moments, st.sampled_from(LANGUAGES))
def test_any_two_moments_can_be_told_in_any_language(at, now, language):
    with translation.override(language):
        assert said_of(at, now)
        assert day_words(at, now)
        assert exact_words(at, now)


@given(moments, moments)
def test_what_is_late_has_no_moment_and_what_is_due_has_one(at, now):
    moment, left = due_parts(at, now)
    assert bool(moment) == (at > now)
    assert left or at > now


def test_a_day_is_named_with_its_weekday():
    assert day_of_words(_later(days=1), NOW) == "Tuesday 24 November"
