import pytest

from amends.cases.rules.lessons import Lives, judges, lifetime


def test_every_lesson_is_forgotten_in_its_time():
    spans = [lifetime(each) for each in Lives]
    assert spans == sorted(spans)
    assert spans[-1].days < 3 * 365


@pytest.mark.parametrize(
    ("text", "language"),
    [("Ring after five, at the work number.", "en"), ("Skambinti po penkių.", "lt")],
)
def test_what_to_do_may_be_said(text, language):
    assert judges(text, language) == ()


def test_what_somebody_is_like_may_not():
    assert judges("She is an idiot.", "en")
