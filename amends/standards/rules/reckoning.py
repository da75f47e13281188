"""The clocks of a case, told from its history entry by entry: a fold, and nothing else. Pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import reduce

from amends.standards.rules.calendar import Calendar
from amends.standards.rules.clock import (
    Clock,
    Pause,
    begun_before,
    met,
    paused,
    ran_until,
    reopened,
    stopped,
    under,
)
from amends.standards.rules.history import Entry, WaitingFor, What
from amends.standards.rules.hours import always_open
from amends.standards.rules.targets import About, Measure, Standard, standard_for

_OWED = (Measure.NEXT_ANSWER,)
FROM_RECEIPT = (Measure.ACKNOWLEDGEMENT, Measure.FIRST_ANSWER, Measure.RESOLUTION)


@dataclass(frozen=True, slots=True)
class Ways:
    """What clocks run by: our standards, the calendars by key, and which team works by which.

    A team that is not named works by the calendar of the empty name.
    """

    standards: Sequence[Standard]
    calendars: Mapping[str, Calendar]
    worked_by: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Wait:
    """For whom a case waits, and until when at the latest."""

    waiting_for: WaitingFor
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Reckoning:
    """Where a case and its clocks stand. clocks: of each measure the newest; past: those before."""

    ways: Ways
    about: About = field(default_factory=About)
    received_at: datetime | None = None
    wait: Wait | None = None
    rhythm: timedelta | None = None
    rhythm_around_the_clock: bool = False
    unanswered_since: datetime | None = None
    ended: bool = False
    clocks: Mapping[Measure, Clock] = field(default_factory=dict)
    past: tuple[Clock, ...] = ()

    @property
    def calendar(self) -> Calendar:
        worked_by = self.ways.worked_by
        return self.ways.calendars[worked_by.get(self.about.team, worked_by[""])]


def reckon(ways: Ways, entries: Iterable[Entry], at: datetime) -> Reckoning:
    """Return where the clocks of a case stand at an instant, told from `entries`, in order."""
    until_then = (entry for entry in entries if entry.at <= at)
    return _ran(reduce(_after, until_then, Reckoning(ways)), at)


def _after(told: Reckoning, entry: Entry) -> Reckoning:
    told = _ran(told, entry.at)
    return _by_its_standards(_CHANGES[entry.what](told, entry))


def _ran(told: Reckoning, at: datetime) -> Reckoning:
    """Return the case at an instant; a wait that was over before then ended when it was."""
    until = told.wait.until if told.wait else None
    if until and until <= at:
        ended = replace(_each(told, lambda clock: ran_until(clock, until)), wait=None)
        told = _by_its_standards(ended)
    return _each(told, lambda clock: ran_until(clock, at))


def _each(told: Reckoning, change: Callable[[Clock], Clock]) -> Reckoning:
    return replace(told, clocks={each: change(clock) for each, clock in told.clocks.items()})


def _by_its_standards(told: Reckoning) -> Reckoning:
    """Return the case with every clock under the standard, calendar and pause that now hold."""
    return _each(told, lambda clock: _by_its_standard(told, clock))


def _by_its_standard(told: Reckoning, clock: Clock) -> Clock:
    standard = standard_for(told.ways.standards, clock.measure, told.about)
    agreed = told.rhythm if clock.measure is Measure.UPDATE else None
    by_days = standard.days if standard and not agreed else 0
    span = agreed or (standard.span if standard and not by_days else None)
    pauses = told.wait and standard and not agreed and told.wait.waiting_for in standard.pauses_on
    pause = Pause(told.wait.until) if told.wait and pauses else None
    all_time_counts = told.rhythm_around_the_clock if agreed else _counts_all(standard)
    calendar = always_open(told.calendar.zone.key) if all_time_counts else told.calendar
    return paused(under(clock, standard, span, calendar, by_days), pause)


def _counts_all(standard: Standard | None) -> bool:
    return standard is not None and standard.around_the_clock


def _started(told: Reckoning, measure: Measure, at: datetime) -> Reckoning:
    """Return the case with a new clock of a measure; the one before it is past."""
    before = told.clocks.get(measure)
    past = (*told.past, stopped(before, at)) if before else told.past
    clock = Clock(measure=measure, started_at=at, since=at, calendar=told.calendar)
    return replace(told, clocks={**told.clocks, measure: clock}, past=past)


def _met(told: Reckoning, at: datetime, *measures: Measure) -> Reckoning:
    return _each(told, lambda clock: met(clock, at) if clock.measure in measures else clock)


def _open(told: Reckoning, measure: Measure) -> bool:
    clock = told.clocks.get(measure)
    return clock is not None and clock.ended_at is None


def _received(told: Reckoning, entry: Entry) -> Reckoning:
    about = About(
        entry.kind, entry.team, entry.channel, entry.severity, entry.group, entry.customers
    )
    told = replace(told, about=about, received_at=entry.at)
    for measure in (*FROM_RECEIPT, Measure.UPDATE):
        told = _started(told, measure, entry.at)
    return told


def _said(told: Reckoning, entry: Entry, *measures: Measure) -> Reckoning:
    """Return the case after a word of ours to the customer, from which the next silence counts."""
    told = _met(told, entry.at, Measure.UPDATE, *measures)
    return told if told.ended else _started(told, Measure.UPDATE, entry.at)


def _acknowledged(told: Reckoning, entry: Entry) -> Reckoning:
    return _said(told, entry, Measure.ACKNOWLEDGEMENT)


def _updated(told: Reckoning, entry: Entry) -> Reckoning:
    return _said(told, entry)


def _answered(told: Reckoning, entry: Entry) -> Reckoning:
    answers = (Measure.ACKNOWLEDGEMENT, Measure.FIRST_ANSWER, Measure.NEXT_ANSWER)
    return _said(replace(told, unanswered_since=None), entry, *answers)


def _customer_wrote(told: Reckoning, entry: Entry) -> Reckoning:
    """Return the case when its customer waits for an answer, and we no longer wait for them."""
    if told.wait and told.wait.waiting_for is WaitingFor.CUSTOMER:
        told = replace(told, wait=None)
    told = replace(told, unanswered_since=told.unanswered_since or entry.at)
    return _owing_an_answer(told, entry.at)


def _nothing_to_answer(told: Reckoning, entry: Entry) -> Reckoning:
    """Return the case when what its customer wrote needs no answer; it was no word of ours."""
    told = replace(told, unanswered_since=None)
    return _each(told, lambda clock: stopped(clock, entry.at) if clock.measure in _OWED else clock)


def _owing_an_answer(told: Reckoning, at: datetime) -> Reckoning:
    owed = _open(told, Measure.FIRST_ANSWER) or _open(told, Measure.NEXT_ANSWER)
    if told.ended or owed or told.unanswered_since is None:
        return told
    return _started(told, Measure.NEXT_ANSWER, at)


def _waiting_began(told: Reckoning, entry: Entry) -> Reckoning:
    wait = Wait(entry.waiting_for, entry.until) if entry.waiting_for else None
    return replace(told, wait=wait)


def _waiting_ended(told: Reckoning, _entry: Entry) -> Reckoning:
    return replace(told, wait=None)


def _about_changed(told: Reckoning, entry: Entry) -> Reckoning:
    known = {
        name: value
        for name in ("kind", "team", "channel", "severity", "group")
        if (value := getattr(entry, name))
    }
    return replace(told, about=replace(told.about, **known))


def _calendar_changed(told: Reckoning, entry: Entry) -> Reckoning:
    worked_by = {**told.ways.worked_by, entry.team: entry.calendar}
    return replace(told, ways=replace(told.ways, worked_by=worked_by))


def _rhythm_agreed(told: Reckoning, entry: Entry) -> Reckoning:
    agreed = replace(told, rhythm=entry.rhythm, rhythm_around_the_clock=entry.around_the_clock)
    return _said(agreed, entry)


def _resolved(told: Reckoning, entry: Entry) -> Reckoning:
    told = _met(told, entry.at, *Measure)
    return replace(told, ended=True, wait=None, unanswered_since=None)


def _ended(told: Reckoning, entry: Entry) -> Reckoning:
    told = _each(told, lambda clock: stopped(clock, entry.at))
    return replace(told, ended=True, wait=None)


def _reopened(told: Reckoning, entry: Entry) -> Reckoning:
    """Return the case at work again: what was not met runs on, and so does the resolution."""
    if not told.ended:
        return told
    told = replace(told, ended=False)
    told = _each(told, lambda clock: reopened(clock, entry.at) if _goes_on(clock) else clock)
    told = _started(told, Measure.UPDATE, entry.at)
    return _owing_since(told, told.unanswered_since, entry.at) if told.unanswered_since else told


def _goes_on(clock: Clock) -> bool:
    unmet = clock.measure in FROM_RECEIPT and clock.met_at is None
    return clock.ended_at is not None and (unmet or clock.measure is Measure.RESOLUTION)


def _merged_in(told: Reckoning, entry: Entry) -> Reckoning:
    """Return the case with another in it: the earlier receipt is kept, as is an answer owed."""
    first = entry.received_at
    if first and told.received_at and first < told.received_at:
        told = _each(
            told, lambda clock: begun_before(clock, first) if _since_receipt(clock) else clock
        )
        told = replace(told, received_at=first)
    return _owing_since(told, entry.unanswered_since, entry.at) if entry.unanswered_since else told


def _since_receipt(clock: Clock) -> bool:
    return clock.measure in FROM_RECEIPT


def _owing_since(told: Reckoning, since: datetime, at: datetime) -> Reckoning:
    """Return the case with the next answer owed since an instant that lies behind."""
    told = replace(told, unanswered_since=min(told.unanswered_since or since, since))
    if not _open(told, Measure.NEXT_ANSWER):
        told = _owing_an_answer(told, at)
    clock = told.clocks.get(Measure.NEXT_ANSWER)
    if clock is None or clock.ended_at or clock.started_at <= since:
        return told
    return replace(told, clocks={**told.clocks, Measure.NEXT_ANSWER: begun_before(clock, since)})


def _unchanged(told: Reckoning, _entry: Entry) -> Reckoning:
    return told


_CHANGES: Mapping[What, Callable[[Reckoning, Entry], Reckoning]] = {
    What.RECEIVED: _received,
    What.REGISTERED: _unchanged,
    What.ACKNOWLEDGED: _acknowledged,
    What.CUSTOMER_WROTE: _customer_wrote,
    What.ANSWERED: _answered,
    What.NOTHING_TO_ANSWER: _nothing_to_answer,
    What.UPDATED: _updated,
    What.RESPONSE_SENT: _answered,
    What.RESPONSE_DELIVERED: _unchanged,
    What.ACCEPTED: _unchanged,
    What.SUMMARY_SENT: _updated,
    What.WAITING_BEGAN: _waiting_began,
    What.WAITING_ENDED: _waiting_ended,
    What.KIND_CHANGED: _about_changed,
    What.TEAM_CHANGED: _about_changed,
    What.SEVERITY_CHANGED: _about_changed,
    What.GROUP_CHANGED: _about_changed,
    What.CALENDAR_CHANGED: _calendar_changed,
    What.RHYTHM_AGREED: _rhythm_agreed,
    What.EXTENDED: _updated,
    What.RESOLVED: _resolved,
    What.REOPENED: _reopened,
    What.MERGED_IN: _merged_in,
    What.ENDED: _ended,
}
