import pytest

from amends.language.readability import readability, syllables


def test_the_russian_formula_gives_its_published_figure():
    assert readability("Клиент ждёт ответа.", "ru").score == pytest.approx(82.735)


def test_the_english_formula():
    assert syllables("table", "en") == 2
    assert syllables("made", "en") == 1
    assert readability("We made the table.", "en").score > 90


def test_the_polish_formula_counts_words_of_four_syllables():
    assert readability("Odpowiedzialność administracyjna.", "pl").score == pytest.approx(40.8)


def test_lix_counts_an_albanian_digraph_as_one_letter():
    assert readability("Shpjegimi", "sq").score == 101
    assert readability("shthxhs", "sq").score == 1
    assert readability("Lietus lyja", "lt").score == 2


def test_nothing_is_not_hard():
    assert readability("42", "lt").is_hard is False
