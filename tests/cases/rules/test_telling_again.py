import pytest

from amends.cases.rules.telling_again import small_words, told_again

SAFE = {
    "en": "We are sorry that it went cold again. An engineer finds out why and we stay with it.",
    "lt": "Atsiprašome, kad vėl buvo šalta. Meistras išsiaiškins priežastį, o mes Jums parašysime.",
    "pl": "Przepraszamy, że znowu było zimno. Nasz monter znajdzie przyczynę i napiszemy Państwu.",
    "ru": "Нам жаль, что снова стало холодно. Мастер выяснит причину, и мы напишем Вам об этом.",
    "sq": "Na vjen keq që u ftoh përsëri. Një teknik do ta gjejë shkakun dhe ne do të shkruajmë.",
}
USUAL = {
    "we",
    "an",
    "meistras",
    "atsiprašome",
    "nasz",
    "przepraszamy",
    "нам",
    "мастер",
    "na",
    "një",
}
NAMES = ("Rūta Petrauskienė", "Jonas Kairys")


def told(text, language="en", usual=USUAL):
    return told_again(text, language=language, names=NAMES, usual=usual)


@pytest.mark.parametrize("language", SAFE)
def test_sentences_that_tell_of_nobody_stay(language):
    assert told(SAFE[language], language) == SAFE[language]


@pytest.mark.parametrize(
    "sentence",
    [
        "We give you 40 euro back.",
        "We give you forty euros back for it.",
        "We come on Monday at noon.",
        "we come in march, as we said.",
        "We spoke with Petrauskienei about it.",
        "We told ruta petrauskiene about it.",
        "We asked Kazlauskas to look at it.",
        "Kazlauskas looked at it twice.",
        "We wrote to anna@example.org about it.",
        "We heard “it is my daughter” from you.",
        "We see order {reference} here.",
        "We come to Gedimino street for that.",
        "- we come as soon as we can.",
        "We come.",
        "We did " + "what we could and " * 30 + "more.",
        "Dear Ms Petrauskienė,",
        "Kind regards",
        "",
    ],
)
def test_a_sentence_that_may_be_anothers_is_left_out(sentence):
    assert told(f"{sentence}\n{SAFE['en']}") == SAFE["en"]


def test_a_letter_keeps_its_paragraphs_without_greeting_and_signature():
    first, second = SAFE["en"].split(". ")
    letter = f"Dear Ms Petrauskienė,\n\n{first}.\n\n{second}\n\nJonas Kairys\nEngineer\n"
    assert told(letter) == f"{first}.\n\n{second}"


def test_of_too_little_or_in_a_language_that_we_do_not_read_nothing_is_told():
    assert told("We are sorry that it went cold again.") == ""
    assert told(SAFE["en"], "de") == ""


def test_a_first_word_that_we_know_by_its_meaning_is_no_name():
    text = f"Thank you for telling us of it. {SAFE['en']}"
    assert told(text) == text


def test_small_words_are_those_without_a_capital():
    assert small_words("We come, Jonas and MILDA 3") == {"come", "and"}
