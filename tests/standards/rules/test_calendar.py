from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise, takewhile
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amends.standards.rules.calendar import (
    Calendar,
    Opening,
    add_working_time,
    is_open,
    last_closing,
    next_opening,
    openings_after,
    subtract_working_time,
    working_time,
)
from amends.standards.rules.public_holidays import public_holidays

BERLIN = ZoneInfo("Europe/Berlin")
NINE_TO_FIVE = (Opening(time(9), time(17)),)
ALL_DAY = (Opening(time(0), time(0)),)
OFFICE = Calendar(zone=BERLIN, week=dict.fromkeys(range(5), NINE_TO_FIVE))
AROUND_THE_CLOCK = Calendar(zone=BERLIN, week=dict.fromkeys(range(7), ALL_DAY))
NIGHT = Calendar(zone=BERLIN, week={4: (Opening(time(22), time(6)),)})
LUNCH = Calendar(
    zone=ZoneInfo("Europe/Warsaw"),
    week=dict.fromkeys(range(5), (Opening(time(8), time(12)), Opening(time(12, 30), time(16)))),
    holidays=public_holidays("PL"),
    days={date(2026, 12, 24): (Opening(time(8), time(12)),)},
    breaks={date(2026, 3, 27): (Opening(time(9), time(10)),)},
)
ONCE_A_WEEK = Calendar(
    zone=ZoneInfo("Africa/Cairo"), week={3: (Opening(time(23, 30), time(0, 30)),)}
)

FRIDAY_4PM = datetime(2026, 3, 27, 16, tzinfo=BERLIN)
HOUR = timedelta(hours=1)
NONE = timedelta(0)

# The first question asked of a calendar takes the time to make its sums.
unhurried = settings(deadline=None)
instants = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))
spans = st.timedeltas(NONE, timedelta(days=300))
calendars = st.sampled_from([OFFICE, AROUND_THE_CLOCK, NIGHT, LUNCH, ONCE_A_WEEK])


def berlin(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=BERLIN)


def test_a_deadline_skips_the_weekend_and_the_spring_clock_change():
    assert add_working_time(OFFICE, FRIDAY_4PM, 2 * HOUR) == berlin(2026, 3, 30, 10)


def test_a_deadline_skips_a_holiday():
    calendar = Calendar(BERLIN, OFFICE.week, holidays=frozenset({date(2026, 3, 30)}))
    assert add_working_time(calendar, FRIDAY_4PM, 2 * HOUR) == berlin(2026, 3, 31, 10)


def test_a_deadline_skips_the_holidays_of_a_country_in_any_year():
    calendar = Calendar(BERLIN, OFFICE.week, holidays=public_holidays("DE", "BE"))
    before_christmas = berlin(2032, 12, 24, 16)
    assert add_working_time(calendar, before_christmas, 2 * HOUR) == berlin(2032, 12, 27, 10)


def test_a_deadline_skips_the_lunch_break():
    due = add_working_time(LUNCH, datetime(2026, 3, 26, 11, tzinfo=LUNCH.zone), 2 * HOUR)
    assert due == datetime(2026, 3, 26, 13, 30, tzinfo=LUNCH.zone)


def test_a_break_of_one_day_cuts_what_is_open_on_it():
    friday = datetime(2026, 3, 27, 8, tzinfo=LUNCH.zone)
    assert working_time(LUNCH, friday, friday + 4 * HOUR) == 3 * HOUR


def test_a_break_may_run_past_midnight_into_an_opening_that_does():
    pause = {date(2026, 3, 27): (Opening(time(23), time(1)),)}
    calendar = Calendar(BERLIN, NIGHT.week, breaks=pause)
    friday = berlin(2026, 3, 27, 12)
    assert list(islice(openings_after(calendar, friday), 2)) == [
        (berlin(2026, 3, 27, 22), berlin(2026, 3, 27, 23)),
        (berlin(2026, 3, 28, 1), berlin(2026, 3, 28, 6)),
    ]


def test_a_break_of_the_morning_after_cuts_the_night_before():
    pause = {date(2026, 3, 28): (Opening(time(2), time(3)),)}
    calendar = Calendar(BERLIN, NIGHT.week, breaks=pause)
    friday = berlin(2026, 3, 27, 12)
    assert working_time(calendar, friday, friday + 24 * HOUR) == 7 * HOUR


def test_a_half_day_closes_early_though_it_is_a_holiday():
    christmas_eve = datetime(2026, 12, 24, 7, tzinfo=LUNCH.zone)
    assert date(2026, 12, 24) in public_holidays("PL")
    assert working_time(LUNCH, christmas_eve, christmas_eve + 24 * HOUR) == 4 * HOUR


def test_a_saturday_may_be_worked():
    calendar = Calendar(BERLIN, OFFICE.week, days={date(2026, 3, 28): NINE_TO_FIVE})
    assert add_working_time(calendar, FRIDAY_4PM, 2 * HOUR) == berlin(2026, 3, 28, 10)


def test_an_opening_may_run_past_midnight():
    saturday_5am = berlin(2026, 3, 28, 5)
    half = timedelta(minutes=30)
    assert add_working_time(NIGHT, saturday_5am, half) == berlin(2026, 3, 28, 5, 30)


def test_a_night_that_began_before_a_holiday_is_worked_to_its_end():
    calendar = Calendar(BERLIN, NIGHT.week, holidays=frozenset({date(2026, 3, 28)}))
    assert is_open(calendar, berlin(2026, 3, 28, 5))


def test_openings_that_overlap_count_once():
    calendar = Calendar(BERLIN, {4: (Opening(time(22), time(6)),), 5: (Opening(time(4), time(8)),)})
    friday = berlin(2026, 3, 20, 12)
    assert working_time(calendar, friday, friday + 48 * HOUR) == 10 * HOUR


def test_an_opening_within_another_adds_nothing():
    hours = (Opening(time(8), time(18)), Opening(time(9), time(10)), Opening(time(11), time(12)))
    calendar = Calendar(BERLIN, {0: hours})
    monday = berlin(2026, 3, 30)
    assert working_time(calendar, monday, monday + 24 * HOUR) == 10 * HOUR


@pytest.mark.parametrize(
    ("day", "hours"), [((2026, 3, 28), 7), ((2026, 10, 24), 9), ((2026, 6, 20), 8)]
)
def test_the_night_of_the_clock_change_has_seven_hours_or_nine(day, hours):
    saturday_night = Calendar(BERLIN, {5: (Opening(time(22), time(6)),)})
    noon = berlin(*day) + 12 * HOUR
    assert working_time(saturday_night, noon, noon + timedelta(days=2)) == hours * HOUR


def test_an_opening_that_starts_in_the_skipped_hour_is_skipped_with_it():
    early_sunday = Calendar(BERLIN, {6: (Opening(time(2, 30), time(3)),)})
    saturday = berlin(2026, 3, 28, 12)
    assert working_time(early_sunday, saturday, saturday + timedelta(days=2)) == NONE


def test_an_opening_that_reaches_into_the_hour_shown_twice_is_open_in_both():
    calendar = Calendar(BERLIN, {6: (Opening(time(1), time(2, 30)),)})
    saturday = berlin(2026, 10, 24, 12)
    assert list(islice(openings_after(calendar, saturday), 2)) == [
        (datetime(2026, 10, 24, 23, tzinfo=UTC), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        (datetime(2026, 10, 25, 1, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
    ]


def test_a_day_that_a_country_left_out_has_no_working_time():
    apia = ZoneInfo("Pacific/Apia")
    calendar = Calendar(apia, dict.fromkeys(range(7), NINE_TO_FIVE))
    start = datetime(2011, 12, 29, 16, tzinfo=apia)
    due = add_working_time(calendar, start, 2 * HOUR)
    assert due == datetime(2011, 12, 31, 10, tzinfo=apia)


def test_a_day_that_begins_an_hour_late_has_an_hour_less():
    cairo = ZoneInfo("Africa/Cairo")
    calendar = Calendar(cairo, dict.fromkeys(range(7), ALL_DAY))
    thursday = datetime(2026, 4, 23, 12, tzinfo=cairo)
    spans = [
        (closes - opens) // HOUR for opens, closes in islice(calendar.openings_after(thursday), 3)
    ]
    assert spans == [12, 23, 24]


def test_half_an_hour_of_summer_is_half_an_hour():
    lord_howe = ZoneInfo("Australia/Lord_Howe")
    night = Calendar(lord_howe, {6: (Opening(time(0), time(6)),)})
    saturday = datetime(2026, 10, 3, 12, tzinfo=lord_howe)
    assert working_time(night, saturday, saturday + timedelta(days=2)) == 5.5 * HOUR


@pytest.mark.parametrize(
    ("hour", "open_then"), [(8, False), (9, True), (16, True), (17, False), (18, False)]
)
def test_open_is_from_the_first_moment_until_before_the_last(hour, open_then):
    assert is_open(OFFICE, berlin(2026, 3, 30, hour)) is open_then


def test_no_time_has_passed_when_the_next_day_opens():
    assert add_working_time(OFFICE, berlin(2026, 3, 27, 18), NONE) == berlin(2026, 3, 30, 9)
    assert add_working_time(OFFICE, FRIDAY_4PM, NONE) == FRIDAY_4PM
    assert next_opening(OFFICE, berlin(2026, 3, 27, 17)) == berlin(2026, 3, 30, 9)


def test_no_time_passes_after_the_day_before_closed():
    assert subtract_working_time(OFFICE, berlin(2026, 3, 30, 8), NONE) == berlin(2026, 3, 27, 17)
    assert subtract_working_time(OFFICE, FRIDAY_4PM, NONE) == FRIDAY_4PM
    assert last_closing(OFFICE, berlin(2026, 3, 30, 9)) == berlin(2026, 3, 27, 17)


def test_a_whole_day_of_work_ends_with_the_day():
    assert add_working_time(OFFICE, berlin(2026, 3, 30, 9), 8 * HOUR) == berlin(2026, 3, 30, 17)


def test_a_whole_day_of_work_began_with_the_day():
    end = berlin(2026, 3, 30, 17)
    assert subtract_working_time(OFFICE, end, 8 * HOUR) == berlin(2026, 3, 30, 9)


def test_seldom_open_is_looked_for_far_ahead_and_far_back():
    far = {date(2026, 1, 2) + timedelta(weeks=n): () for n in range(160)}
    calendar = Calendar(BERLIN, NIGHT.week, days=far)
    inside = berlin(2027, 6, 1)
    assert next_opening(calendar, inside) == berlin(2029, 1, 26, 22)
    assert last_closing(calendar, inside) == berlin(2025, 12, 27, 6)


@given(calendars, instants, spans)
@unhurried
def test_measuring_undoes_adding(calendar, start, span):
    assert working_time(calendar, start, add_working_time(calendar, start, span)) == span


@given(calendars, instants, spans)
@unhurried
def test_measuring_undoes_subtracting(calendar, end, span):
    assert working_time(calendar, subtract_working_time(calendar, end, span), end) == span


@given(calendars, instants, spans, spans)
@unhurried
def test_more_work_never_ends_sooner_nor_begins_later(calendar, at, a, b):
    assert add_working_time(calendar, at, a) <= add_working_time(calendar, at, a + b)
    assert subtract_working_time(calendar, at, a + b) <= subtract_working_time(calendar, at, a)


@given(calendars, instants, spans, spans)
@unhurried
def test_two_spans_one_after_the_other_are_their_sum(calendar, start, a, b):
    between = add_working_time(calendar, start, a)
    assert add_working_time(calendar, between, b) <= add_working_time(
        calendar, start, a + b + b / 9
    )
    if b:
        assert add_working_time(calendar, between, b) == add_working_time(calendar, start, a + b)


@given(calendars, instants, instants, instants)
@unhurried
def test_the_time_between_is_that_of_its_parts(calendar, a, b, c):
    first, middle, last = sorted((a, b, c))
    parts = working_time(calendar, first, middle) + working_time(calendar, middle, last)
    assert parts == working_time(calendar, first, last)
    assert working_time(calendar, last, first) == NONE


@given(calendars, instants, st.timedeltas(NONE, timedelta(days=60)))
@unhurried
def test_the_openings_add_up_to_the_time_between(calendar, start, elapsed):
    end = start + elapsed
    before = takewhile(lambda opening: opening[0] < end, openings_after(calendar, start))
    assert sum((min(closes, end) - opens for opens, closes in before), NONE) == working_time(
        calendar, start, end
    )


@given(calendars, instants)
@unhurried
def test_openings_follow_each_other(calendar, start):
    found = list(islice(openings_after(calendar, start), 40))
    assert found[0][0] == next_opening(calendar, start) >= start
    assert all(opens < closes for opens, closes in found)
    assert all(one[1] <= other[0] for one, other in pairwise(found))


@given(calendars, instants)
@unhurried
def test_the_day_closed_no_later_than_it_opens_again(calendar, at):
    assert last_closing(calendar, at) <= at <= next_opening(calendar, at)
    if is_open(calendar, at):
        assert next_opening(calendar, at) == at
    else:
        assert (
            working_time(calendar, last_closing(calendar, at), next_opening(calendar, at)) == NONE
        )


@given(instants, spans)
@unhurried
def test_around_the_clock_is_elapsed_time(start, span):
    assert add_working_time(AROUND_THE_CLOCK, start, span) == start + span
    assert subtract_working_time(AROUND_THE_CLOCK, start, span) == start - span


@pytest.mark.parametrize("ask", [add_working_time, subtract_working_time])
def test_a_naive_start_is_refused(ask):
    with pytest.raises(ValueError, match="timezone-aware"):
        ask(OFFICE, datetime(2026, 3, 27, 16), HOUR)


@pytest.mark.parametrize("ask", [add_working_time, subtract_working_time])
def test_less_than_no_time_is_refused(ask):
    with pytest.raises(ValueError, match="less than nothing"):
        ask(OFFICE, FRIDAY_4PM, -HOUR)


def test_a_calendar_that_never_opens_is_refused():
    with pytest.raises(ValueError, match="never opens"):
        Calendar(BERLIN, week={})


def test_a_day_that_no_week_has_is_refused():
    with pytest.raises(ValueError, match="weekday"):
        Calendar(BERLIN, week={7: NINE_TO_FIVE})
