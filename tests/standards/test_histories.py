"""Whole histories of cases, with the due moment of every clock after every line worked out by hand.

Each file of `histories` says what it tells of, what its clocks run by, and what happened. Below
each line stand all clocks that were not over and done with before it: when each is due, or that it
is met, late (met after its time), over (since when), paused (and due by, if the pause has an end)
or stopped. What ran on a day may be written, too. Times are on the wall of `zone`, Warsaw's unless
another is named; a profile of the law is due by the end of a day.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import reduce
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from amends.standards.rules.calendar import Calendar, Opening
from amends.standards.rules.clock import Clock, Said
from amends.standards.rules.days import WorkingDays, day_of
from amends.standards.rules.history import Entry, WaitingFor, What
from amends.standards.rules.law import Duty, LawClock, Place
from amends.standards.rules.law_history import law_clocks
from amends.standards.rules.public_holidays import public_holidays
from amends.standards.rules.reckoning import Reckoning, Ways, reckon
from amends.standards.rules.shipped import SHIPPED
from amends.standards.rules.targets import Measure, Standard

HISTORIES = sorted((Path(__file__).parent / "histories").glob("*.txt"))
WARSAW = ZoneInfo("Europe/Warsaw")
MONDAY_TO_FRIDAY = range(5)
EVERY_DAY = range(7)
NINE_TO_FIVE = (Opening(time(9), time(17)),)
LUNCH = (Opening(time(8), time(12)), Opening(time(12, 30), time(16)))
CALENDARS = {
    "office": Calendar(WARSAW, dict.fromkeys(MONDAY_TO_FRIDAY, NINE_TO_FIVE)),
    "late": Calendar(WARSAW, dict.fromkeys(MONDAY_TO_FRIDAY, (Opening(time(12), time(20)),))),
    "lunch": Calendar(WARSAW, dict.fromkeys(MONDAY_TO_FRIDAY, LUNCH), public_holidays("PL")),
    "night": Calendar(WARSAW, dict.fromkeys(EVERY_DAY, (Opening(time(22), time(6)),))),
    "always": Calendar(WARSAW, dict.fromkeys(EVERY_DAY, (Opening(time(0), time(0)),))),
    "strike": Calendar(
        WARSAW, dict.fromkeys(MONDAY_TO_FRIDAY, NINE_TO_FIVE), days={date(2026, 3, 3): ()}
    ),
    "half": Calendar(
        WARSAW,
        dict.fromkeys(MONDAY_TO_FRIDAY, NINE_TO_FIVE),
        public_holidays("PL"),
        days={date(2026, 12, 24): (Opening(time(9), time(12)),)},
    ),
    "vilnius": Calendar(ZoneInfo("Europe/Vilnius"), dict.fromkeys(MONDAY_TO_FRIDAY, NINE_TO_FIVE)),
    "london": Calendar(ZoneInfo("Europe/London"), dict.fromkeys(MONDAY_TO_FRIDAY, NINE_TO_FIVE)),
    "cairo": Calendar(
        ZoneInfo("Africa/Cairo"), dict.fromkeys(EVERY_DAY, (Opening(time(0), time(0)),))
    ),
}
PLACES = {
    "PL": Place(WARSAW, WorkingDays(public_holidays("PL"))),
    "LT": Place(ZoneInfo("Europe/Vilnius"), WorkingDays(public_holidays("LT"))),
    "GB": Place(ZoneInfo("Europe/London"), WorkingDays(public_holidays("GB", "ENG"))),
    "RU": Place(ZoneInfo("Europe/Moscow"), WorkingDays(public_holidays("RU"))),
}
INSTANTS = {"until": "until", "received": "received_at", "unanswered": "unanswered_since"}
SPAN = re.compile(r"(?:(\d+)h)?(?:(\d+)m)?")


@dataclass
class Happened:
    """A line of a history, and the clocks that stand below it. Without an entry, only a look."""

    at: datetime
    entry: Entry | None
    clocks: set[str] = field(default_factory=set)


@dataclass
class History:
    zone: ZoneInfo = WARSAW
    place: Place = PLACES["PL"]
    worked_by: dict[str, str] = field(default_factory=lambda: {"": "office"})
    standards: list[Standard] = field(default_factory=list)
    profiles: set[str] = field(default_factory=set)
    lines: list[Happened] = field(default_factory=list)

    @property
    def ways(self) -> Ways:
        return Ways(self.standards, CALENDARS, self.worked_by)


def test_there_are_forty_histories_and_more():
    assert len(HISTORIES) >= 40


@pytest.mark.parametrize("path", HISTORIES, ids=lambda path: path.stem)
def test_every_clock_is_due_when_it_was_worked_out_to_be(path):
    history = _read(path)
    for number, line in enumerate(history.lines):
        entries = [each.entry for each in history.lines[: number + 1] if each.entry]
        told = reckon(history.ways, entries, line.at)
        laws = _laws(history, entries)
        ran = {each for each in line.clocks if " ran " in each}
        found = {_said(clock, history.zone) for clock in _ours(told, line.at)}
        found |= {_law_said(clock, line.at) for clock in laws if _stands(clock, line.at)}
        assert found == line.clocks - ran, f"{path.name}, {line.at}"
        assert ran <= _ran(told), f"{path.name}, {line.at}"


def _ours(told: Reckoning, at: datetime) -> list[Clock]:
    return [
        clock
        for clock in told.clocks.values()
        if clock.standard and (clock.ended_at is None or clock.ended_at == at)
    ]


def _said(clock: Clock, zone: ZoneInfo) -> str:
    return f"{clock.measure} {_standing(clock, zone)}"


def _standing(clock: Clock, zone: ZoneInfo) -> str:
    if clock.met_at:
        return "met" if clock.in_time else "late"
    if clock.ended_at:
        return "stopped"
    if clock.over_at:
        return f"over {_shown(clock.over_at, zone)}"
    due = f"due {_shown(clock.due_at, zone)}" if clock.due_at else ""
    return f"paused {due}".strip() if clock.pause else due


def _shown(at: datetime, zone: ZoneInfo) -> str:
    return at.astimezone(zone).strftime("%Y-%m-%d %H:%M")


def _ran(told: Reckoning) -> set[str]:
    days: dict[tuple[Measure, date], timedelta] = {}
    for clock in told.clocks.values():
        for line in clock.lines:
            if line.what is Said.RAN and line.on and line.span:
                key = (clock.measure, line.on)
                days[key] = days.get(key, timedelta(0)) + line.span
    return {f"{measure} ran {day} {_hours(span)}" for (measure, day), span in days.items()}


def _hours(span: timedelta) -> str:
    hours, minutes = divmod(span // timedelta(minutes=1), 60)
    return f"{hours}h" * bool(hours) + f"{minutes}m" * bool(minutes)


def _laws(history: History, entries: list[Entry]) -> list[LawClock]:
    profiles = [each for each in SHIPPED if each.key in history.profiles]
    return law_clocks(profiles, entries, history.place)


def _stands(clock: LawClock, at: datetime) -> bool:
    return clock.due_at is not None and (clock.stopped_at is None or clock.stopped_at == at)


def _law_said(clock: LawClock, at: datetime) -> str:
    acknowledges = clock.profile.duty is Duty.ACKNOWLEDGE
    name = clock.profile.key + ".acknowledge" * acknowledges
    over = clock.is_over(at)
    if clock.stopped_at:
        return f"{name} {'late' if over else 'met'}"
    assert clock.due_at
    return f"{name} {'over' if over else 'due'} {day_of(clock.due_at, clock.place.zone)}"


def _read(path: Path) -> History:
    _title, *lines = path.read_text().split("\n")
    return reduce(_with, filter(str.strip, lines), History())


def _with(history: History, line: str) -> History:
    if line.startswith(" "):
        history.lines[-1].clocks.add(line.strip())
    elif line[0].isdigit():
        history.lines.append(_happened(line, history.zone))
    else:
        _head(history, *line.split())
    return history


def _head(history: History, word: str, *said: str) -> None:
    match word:
        case "zone":
            history.zone = ZoneInfo(said[0])
        case "place":
            history.place = PLACES[said[0]]
        case "calendar":
            history.worked_by[said[1] if len(said) > 1 else ""] = said[0]
        case "profile":
            history.profiles.add(said[0])
        case "standard":
            history.standards.append(_standard(str(len(history.standards)), *said))
        case _:
            raise AssertionError(word)


def _standard(key: str, measure: str, span: str, *said: str) -> Standard:
    facts: dict[str, Any] = {}
    for name, values in (each.split("=") for each in said):
        parts = values.split(",")
        if name == "pauses":
            facts["pauses_on"] = frozenset(map(WaitingFor, parts))
        elif name == "severity":
            facts["severities"] = frozenset(map(int, parts))
        else:
            facts[f"{name}s"] = frozenset(parts)
    if span.endswith("d"):
        return Standard(key=key, measure=Measure(measure), days=int(span[:-1]), **facts)
    return Standard(key=key, measure=Measure(measure), span=_span(span), **facts)


def _span(text: str) -> timedelta:
    found = SPAN.fullmatch(text)
    assert found
    return timedelta(hours=int(found[1] or 0), minutes=int(found[2] or 0))


def _happened(line: str, zone: ZoneInfo) -> Happened:
    day, clock, word, *said = line.split()
    at = _instant(f"{day}T{clock}", zone)
    if word == "look":
        return Happened(at, None)
    facts = dict(_facts(word, said, zone))
    return Happened(at, Entry(at=at, what=What(word), **facts))


def _facts(word: str, said: list[str], zone: ZoneInfo) -> Iterator[tuple[str, Any]]:
    for name, value in (each.split("=") for each in said):
        if name == "until" and word == "extended":
            yield "notice_until", date.fromisoformat(value)
        elif name in INSTANTS:
            yield INSTANTS[name], _instant(value, zone)
        elif name in READ_AS:
            yield READ_AS[name][0], READ_AS[name][1](value)
        else:
            yield name, value


def _instant(text: str, zone: ZoneInfo) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


READ_AS: dict[str, tuple[str, Callable[[str], Any]]] = {
    "for": ("waiting_for", WaitingFor),
    "severity": ("severity", int),
    "rhythm": ("rhythm", _span),
    "customers": ("customers", lambda value: frozenset(value.split(","))),
}
