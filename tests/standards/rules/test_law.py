from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.standards.rules.consequences import Follows, follows, right_opened
from amends.standards.rules.days import EndsOnDayOff, WorkingDays, day_of
from amends.standards.rules.law import (
    ClockProfile,
    Duty,
    Effect,
    Happening,
    LawClock,
    Notice,
    Obstacle,
    Place,
    clocks_that_count,
    due_after_change,
    earliest,
    law_clock,
    obstacles_to_extending,
    profiles_for,
)
from amends.standards.rules.public_holidays import public_holidays
from amends.standards.rules.shipped import SHIPPED

LONDON = Place(ZoneInfo("Europe/London"), WorkingDays(public_holidays("GB", "ENG")))
WARSAW = Place(ZoneInfo("Europe/Warsaw"), WorkingDays(public_holidays("PL")))
MOSCOW = Place(ZoneInfo("Europe/Moscow"), WorkingDays(frozenset({date(2026, 3, 9)})))
MONDAY = datetime(2026, 3, 2, 10, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)

profiles = st.sampled_from(SHIPPED)
dated = st.sampled_from([each for each in SHIPPED if each.length])
places = st.sampled_from([LONDON, WARSAW, MOSCOW])
instants = st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))
later = st.timedeltas(timedelta(0), timedelta(days=120))


def shipped(key: str, duty: Duty = Duty.ANSWER) -> ClockProfile:
    return next(each for each in SHIPPED if (each.key, each.duty) == (key, duty))


def clock_of(key: str, place: Place = LONDON, notice: Notice | None = None, **happened) -> LawClock:
    moments = {Happening.RECEIVED: MONDAY, Happening.REGISTERED: MONDAY + DAY}
    moments |= {Happening[name.upper()]: at for name, at in happened.items()}
    return running(shipped(key), moments, place, notice)


def running(
    profile: ClockProfile,
    happened: dict[Happening, datetime],
    place: Place,
    notice: Notice | None = None,
) -> LawClock:
    clock = law_clock(profile, happened, place, notice)
    assert clock
    return clock


def ends(clock: LawClock) -> datetime:
    assert clock.due_at
    return clock.due_at


def first(clock: LawClock) -> datetime:
    assert clock.first_due_at
    return clock.first_due_at


def until(day: date | None, **said: str) -> Notice:
    reason = said.get("reason", "The expert is ill")
    circumstances = said.get("circumstances", "A second one is asked")
    return Notice(MONDAY + 3 * DAY, day, reason, circumstances)


@pytest.mark.parametrize(
    ("key", "place", "last"),
    [
        ("default", LONDON, date(2026, 3, 16)),
        ("uk.disp", LONDON, date(2026, 4, 27)),
        ("uk.disp.short", LONDON, date(2026, 3, 5)),
        ("uk.payments", LONDON, date(2026, 3, 23)),
        ("pl.financial", WARSAW, date(2026, 4, 1)),
        ("pl.consumer", WARSAW, date(2026, 3, 16)),
        ("lt.consumer", WARSAW, date(2026, 3, 16)),
        ("al.telecom", WARSAW, date(2026, 3, 17)),
        ("ru.consumer", MOSCOW, date(2026, 3, 12)),
        ("ru.financial", MOSCOW, date(2026, 3, 25)),
        ("us.cfpb", LONDON, date(2026, 3, 17)),
    ],
)
def test_the_shipped_profiles_end_where_a_calendar_on_paper_says(key, place, last):
    clock = clock_of(key, place)
    assert ends(clock) == clock.first_due_at
    assert day_of(ends(clock), place.zone) == last
    assert day_of(ends(clock) + timedelta.resolution, place.zone) == last + DAY


@pytest.mark.parametrize(
    ("key", "place", "furthest"),
    [
        ("default", LONDON, date(2026, 3, 30)),
        ("uk.payments", LONDON, date(2026, 4, 22)),  # Easter in between
        ("pl.financial", WARSAW, date(2026, 5, 1)),
        ("ru.financial", MOSCOW, date(2026, 4, 8)),
        ("us.cfpb", LONDON, date(2026, 5, 1)),
    ],
)
def test_a_term_is_extended_as_far_as_its_profile_goes(key, place, furthest):
    extended = clock_of(key, place, until(furthest))
    assert day_of(ends(extended), place.zone) == furthest
    assert first(extended) < ends(extended)
    too_far = clock_of(key, place, until(furthest + DAY))
    assert ends(too_far) == too_far.first_due_at


@pytest.mark.parametrize(
    ("key", "notice", "obstacles"),
    [
        ("pl.financial", until(date(2026, 4, 20)), ()),
        ("pl.financial", until(None), (Obstacle.DATE_MISSING,)),
        ("pl.financial", until(date(2026, 4, 20), reason=" "), (Obstacle.REASON_MISSING,)),
        (
            "pl.financial",
            until(date(2026, 4, 20), circumstances=""),
            (Obstacle.CIRCUMSTANCES_MISSING,),
        ),
        ("us.cfpb", until(date(2026, 4, 20), circumstances=""), ()),
        ("pl.financial", until(date(2026, 4, 1)), (Obstacle.NOT_LATER,)),
        ("pl.financial", until(date(2026, 5, 2)), (Obstacle.TOO_FAR,)),
        ("uk.disp", until(date(2026, 5, 2)), (Obstacle.NO_EXTENSION,)),
        (
            "pl.financial",
            Notice(MONDAY + 60 * DAY, date(2026, 4, 20), "late", "late"),
            (Obstacle.TOO_LATE,),
        ),
    ],
)
def test_a_notice_extends_only_where_nothing_stands_in_its_way(key, notice, obstacles):
    assert obstacles_to_extending(shipped(key), MONDAY, WARSAW, notice) == obstacles
    clock = clock_of(key, WARSAW, notice)
    assert (ends(clock) > first(clock)) is not bool(obstacles)


def test_what_the_law_wants_promptly_has_no_date_and_no_extension():
    happened = {Happening.RECEIVED: MONDAY}
    clock = running(shipped("uk.disp", Duty.ACKNOWLEDGE), happened, LONDON)
    assert clock.due_at is None
    assert not clock.is_over(MONDAY + 900 * DAY)
    assert follows(clock, MONDAY + 900 * DAY) == ()


@given(instants, later)
def test_a_clock_starts_when_anybody_received_it_and_only_in_russia_when_registered(at, wait):
    happened = {Happening.RECEIVED: at, Happening.REGISTERED: at + wait}
    for profile in SHIPPED:
        clock = running(profile, happened, MOSCOW)
        registered = (profile.key, profile.duty) == ("ru.financial", Duty.ANSWER)
        assert clock.started_at == (at + wait if registered else at)


def test_a_clock_that_has_not_started_is_none():
    assert law_clock(shipped("ru.financial"), {Happening.RECEIVED: MONDAY}, MOSCOW) is None


@given(dated, places, instants)
def test_moments_are_kept_in_utc_and_end_with_a_day_of_the_place(profile, place, at):
    clock = running(profile, {profile.starts_on: at}, place)
    assert ends(clock).tzinfo is UTC
    assert ends(clock) > at
    assert day_of(ends(clock), place.zone) < day_of(ends(clock) + timedelta.resolution, place.zone)


@given(dated, places, instants, later)
def test_what_comes_in_later_is_never_due_sooner(profile, place, at, wait):
    sooner = running(profile, {profile.starts_on: at}, place)
    after = running(profile, {profile.starts_on: at + wait}, place)
    assert ends(sooner) <= ends(after)


@given(dated, places, instants)
def test_only_where_its_profile_says_so_does_a_term_move_off_a_day_off(profile, place, at):
    plain = running(profile, {profile.starts_on: at}, place)
    moving = replace(profile, ends_on_day_off=EndsOnDayOff.NEXT_WORKING_DAY)
    moved = running(moving, {profile.starts_on: at}, place)
    assert ends(moved) >= ends(plain)
    assert place.working_days.include(day_of(ends(moved), place.zone))


def test_a_clock_stops_when_all_that_it_waits_for_has_happened():
    accepted = MONDAY + DAY
    assert clock_of("uk.disp.short", accepted=accepted).stopped_at is None
    both = clock_of("uk.disp.short", accepted=accepted, summary_sent=MONDAY + 2 * DAY)
    assert both.stopped_at == MONDAY + 2 * DAY
    assert both.runs(MONDAY + DAY)
    assert not both.runs(MONDAY + 2 * DAY)


@pytest.mark.parametrize(
    ("key", "happened", "stopped"),
    [
        ("pl.financial", {"sent": MONDAY + 30 * DAY}, True),
        ("pl.consumer", {"sent": MONDAY + DAY}, False),
        ("pl.consumer", {"delivered": MONDAY + DAY}, True),
        ("ru.consumer", {"sent": MONDAY + DAY}, False),
        ("ru.consumer", {"satisfied": MONDAY + DAY}, True),
    ],
)
def test_a_clock_stops_by_what_its_profile_waits_for(key, happened, stopped):
    clock = clock_of(key, WARSAW, **happened)
    assert (clock.stopped_at is not None) is stopped
    assert not clock.is_over(MONDAY + 5 * DAY)


@given(st.lists(profiles, min_size=1), places, instants)
def test_of_several_clocks_the_earliest_counts(chosen, place, at):
    happened = {Happening.RECEIVED: at, Happening.REGISTERED: at}
    clocks = [running(each, happened, place) for each in chosen]
    found = earliest(clocks, at)
    laws = [each for each in chosen if each.length and not each.option and not each.custom]
    binding = laws + [
        each for each in chosen if each.custom and each.duty not in {law.duty for law in laws}
    ]
    dues = [ends(running(each, happened, place)) for each in binding]
    assert (found.due_at if found else None) == min(dues, default=None)


def test_an_option_never_counts_as_the_earliest():
    clocks = [clock_of("uk.disp"), clock_of("uk.disp.short")]
    assert [each.profile.key for each in clocks_that_count(clocks)] == ["uk.disp"]


def test_our_custom_counts_only_where_no_law_sets_a_date_for_the_same_duty():
    happened = {Happening.RECEIVED: MONDAY}
    clocks = [
        running(each, happened, LONDON) for each in SHIPPED if each.key in ("default", "uk.disp")
    ]
    counted = [(each.profile.key, each.profile.duty) for each in clocks_that_count(clocks)]
    assert counted == [("default", Duty.ACKNOWLEDGE), ("uk.disp", Duty.ANSWER)]


def test_a_clock_that_stopped_no_longer_counts():
    clocks = [clock_of("uk.disp"), clock_of("uk.payments", sent=MONDAY + DAY)]
    at_first, two_days_on = earliest(clocks, MONDAY + HOUR), earliest(clocks, MONDAY + 2 * DAY)
    assert at_first
    assert at_first.profile.key == "uk.payments"
    assert two_days_on
    assert two_days_on.profile.key == "uk.disp"
    assert earliest([], MONDAY) is None


@given(instants, instants)
def test_a_changed_profile_never_moves_a_deadline_later_without_a_named_reason(was, now):
    assert due_after_change(was, now, " ") == min(was, now)
    assert due_after_change(was, None, "") == was
    assert due_after_change(was, now, "The law was changed") == now
    assert due_after_change(None, now, "") == now


def test_what_rests_on_memory_or_on_a_law_replaced_does_not_run_until_it_was_checked():
    idle = {each.key for each in SHIPPED if not each.may_run}
    assert idle == {"pl.consumer", "ru.consumer", "al.telecom"}
    assert all(each.source for each in SHIPPED)
    checked = replace(shipped("pl.consumer"), verified_on=date(2026, 11, 22))
    assert checked.may_run
    assert not replace(checked, source=" ").may_run


def test_the_profiles_of_a_case_are_those_of_its_law_and_our_custom():
    found = profiles_for(SHIPPED, "PL", "financial", {"natural-person"})
    assert {each.key for each in found} == {"default", "pl.financial"}
    assert {each.key for each in profiles_for(SHIPPED, "PL", "", {"consumer"})} == {"default"}
    assert {each.key for each in profiles_for(SHIPPED, "LT", "trade", {"consumer"})} == {
        "default",
        "lt.consumer",
    }


def test_silence_over_the_term_settles_a_case_as_the_client_wished():
    clock = clock_of("pl.financial", WARSAW)
    assert follows(clock, ends(clock)) == ()
    after = follows(clock, ends(clock) + HOUR)
    assert after == (
        Follows(Effect.DEEMED_AS_WISHED, ends(clock), "pl.financial"),
        Follows(Effect.BURDEN_OF_PROOF_SHIFTS, ends(clock), "pl.financial"),
    )


def test_an_answer_that_came_late_does_not_undo_what_followed():
    clock = clock_of("pl.financial", WARSAW, sent=MONDAY + 40 * DAY)
    assert len(follows(clock, MONDAY + 90 * DAY)) == 2
    in_time = clock_of("pl.financial", WARSAW, sent=MONDAY + 30 * DAY)
    assert follows(in_time, MONDAY + 90 * DAY) == ()


def test_a_shorter_way_not_taken_falls_back_to_the_longer():
    clock = clock_of("uk.disp.short")
    assert follows(clock, MONDAY + 5 * DAY) == (
        Follows(Effect.FALLS_BACK, ends(clock), "uk.disp.short", to="uk.disp"),
    )


def test_a_right_opens_with_our_answer_and_ends_when_the_law_says():
    sent = {Happening.SENT: datetime(2026, 3, 10, 12, tzinfo=UTC)}
    clock = clock_of("uk.disp", sent=sent[Happening.SENT])
    assert right_opened(clock, sent, MONDAY + DAY) is None
    right = right_opened(clock, sent, MONDAY + 30 * DAY)
    assert right
    assert (right.body, right.since) == (
        "Financial Ombudsman Service",
        sent[Happening.SENT],
    )
    assert right.until
    assert day_of(right.until, LONDON.zone) == date(2026, 9, 10)
    assert right.is_open(MONDAY + 30 * DAY)
    assert not right.is_open(MONDAY + 300 * DAY)


def test_a_right_opens_when_the_term_is_over_and_stays_open_until_we_answer():
    clock = clock_of("uk.disp")
    assert right_opened(clock, {}, MONDAY + DAY) is None
    right = right_opened(clock, {}, MONDAY + 100 * DAY)
    assert right
    assert (right.since, right.until) == (ends(clock), None)
    assert right.is_open(MONDAY + 3000 * DAY)


def test_a_right_may_be_counted_from_the_day_the_customer_came_to_us():
    clock = clock_of("lt.consumer", WARSAW)
    right = right_opened(clock, {}, MONDAY + 20 * DAY)
    assert right
    assert right.until
    assert day_of(right.until, WARSAW.zone) == date(2027, 3, 2)


def test_where_no_body_is_named_no_right_opens():
    assert right_opened(clock_of("ru.financial", MOSCOW), {}, MONDAY + 100 * DAY) is None
