import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.contacts.rules.spans import sentences_of


def cut(text):
    return [text[span.start : span.end] for span in sentences_of(text)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("", []),
        ("One word", ["One word"]),
        ("It is cold. I am tired!", ["It is cold. ", "I am tired!"]),
        ("«Холодно.» Я устала…", ["«Холодно.» ", "Я устала…"]),
        ("no stop\nnew line", ["no stop\n", "new line"]),
        ("Why?! Again", ["Why?! ", "Again"]),
    ],
)
def test_words_are_cut_where_people_breathe(text, sentences):
    assert cut(text) == sentences


@pytest.mark.requirement("S3-27")
@given(st.text())
def test_put_together_again_nothing_is_lost(text):
    assert "".join(cut(text)) == text
