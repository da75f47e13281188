from datetime import date

import pytest

from amends.cases.rules.final_letter import (
    FinalLetter,
    Part,
    Unit,
    as_facts,
    as_text,
    last_day,
)

LETTER = FinalLetter(
    language="en",
    sender=("Water of Vilnius",),
    receiver=("Rūta Petrauskienė",),
    day="27 March 2026",
    reference="C-7K4-Q92X",
    subject="Our answer",
    greeting="Dear Ms Petrauskienė",
    parts=(
        Part(paragraphs=("We are sorry.",)),
        Part(title="What you get", pairs=(("What", "A pump\nA new one"),), points=("49 €",)),
    ),
    regards="Kind regards",
    signature=("Inga", "Water of Vilnius"),
    page="Page {} of {}",
)


def test_the_text_of_a_mail_says_all_of_the_letter_in_its_order():
    assert as_text(LETTER) == (
        "Dear Ms Petrauskienė,\n\nWe are sorry.\n\nWHAT YOU GET\n\n"
        "What\n  A pump\n  A new one\n\n- 49 €\n\nKind regards\nInga\nWater of Vilnius\n"
    )


def test_a_letter_is_told_as_json():
    told = as_facts(LETTER)
    assert told["greeting"] == "Dear Ms Petrauskienė"
    assert told["parts"] == (
        {"title": "", "paragraphs": ("We are sorry.",), "pairs": (), "points": ()},
        {
            "title": "What you get",
            "paragraphs": (),
            "pairs": (("What", "A pump\nA new one"),),
            "points": ("49 €",),
        },
    )


def test_a_part_that_says_nothing_is_empty():
    assert Part(title="What we agree on").is_empty
    assert not LETTER.parts[0].is_empty


@pytest.mark.parametrize(
    ("on", "number", "unit", "last"),
    [
        (date(2026, 11, 22), 14, Unit.DAYS, date(2026, 12, 6)),
        (date(2026, 11, 22), 2, Unit.WEEKS, date(2026, 12, 6)),
        (date(2026, 11, 22), 6, Unit.MONTHS, date(2027, 5, 22)),
        (date(2026, 11, 22), 1, Unit.YEARS, date(2027, 11, 22)),
        (date(2026, 8, 31), 6, Unit.MONTHS, date(2027, 2, 28)),
        (date(2028, 2, 29), 1, Unit.YEARS, date(2029, 2, 28)),
        (date(2026, 12, 31), 2, Unit.MONTHS, date(2027, 2, 28)),
    ],
)
def test_a_time_has_a_last_day(on, number, unit, last):
    assert last_day(on, number, unit) == last
