from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from amends.cases.rules.icalendar import Moment, escaped, folded, write_calendar

NOW = datetime(2026, 3, 28, 12, tzinfo=UTC)
VILNIUS = ZoneInfo("Europe/Vilnius")
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


def read(text):
    """Return the lines of a calendar as any reader unfolds them, names apart from values."""
    assert text.endswith("\r\n")
    lines = text.replace("\r\n ", "").split("\r\n")[:-1]
    return [tuple(line.split(":", 1)) for line in lines]


def a_moment(at=NOW, summary="C-1: An engineer comes"):
    return Moment("promise-1@amends", at, summary, "https://amends.example/cases/C-1/")


def test_a_calendar_is_written_whole():
    assert read(write_calendar([a_moment()], name="Promises", now=NOW)) == [
        ("BEGIN", "VCALENDAR"),
        ("VERSION", "2.0"),
        ("PRODID", "-//Amends//Promises//EN"),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", "PUBLISH"),
        ("X-WR-CALNAME", "Promises"),
        ("BEGIN", "VEVENT"),
        ("UID", "promise-1@amends"),
        ("DTSTAMP", "20260328T120000Z"),
        ("DTSTART", "20260328T120000Z"),
        ("SUMMARY", "C-1: An engineer comes"),
        ("URL", "https://amends.example/cases/C-1/"),
        ("TRANSP", "TRANSPARENT"),
        ("END", "VEVENT"),
        ("END", "VCALENDAR"),
    ]


def test_times_are_right_on_both_sides_of_a_change_of_the_clocks():
    # In Vilnius the clocks go forward on 29 March 2026 at 3:00.
    for local, written in ((28, "20260328T150000Z"), (30, "20260330T140000Z")):
        at = datetime(2026, 3, local, 17, tzinfo=VILNIUS)
        assert ("DTSTART", written) in read(write_calendar([a_moment(at)], name="P", now=NOW))


def test_what_could_be_read_as_a_part_of_the_calendar_is_not():
    text = "Soon; or, \\ later\r\nEND:VEVENT\nBEGIN:VALARM\x00\x07\x7f"
    assert escaped(text) == "Soon\\; or\\, \\\\ later\\nEND:VEVENT\\nBEGIN:VALARM"


@given(TEXTS)
def test_whatever_is_promised_there_is_one_event(text):
    lines = read(write_calendar([a_moment(summary=text)], name=text, now=NOW))
    assert [line for line in lines if line[0] == "BEGIN"] == [
        ("BEGIN", "VCALENDAR"),
        ("BEGIN", "VEVENT"),
    ]
    assert len(lines) == 15


@given(TEXTS)
def test_no_line_is_longer_than_75_octets_and_none_loses_a_letter(text):
    parts = list(folded(text))
    assert all(len(part.encode()) <= 75 for part in parts)
    assert parts[0] + "".join(part[1:] for part in parts[1:]) == text
