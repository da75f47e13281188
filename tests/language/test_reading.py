import pytest

from amends.language.lexicon import TONGUES
from amends.language.reading import read

COLD_HOUSE = {
    "en": "The heating has been off since 3 March and I am furious. Order 55-1043. Refund me £40.",
    "ru": "С 3 марта нет отопления, я в бешенстве. Заказ 55-1043. Верните мне 40 руб.",
    "pl": "Od 3 marca nie grzeje, jestem wściekły. Zamówienie 55-1043. Żądam zwrotu 40 zł.",
    "sq": "Që më 3 mars s'ka ngrohje, jam i tërbuar. Porosia 55-1043. Ju lutem më ktheni 40 euro.",
    "lt": "Nuo kovo 3 d. nėra šildymo, esu įsiutęs. Užsakymas 55-1043. Prašau grąžinti 40 eurų.",
}


@pytest.mark.requirement("S4-01")
@pytest.mark.parametrize("tongue", TONGUES)
def test_a_complaint_need_not_use_the_word(tongue):
    reading = read(COLD_HOUSE[tongue])
    assert (reading.language.code, reading.kind.name) == (tongue, "complaint")
    assert reading.anger.degree == 3
    assert reading.anger.because
    assert reading.said(reading.references) == ["55-1043"]
    assert len(reading.amounts) == 1
    assert len(reading.dates) == 1
    assert reading.remedy.name in {"refund_full", "refund_part"}


@pytest.mark.parametrize("tongue", TONGUES)
def test_the_lanes_joined_with_the_rest_are_the_whole_text(tongue):
    reading = read(COLD_HOUSE[tongue])
    lanes = reading.lanes
    parts = sorted([*lanes.facts, *lanes.feelings, *lanes.rest], key=lambda part: part.start)
    assert "".join(reading.said(tuple(parts))) == reading.text


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Чому в квартирі знову холодно і ніхто не прийшов? Поверніть гроші.", "uk"),
        ("Kāpēc dzīvoklī atkal ir auksti un neviens nav atnācis? Lūdzu atmaksājiet naudu.", "lv"),
        ("Warum ist es in der Wohnung wieder kalt und niemand ist gekommen?", "de"),
    ],
)
def test_another_language_is_recognised_and_left_alone(text, code):
    reading = read(text)
    assert reading.language.code == code
    assert reading.kind.confidence == 0
    assert reading.lanes.rest


def test_nothing_is_read_of_nothing():
    assert read("").language.code == ""
    assert read("", {"language": "lt"}).language.code == "lt"
    assert read("…", {"language": "lt"}).kind.confidence == 0
