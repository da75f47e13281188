from django.utils import translation

from amends.base.language_words import language_word


def test_a_language_is_named_as_within_a_sentence():
    named = {}
    for reader in ("en", "ru", "pl", "sq", "lt"):
        with translation.override(reader):
            named[reader] = language_word("en")
    assert named["en"] == "English"
    assert named["ru"] == "английский"
    assert all(name[0].islower() for reader, name in named.items() if reader != "en")
