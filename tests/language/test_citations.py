"""What a customer cites, in labelled sentences of the five languages."""

import pytest

from amends.language.citations import Citation, Cited, citations, names_the_same, same_sources

pytestmark = pytest.mark.requirement("S3-10")
LAW, REVIEWS, PAGE = Cited.LAW, Cited.REVIEWS, Cited.PAGE


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        (
            "Under article 21 of the Consumer Rights Act 2015 you owe me a repair.",
            [(LAW, "article 21"), (LAW, "Consumer Rights Act 2015")],
        ),
        ("DISP 1.6.2R gives you eight weeks.", [(LAW, "DISP 1.6.2R")]),
        ("Directive (EU) 2019/771 says so.", [(LAW, "Directive (EU) 2019/771")]),
        ("Your reviews say the same.", [(REVIEWS, "Your reviews")]),
        ("Read it: https://a.example/law.", [(PAGE, "https://a.example/law")]),
        (
            "По статье 22 Закона о защите прав потребителей вы должны вернуть деньги.",
            [(LAW, "статье 22"), (LAW, "Закона о защите прав потребителей")],
        ),
        ("Согласно 442-ФЗ и ст. 18.", [(LAW, "442-ФЗ"), (LAW, "ст. 18")]),
        ("Я читал отзывы о вас.", [(REVIEWS, "отзывы")]),
        (
            "Na podstawie art. 7a ustawy o prawach konsumenta.",
            [(LAW, "art. 7a"), (LAW, "ustawy o prawach konsumenta")],
        ),
        ("Czytałam opinie w internecie.", [(REVIEWS, "opinie w internecie")]),
        (
            "Pagal 21 straipsnį, Vartotojų teisių apsaugos įstatymas.",
            [(LAW, "21 straipsnį"), (LAW, "Vartotojų teisių apsaugos įstatymas")],
        ),
        ("Skaičiau atsiliepimus apie jus.", [(REVIEWS, "atsiliepimus")]),
        (
            "Sipas nenit 12 të ligjit 9918/2008.",
            [(LAW, "nenit 12"), (LAW, "ligjit 9918/2008")],
        ),
        ("Lexova komentet në Google.", [(REVIEWS, "komentet në Google")]),
    ],
)
def test_what_is_cited_is_told_in_its_own_words(text, cited):
    assert [(each.kind, each.words) for each in citations(text)] == cited


@pytest.mark.parametrize(
    "text",
    [
        "It was cold for 21 days, and flat 12 is still cold.",
        "Холодно уже 21 день, квартира 12.",
        "Zimno od 21 dni, mieszkanie 12, faktura 7/2026.",
        "Šalta jau 21 dieną, 12 butas.",
        "Ftohtë prej 21 ditësh, banesa 12.",
        "I act as her daughter and regulate nothing.",
        "",
    ],
)
def test_a_story_with_numbers_cites_nothing(text):
    assert citations(text) == ()


def test_what_is_cited_twice_is_told_once_and_a_few_at_most():
    assert len(citations("Art. 7, art. 7 and ART. 7.")) == 1
    assert len(citations(" ".join(f"art. {number}" for number in range(1, 30)))) == 8


@pytest.mark.parametrize(
    ("words", "source", "same"),
    [
        ("DISP 1.6", "FCA DISP 1.6.2R", True),
        ("DISP 1.6.2", "FCA DISP 1.6.2R", True),
        ("442-ФЗ", "442-FZ, from 1 July 2024", True),
        ("art. 7a", "Act of 30 May 2014, art. 7a; egospodarka 2024", True),
        ("art. 9", "Consumer Protection Law, art. 22", False),
        ("GDPR", "Our own custom", False),
    ],
)
def test_the_same_source_is_known_by_the_number_that_both_name(words, source, same):
    assert names_the_same(Citation(LAW, words), source) is same
    assert (source in same_sources([Citation(LAW, words)], [source])) is same


def test_a_page_names_no_law():
    assert not names_the_same(Citation(PAGE, "https://a.example/22"), "Law, art. 22")


def test_what_stands_within_a_citation_is_not_told_again():
    (page,) = citations("Others say the same: www.trustpilot.com/neries.")
    assert page == Citation(Cited.PAGE, "www.trustpilot.com/neries")
