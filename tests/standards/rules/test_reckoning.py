"""Clocks told from random histories, against a count of every minute and against each other."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from amends.standards.rules.calendar import Calendar, Opening, add_working_time
from amends.standards.rules.clock import Clock, Said, reopened, stopped
from amends.standards.rules.days import WorkingDays
from amends.standards.rules.history import Entry, WaitingFor, What
from amends.standards.rules.law import Place
from amends.standards.rules.law_history import law_clocks
from amends.standards.rules.reckoning import Ways, reckon
from amends.standards.rules.shipped import SHIPPED
from amends.standards.rules.targets import Measure, Standard
from tests.standards.rules.oracle import MINUTE, minutes, shows_open

WARSAW = ZoneInfo("Europe/Warsaw")
HOUR = timedelta(hours=1)
WEEK = range(7)
CALENDARS = {
    "day": Calendar(
        WARSAW, dict.fromkeys(WEEK, (Opening(time(8), time(12)), Opening(time(13), time(17))))
    ),
    "night": Calendar(WARSAW, dict.fromkeys(WEEK, (Opening(time(20), time(4)),))),
}
SPANS = {"": 9 * HOUR, "quick": 4 * HOUR}
STANDARDS = [
    Standard(
        key="plain",
        measure=Measure.RESOLUTION,
        span=SPANS[""],
        pauses_on=frozenset({WaitingFor.CUSTOMER}),
    ),
    Standard(
        key="quick",
        measure=Measure.RESOLUTION,
        span=SPANS["quick"],
        groups=frozenset({"quick"}),
        pauses_on=frozenset({WaitingFor.CUSTOMER, WaitingFor.THIRD_PARTY}),
    ),
]
WAYS = Ways(STANDARDS, CALENDARS, {"": "day", "owls": "night"})
# The clocks go forward in the night after.
START = datetime(2026, 3, 28, 6, tzinfo=UTC)
DAYS = 3
LAST = START + timedelta(days=DAYS)

moments = st.integers(1, DAYS * 24 * 60).map(lambda count: START + count * MINUTE)


@st.composite
def changes(draw) -> Entry:
    at = draw(moments)
    what = draw(
        st.sampled_from(
            [What.WAITING_BEGAN, What.WAITING_ENDED, What.TEAM_CHANGED, What.GROUP_CHANGED]
        )
    )
    match what:
        case What.WAITING_BEGAN:
            until = draw(st.none() | st.integers(1, 2000).map(lambda count: at + count * MINUTE))
            waiting_for = draw(st.sampled_from(WaitingFor))
            return Entry(at=at, what=what, waiting_for=waiting_for, until=until)
        case What.TEAM_CHANGED:
            return Entry(at=at, what=what, team=draw(st.sampled_from(["owls", "larks"])))
        case What.GROUP_CHANGED:
            return Entry(at=at, what=what, group=draw(st.sampled_from(["quick", "plain"])))
    return Entry(at=at, what=what)


@st.composite
def histories(draw) -> list[Entry]:
    rest = sorted(draw(st.lists(changes(), max_size=6)), key=lambda entry: entry.at)
    return [Entry(at=START, what=What.RECEIVED, team="larks"), *rest]


def resolution(entries: list[Entry], at: datetime) -> Clock:
    return reckon(WAYS, entries, at).clocks[Measure.RESOLUTION]


@dataclass
class Minutes:
    """A clock that is asked every minute what it does: simple, and slow."""

    group: str = ""
    team: str = ""
    waiting_for: WaitingFor | None = None
    until: datetime | None = None
    used: timedelta = timedelta(0)
    due_at: datetime | None = None
    over_at: datetime | None = None

    @property
    def paused(self) -> bool:
        pauses = (
            {WaitingFor.CUSTOMER, WaitingFor.THIRD_PARTY}
            if self.group == "quick"
            else {WaitingFor.CUSTOMER}
        )
        return self.waiting_for in pauses

    def tick(self, at: datetime, entries: list[Entry]) -> None:
        self.over_at = self.over_at or self.due_at
        if self.until and self.until <= at:
            self.waiting_for = self.until = None
        for entry in entries:
            self.take(entry)
        span = SPANS["quick"] if self.group == "quick" else SPANS[""]
        self.due_at = at if not self.paused and self.used >= span else None
        calendar = CALENDARS["night" if self.team == "owls" else "day"]
        if at < LAST and not self.paused and shows_open(calendar, at):
            self.used += MINUTE

    def take(self, entry: Entry) -> None:
        self.team, self.group = entry.team or self.team, entry.group or self.group
        if entry.what in (What.WAITING_BEGAN, What.WAITING_ENDED):
            self.waiting_for, self.until = entry.waiting_for, entry.until


@given(histories())
@settings(deadline=None, max_examples=80)
def test_a_clock_is_what_asking_every_minute_gives(entries):
    slow = Minutes()
    for at in minutes(START, LAST + MINUTE):
        slow.tick(at, [entry for entry in entries if entry.at == at])
    clock = resolution(entries, LAST)
    assert (clock.used, clock.over_at) == (slow.used, slow.over_at)


@given(histories(), moments)
@settings(deadline=None)
def test_what_ran_is_what_its_lines_say(entries, at):
    clock = resolution(entries, at)
    ran = [line.span for line in clock.lines if line.what is Said.RAN and line.span]
    assert sum(ran, timedelta(0)) == clock.used
    assert [line.at for line in clock.lines if line.what is not Said.OVER] == sorted(
        line.at for line in clock.lines if line.what is not Said.OVER
    )


@given(histories(), moments)
@settings(deadline=None)
def test_looking_in_between_changes_nothing(entries, at):
    looked = [*(each for each in entries if each.at <= at)]
    rest = [each for each in entries if each.at > at]
    nothing = Entry(at=at, what=What.REGISTERED)
    seen, unseen = resolution([*looked, nothing, *rest], LAST), resolution(entries, LAST)
    assert (seen.used, seen.due_at, seen.over_at) == (unseen.used, unseen.due_at, unseen.over_at)


@given(histories(), moments)
@settings(deadline=None)
def test_a_clock_is_due_as_it_said_when_nothing_else_happens(entries, at):
    until_then = [entry for entry in entries if entry.at <= at]
    clock = resolution(until_then, at)
    if clock.due_at and not clock.over_at:
        assert clock.due_at >= at
        assert resolution(until_then, clock.due_at).over_at is None
        later = resolution(until_then, clock.due_at + MINUTE)
        assert later.over_at == clock.due_at


@given(histories(), moments)
@settings(deadline=None)
def test_what_was_over_stays_over(entries, at):
    before = resolution(entries, at).over_at
    if before:
        assert resolution(entries, LAST).over_at == before


@given(histories())
@settings(deadline=None)
def test_no_waiting_of_any_kind_moves_a_clock_of_the_law(entries):
    place = Place(WARSAW, WorkingDays())
    without = [entry for entry in entries if entry.what is What.RECEIVED]
    assert law_clocks(SHIPPED, entries, place) == law_clocks(SHIPPED, without, place)


def test_without_a_change_it_is_working_time_and_no_more():
    entries = [Entry(at=START, what=What.RECEIVED)]
    due = add_working_time(CALENDARS["day"], START, SPANS[""])
    assert resolution(entries, START).due_at == due
    assert resolution(entries, START).left == SPANS[""]


def test_a_standard_that_comes_later_counts_what_was_used_up_before():
    ways = Ways([STANDARDS[1]], CALENDARS, {"": "day"})
    entries = [
        Entry(at=START, what=What.RECEIVED),
        Entry(at=START + 5 * HOUR, what=What.GROUP_CHANGED, group="quick"),
    ]
    before = reckon(ways, entries, START + HOUR).clocks[Measure.RESOLUTION]
    assert (before.standard, before.left, before.due_at) == (None, None, None)
    after = reckon(ways, entries, START + 5 * HOUR).clocks[Measure.RESOLUTION]
    # Open from 7 to 11 and from 12 in UTC: all four hours are used up already.
    assert (after.used, after.due_at) == (4 * HOUR, START + 5 * HOUR)


def test_a_wait_whose_time_was_over_before_it_was_written_down_stops_nothing():
    waited = Entry(
        at=START + 3 * HOUR,
        what=What.WAITING_BEGAN,
        waiting_for=WaitingFor.CUSTOMER,
        until=START + 2 * HOUR,
    )
    clock = resolution([Entry(at=START, what=What.RECEIVED), waited], START + 5 * HOUR)
    assert clock.pause is None
    assert clock.used == 4 * HOUR


def test_what_is_over_and_done_with_is_left_alone():
    clock = resolution([Entry(at=START, what=What.RECEIVED)], START)
    done = stopped(clock, START)
    assert stopped(done, LAST) is done
    again = reopened(done, LAST)
    assert (again.ended_at, again.since) == (None, LAST)


def test_every_kind_of_entry_is_understood_before_anything_came_in():
    for what in What:
        told = reckon(WAYS, [Entry(at=START, what=what)], LAST)
        assert told.ways.calendars is CALENDARS
