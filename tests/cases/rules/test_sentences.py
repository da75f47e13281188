import pytest

from amends.cases.rules.sentences import ended_once, promised, said_whole, spelled


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("An engineer comes.", "An engineer comes"),
        ("  An engineer\n comes ", "An engineer comes"),
        ("We call you ...", "We call you ..."),
        ("", ""),
        (".", ""),
    ],
)
def test_what_is_promised_is_one_line_that_the_moment_can_follow(typed, kept):
    assert promised(typed) == kept


def test_a_promise_is_one_sentence():
    assert said_whole("We refund 49 €", "by Tuesday") == "We refund 49 € by Tuesday."


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Baigiasi gruodžio 1 d..", "Baigiasi gruodžio 1 d."),
        ("It ends on 1 December.", "It ends on 1 December."),
        ("We call you...", "We call you..."),
    ],
)
def test_a_sentence_ends_once_whatever_a_date_brings(said, shown):
    assert ended_once(said) == shown


def test_a_reference_is_read_aloud_symbol_by_symbol():
    assert spelled("C-7K4-Q92X") == "C, 7, K, 4, Q, 9, 2, X"
