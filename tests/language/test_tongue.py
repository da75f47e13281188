import pytest

from amends.language.tongue import tongue_of

SAID = {
    "en": "It is cold again and nobody has told me when you will come.",
    "ru": "Опять холодно, и никто не сказал мне, когда вы придёте.",
    "pl": "Znowu jest zimno i nikt mi nie powiedział, kiedy państwo przyjdą.",
    "sq": "Përsëri është ftohtë dhe askush nuk më ka thënë kur do të vini.",
    "lt": "Vėl šalta ir niekas man nepasakė, kada jūs ateisite.",
}


@pytest.mark.parametrize(("tongue", "text"), SAID.items())
def test_the_five_languages_are_told_apart(tongue, text):
    assert tongue_of(text) == tongue


def test_a_text_is_told_by_what_most_of_it_is():
    assert tongue_of(SAID["lt"] * 3 + " The bill is for you and not for me.") == "lt"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "42 €",
        "Iphone",
        "Hallo Martin, wie besprochen hier noch die Daten",
        "Чому в квартирі знову холодно і ніхто не прийшов",
    ],
)
def test_unsure_is_an_answer(text):
    assert tongue_of(text) == ""
