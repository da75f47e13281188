import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.cases.rules.words import LONGEST_WORD, MOST_WORDS, asked_of_words, sought_words


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Hot  WATER", ("hot", "water")),
        ("šildymas", ("sildymas",)),
        ("wodą, łazienka", ("woda", "lazienka")),
        ("горячая вода", ("goriacaia", "voda")),
        ("ujë i ngrohtë", ("uje", "i", "ngrohte")),
        ("don't", ("dont",)),
        ("no. 12/456-B", ("no", "12", "456", "b")),
        ("water water", ("water",)),
        ("“quoted” — and so…", ("quoted", "and", "so")),
        ("angry😡now", ("angry", "now")),
        ("100%", ("100",)),
        ("%_\\' & | ! :*", ()),
        ("\x00", ()),
        ("", ()),
    ],
)
def test_what_is_typed_is_cut_into_folded_words(typed, words):
    assert sought_words(typed) == words


def test_only_so_many_words_and_letters_of_one_are_looked_for():
    assert len(sought_words(" ".join(f"w{n}" for n in range(50)))) == MOST_WORDS
    assert sought_words("x" * 100) == ("x" * LONGEST_WORD,)


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("Hot water", "'hot':* & 'water':*"),
        ("flat B", "'flat':* & 'b'"),
        ("?!", ""),
    ],
)
def test_each_word_must_begin_a_word_of_the_case_and_a_letter_must_be_one(typed, asked):
    assert asked_of_words(typed) == asked


@given(st.text())
def test_nothing_typed_means_anything_to_the_database_but_words(typed):
    assert all(not set(word) & set("'\\&|!:*()<> ") for word in sought_words(typed))
