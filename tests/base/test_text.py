import pytest

from amends.base.text import said_in


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ({"lt": "Laba", "en": "Hello"}, "Laba"),
        ({"pl": "Dzień", "en": "Hello"}, "Dzień"),
        ({"sq": "Mirë", "en": "Hello"}, "Hello"),
        ({"sq": "Mirë", "lt": " "}, "Mirë"),
        ({"de": "Tag"}, "Tag"),
        ({}, ""),
    ],
)
def test_the_reader_s_language_comes_first_then_the_house_s(texts, said):
    assert said_in("lt", texts, house="pl") == said
