"""Working time as two other programs counted it: every vector, to the minute."""

import json
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from amends.standards.rules.calendar import (
    Calendar,
    Opening,
    add_working_time,
    is_open,
    openings_after,
    subtract_working_time,
    working_time,
)

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@pytest.fixture(scope="module")
def vectors(testdata: Path):
    lines = (testdata / "working-time" / "business_hours_vectors.jsonl").read_text().split("\n")
    return [json.loads(line) for line in lines if line]


@pytest.fixture(scope="module")
def calendars(vectors):
    schedules = {json.dumps(each["schedule"]): each["schedule"] for each in vectors}
    return {key: _calendar(schedule) for key, schedule in schedules.items()}


def test_every_vector_agrees(vectors, calendars):
    assert vectors
    wrong = [
        (each["id"], each["op"], found, expected)
        for each in vectors
        for found, expected in [_compared(calendars[json.dumps(each["schedule"])], each)]
        if found != expected
    ]
    assert wrong == []


def _compared(calendar: Calendar, vector: Mapping[str, Any]) -> tuple[object, object]:
    found = ASKED[vector["op"]](calendar, vector)
    return found, vector.get("expected_merged", vector["expected"])


def _added(calendar: Calendar, vector: Mapping[str, Any]) -> str:
    span = timedelta(minutes=vector["minutes"])
    return _text(add_working_time(calendar, _instant(vector["start"]), span))


def _subtracted(calendar: Calendar, vector: Mapping[str, Any]) -> str:
    span = timedelta(minutes=vector["minutes"])
    return _text(subtract_working_time(calendar, _instant(vector["start"]), span))


def _between(calendar: Calendar, vector: Mapping[str, Any]) -> float:
    found = working_time(calendar, _instant(vector["start"]), _instant(vector["end"]))
    return found / timedelta(minutes=1)


def _is_open(calendar: Calendar, vector: Mapping[str, Any]) -> bool:
    return is_open(calendar, _instant(vector["at"]))


def _next_periods(calendar: Calendar, vector: Mapping[str, Any]) -> list[list[str]]:
    count = len(vector["expected"])
    merged: list[list[str]] = []
    for opens, closes in islice(openings_after(calendar, _instant(vector["start"])), count):
        if merged and merged[-1][1] == _text(opens):
            merged[-1][1] = _text(closes)
        else:
            merged.append([_text(opens), _text(closes)])
    return merged


def _calendar(schedule: Mapping[str, Any]) -> Calendar:
    return Calendar(
        zone=ZoneInfo(schedule["time_zone"]),
        week={WEEKDAYS.index(day): _openings(hours) for day, hours in schedule["hours"].items()},
        holidays=frozenset(map(date.fromisoformat, schedule["holidays"])),
        breaks={
            date.fromisoformat(day): _openings(spans) for day, spans in schedule["breaks"].items()
        },
    )


def _openings(hours: Mapping[str, str]) -> tuple[Opening, ...]:
    return tuple(Opening(_time(opens), _time(closes)) for opens, closes in hours.items())


def _time(text: str) -> time:
    return time(0) if text == "24:00" else time.fromisoformat(text)


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _text(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


ASKED = {
    "add_minutes": _added,
    "subtract_minutes": _subtracted,
    "minutes_between": _between,
    "in_hours": _is_open,
    "next_periods": _next_periods,
}
