"""A calendar as iCalendar files write it (RFC 5545). Pure.

Every moment is written in UTC: whoever reads it sees it in the zone of their own clock, and it is
right on both sides of every change of the clocks.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

MOST_OCTETS = 75
_ESCAPED = (
    ("\\", "\\\\"),
    (";", "\\;"),
    (",", "\\,"),
    ("\r\n", "\\n"),
    ("\r", "\\n"),
    ("\n", "\\n"),
)
_FIRST_PRINTED, _DELETED = 0x20, 0x7F


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that is due. uid: the same for as long as it is the same thing."""

    uid: str
    at: datetime
    summary: str
    url: str


def write_calendar(moments: Iterable[Moment], *, name: str, now: datetime) -> str:
    """Return `moments` as the text of a calendar that is called `name`."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Amends//Promises//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(name)}",
        *(line for each in moments for line in _event(each, now)),
        "END:VCALENDAR",
    ]
    return "".join(f"{part}\r\n" for line in lines for part in folded(line))


def _event(moment: Moment, now: datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{escaped(moment.uid)}"
    yield f"DTSTAMP:{_instant(now)}"
    yield f"DTSTART:{_instant(moment.at)}"
    yield f"SUMMARY:{escaped(moment.summary)}"
    yield f"URL:{moment.url}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _instant(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def escaped(text: str) -> str:
    """Return a text so that nothing in it is read as a part of the calendar."""
    for sign, written in _ESCAPED:
        text = text.replace(sign, written)
    return "".join(each for each in text if ord(each) >= _FIRST_PRINTED and ord(each) != _DELETED)


def folded(line: str) -> Iterator[str]:
    """Return a line in parts of at most 75 octets; each after the first begins with a space."""
    part, size = "", 0
    for sign in line:
        octets = len(sign.encode("utf-8", "replace"))
        if size + octets > MOST_OCTETS:
            yield part
            part, size = " ", 1
        part, size = part + sign, size + octets
    yield part
