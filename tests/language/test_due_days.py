"""What the words of a customer's deadline mean, by the day on which they were written."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from amends.language.due_days import moment_meant

VILNIUS = ZoneInfo("Europe/Vilnius")
WEDNESDAY = datetime(2026, 3, 18, 10, 30, tzinfo=VILNIUS)


def meant(words: str, tongue: str, written_at: datetime = WEDNESDAY) -> str:
    moment = moment_meant(words, tongue, written_at)
    return f"{moment:%Y-%m-%d %H:%M}".removesuffix(" 23:59") if moment else ""


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("by next Tuesday", "2026-03-24"),
        ("by Tuesday", "2026-03-24"),
        ("by Friday", "2026-03-20"),
        ("by next Friday", "2026-03-27"),
        ("before this Wednesday", "2026-03-18"),
        ("until Wednesday", "2026-03-25"),
        ("by Friday 5 pm", "2026-03-20 17:00"),
        ("by 17:30 tomorrow", "2026-03-19 17:30"),
        ("by 9 am", "2026-03-19 09:00"),
        ("by noon", "2026-03-18 12:00"),
        ("by tonight", "2026-03-18"),
        ("by 24 March", "2026-03-24"),
        ("by March 24th, 2027", "2027-03-24"),
        ("by the 24th of March", "2026-03-24"),
        ("by 2 January", "2027-01-02"),
        ("by 2 March", ""),
        ("by the 24th", "2026-03-24"),
        ("by the 3rd", "2026-04-03"),
        ("by 24.03.", "2026-03-24"),
        ("by 24/03/26", "2026-03-24"),
        ("by 2026-03-24", "2026-03-24"),
        ("by 31.02.2026", ""),
        ("within 3 days", "2026-03-21"),
        ("within three working days", "2026-03-23"),
        ("within a week", "2026-03-25"),
        ("within two weeks", "2026-04-01"),
        ("within a month", "2026-04-18"),
        ("within 24 hours", "2026-03-19 10:30"),
        ("within 99999 days", ""),
        ("by the end of the week", "2026-03-20"),
        ("by the end of next week", "2026-03-27"),
        ("before the weekend", "2026-03-20"),
        ("by the end of the month", "2026-03-31"),
        ("next month", "2026-04-30"),
        ("by the end of the year", "2026-12-31"),
        ("before my wedding", ""),
        ("by 10:00 today", ""),
    ],
)
def test_english(words, day):
    assert meant(words, "en") == day


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("до следующего вторника", "2026-03-24"),
        ("до пятницы", "2026-03-20"),
        ("к завтрашнему вечеру", "2026-03-19"),
        ("до 24 марта", "2026-03-24"),
        ("до 24-го", "2026-03-24"),
        ("до 24 числа", "2026-03-24"),
        ("в течение трёх дней", "2026-03-21"),
        ("в течение 10 рабочих дней", "2026-04-01"),
        ("до 18 часов", "2026-03-18 18:00"),
        ("в течение 24 часов", "2026-03-19 10:30"),
        ("до конца недели", "2026-03-20"),
        ("до конца месяца", "2026-03-31"),
    ],
)
def test_russian(words, day):
    assert meant(words, "ru") == day


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("do przyszłego wtorku", "2026-03-24"),
        ("do piątku", "2026-03-20"),
        ("do jutra", "2026-03-19"),
        ("do 24 marca", "2026-03-24"),
        ("do 24-go", "2026-03-24"),
        ("w ciągu 3 dni", "2026-03-21"),
        ("w ciągu trzech dni roboczych", "2026-03-23"),
        ("do końca tygodnia", "2026-03-20"),
        ("do końca miesiąca", "2026-03-31"),
        ("w ciągu dwóch tygodni", "2026-04-01"),
        ("do 24.03.2026 r.", "2026-03-24"),
    ],
)
def test_polish(words, day):
    assert meant(words, "pl") == day


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("iki kito antradienio", "2026-03-24"),
        ("iki penktadienio", "2026-03-20"),
        ("iki rytojaus", "2026-03-19"),
        ("iki kovo 24 d.", "2026-03-24"),
        ("iki 24 d.", "2026-03-24"),
        ("per 3 darbo dienas", "2026-03-23"),
        ("per tris dienas", "2026-03-21"),
        ("per savaitę", "2026-03-25"),
        ("iki savaitės pabaigos", "2026-03-20"),
        ("iki mėnesio galo", "2026-03-31"),
        ("iki 2026-03-24", "2026-03-24"),
    ],
)
def test_lithuanian(words, day):
    assert meant(words, "lt") == day


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("deri të martën tjetër", "2026-03-24"),
        ("deri të premten", "2026-03-20"),
        ("deri nesër", "2026-03-19"),
        ("deri më 24 mars", "2026-03-24"),
        ("deri më datë 24", "2026-03-24"),
        ("brenda tre ditësh", "2026-03-21"),
        ("brenda 3 ditëve të punës", "2026-03-23"),
        ("brenda një jave", "2026-03-25"),
        ("deri në fund të muajit", "2026-03-31"),
        ("brenda 48 orësh", "2026-03-20 10:30"),
    ],
)
def test_albanian(words, day):
    assert meant(words, "sq") == day


def test_a_month_ends_where_the_shorter_one_does():
    written_at = datetime(2026, 1, 31, 9, tzinfo=VILNIUS)
    assert meant("within a month", "en", written_at) == "2026-02-28"


def test_at_a_weekend_the_week_ends_with_it():
    written_at = datetime(2026, 3, 21, 9, tzinfo=VILNIUS)
    assert meant("by the end of the week", "en", written_at) == "2026-03-22"
    assert meant("by next Tuesday", "en", written_at) == "2026-03-24"


def test_a_month_without_its_day_names_no_day():
    assert not meant("some time in March", "en")
