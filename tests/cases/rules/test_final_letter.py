from amends.cases.rules.final_letter import FinalLetter, Part, as_facts, as_text

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
