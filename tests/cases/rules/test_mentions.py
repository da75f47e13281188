import pytest

from amends.cases.rules.mentions import Mentioned, begins, handle_of, handles, mentioned_in

KNOWN = {"ruta.kazlauskiene": 1, "jonas.petraitis": 2, "jonas.petraitis.2": 3}


@pytest.mark.parametrize(
    ("name", "handle"),
    [
        ("Rūta Kazlauskienė", "ruta.kazlauskiene"),
        ("Анна Петрова", "anna.petrova"),
        ("Łucja Nowak-Wójcik", "lucja.nowak.wojcik"),
        ("Seán O'Brien", "sean.obrien"),
        ("★", "colleague"),
    ],
)
def test_a_handle_is_the_name_in_small_latin_letters(name, handle):
    assert handle_of(name) == handle


def test_whoever_came_first_has_the_plain_handle_whatever_the_order():
    colleagues = [(9, "Jonas Petraitis"), (2, "Jonas Petraitis"), (5, "Jonas Petraitis 2")]
    assert handles(colleagues) == {
        "jonas.petraitis": 2,
        "jonas.petraitis.2": 5,
        "jonas.petraitis.3": 9,
    }


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("@ruta.kazlauskiene, please look.", (1,)),
        ("Ask @Rūta.Kazlauskienė.", (1,)),
        ("(@ruta-kazlauskiene) and @jonas.petraitis.2", (1, 3)),
        ("@jonas.petraitis @jonas.petraitis", (2,)),
        ("Their address is ona@ruta.kazlauskiene", ()),
        ("ona.@jonas.petraitis", ()),
        ("at 9 @ 5 each, @@jonas.petraitis", ()),
    ],
)
def test_a_text_mentions_whom_it_names_behind_an_at(text, found):
    assert mentioned_in(text, KNOWN) == Mentioned(found, ())


def test_what_names_nobody_is_told_as_it_was_typed():
    assert mentioned_in("@Ona and @jonas.petraitis", KNOWN) == Mentioned((2,), ("Ona",))


@pytest.mark.parametrize(
    ("typed", "fits"),
    [
        ("", True),
        ("ka", True),
        ("rū", True),
        ("ruta.kaz", True),
        ("kaz ru", True),
        ("uta", False),
        ("ruta.x", False),
    ],
)
def test_a_name_is_found_by_the_beginnings_of_its_words(typed, fits):
    assert begins("Rūta Kazlauskienė", typed) is fits
