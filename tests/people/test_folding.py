import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.people.rules.folding import (
    Sought,
    digits_of,
    keys_of,
    plain,
    search_text,
    sought,
    words,
)

ONE_SOUND = [
    ("Ковалёва", "kovaliova"),
    ("Ковалёва", "Kovalyova"),
    ("Ковалёва", "Kovaljova"),
    ("Ковалёва", "Kovaleva"),
    ("Ковалёва", "Ковалева"),
    ("Чехов", "Chekhov"),
    ("Чехов", "Czechow"),
    ("Чехов", "Čechov"),
    ("Щукин", "Shchukin"),
    ("Щукин", "Szczukin"),
    ("Юлия", "Julija"),
    ("Юлия", "Yulia"),
    ("Наталья", "Natalja"),
    ("Сергей", "Siergiej"),
    ("Сергей", "Sergey"),
    ("Михаил", "Mikhail"),
    ("Михаил", "Michail"),
    ("Жуков", "Zhukov"),
    ("Жуков", "Žukov"),
    ("Шевчук", "Szewczuk"),
    ("Шевчук", "Shevchuk"),
    ("Царёва", "Tsareva"),
    ("Царёва", "Cariova"),
    ("Достоевский", "Dostojewski"),
    ("Достоевский", "Dostoyevsky"),
    ("Петраускене", "Petrauskienė"),
    ("Александр", "Alexandr"),
    ("Łukasz", "lukasz"),
    ("Świątek", "swiatek"),
    ("Đorđević", "dordevic"),
    ("Përparim", "perparim"),
    ("Çela", "cela"),
    ("Kęstutis", "kestutis"),
    ("Žemaitė", "zemaite"),
    ("O'Neill", "oneill"),
    ("Straße", "strasse"),
    ("ŁÓDŹ", "lodz"),
]


@pytest.mark.parametrize(("one", "other"), ONE_SOUND)
def test_one_name_is_found_under_each_of_its_spellings(one, other):
    assert keys_of(one) & keys_of(other)


@pytest.mark.parametrize(("one", "other"), [("Anna", "Ewa"), ("Petrov", "Ivanov"), ("Лев", "Лис")])
def test_other_names_stay_apart(one, other):
    assert not keys_of(one) & keys_of(other)


@pytest.mark.parametrize("length", range(2, 9))
@pytest.mark.parametrize("name", ["Петраускене", "Petrauskienė", "Łukaszewicz", "Ковалёвская"])
def test_a_name_is_found_while_it_is_being_typed(name, length):
    typed = keys_of(name[:length])
    assert any(key.startswith(start) for key in keys_of(name) for start in typed)


def test_the_parts_of_a_double_name_are_words():
    assert words("Anna-Maria O’Neill (d. 2020)") == ("Anna", "Maria", "O’Neill", "d", "2020")


def test_a_person_is_found_by_name_number_telephone_and_mail():
    text = search_text(
        names=["Rūta Ąžuolienė"], numbers=["K-1029", "+370 612 34567"], mails=["Ruta@X.example "]
    )
    for start in (" ruta", " azuol", " k1029", " 37061234567", " ruta@x.example"):
        assert start in text


def test_nothing_known_is_nothing_to_find():
    assert search_text(names=["—"], numbers=["", "12"], mails=[" "]) == " 12 "


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", Sought()),
        ("  ", Sought()),
        ("r", Sought()),
        ("?!", Sought()),
        ("Ruta@x", Sought(mail="ruta@x")),
        ("+370 612", Sought(digits=("370612",))),
        ("8 612 34", Sought(digits=("861234", "61234"))),
        ("00370612", Sought(digits=("00370612", "370612"))),
        ("0612", Sought(digits=("0612",))),
        ("Ad", Sought(words=(frozenset({"ad"}),))),
        ("K-1029", Sought(words=(frozenset({"k"}), frozenset({"1029"})), number="k1029")),
    ],
)
def test_what_is_typed_says_what_is_looked_for(typed, found):
    assert sought(typed) == found
    assert bool(found) is (found != Sought())


@pytest.mark.parametrize(
    ("text", "digits"), [("+370 (612) 34-567", "37061234567"), ("12", ""), ("room 612", "")]
)
def test_digits_are_those_of_a_number(text, digits):
    assert digits_of(text) == digits


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(text):
    assert plain(plain(text)) == plain(text)


@given(
    st.text(
        alphabet="AĄBCĆČÇDĐEĘĖËFGHIĮYJKLŁMNŃOÓPRSŚŠTUŲŪWVXZŹŻŽабвгдеёжзийклмнопрстуфхцчшщъыьэюя"
    )
)
def test_the_five_languages_fold_to_small_latin_letters(text):
    assert plain(text).isascii()
    assert plain(text) == plain(text).lower()


@given(st.text(max_size=40))
def test_accents_written_apart_are_the_same(text):
    assert keys_of(unicodedata.normalize("NFD", text)) == keys_of(text)


@given(st.text(min_size=2, max_size=100))
def test_a_person_is_always_found_by_the_whole_name(name):
    text = search_text(names=[name], numbers=[], mails=[])
    for keys in sought(name).words:
        assert any(f" {key}" in text for key in keys)
