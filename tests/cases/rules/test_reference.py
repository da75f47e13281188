import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.cases.rules.reference import (
    ALPHABET,
    BASE,
    SYMBOLS,
    piece_of,
    read_reference,
    reference_of,
)

numbers = st.integers(1, BASE**SYMBOLS - 1)


def symbols(reference: str) -> str:
    return reference.replace("-", "")[1:]


@given(numbers)
def test_a_reference_is_read_however_it_is_typed(number):
    reference = reference_of(number)
    assert read_reference(reference) == reference
    assert read_reference(reference.lower()) == reference
    assert read_reference(symbols(reference)) == reference
    assert read_reference(f" {reference.replace('-', ' ')}. ") == reference


@given(numbers, st.integers(0, SYMBOLS), st.sampled_from(ALPHABET))
def test_one_wrong_symbol_always_shows(number, place, wrong):
    right = symbols(reference_of(number))
    mistyped = right[:place] + wrong + right[place + 1 :]
    if mistyped != right:
        assert read_reference(mistyped) is None


@given(numbers, st.integers(0, SYMBOLS - 1))
def test_two_neighbours_swapped_always_show(number, place):
    right = symbols(reference_of(number))
    swapped = right[:place] + right[place + 1] + right[place] + right[place + 2 :]
    if swapped != right:
        assert read_reference(swapped) is None


@given(st.lists(numbers, min_size=2, max_size=2, unique=True))
def test_no_two_cases_share_a_reference(pair):
    assert reference_of(pair[0]) != reference_of(pair[1])


def test_numbers_one_apart_look_nothing_alike():
    one, other = symbols(reference_of(1000)), symbols(reference_of(1001))
    assert sum(a == b for a, b in zip(one, other, strict=True)) < 5


@given(st.text())
def test_whatever_is_typed_is_a_reference_or_none(text):
    found = read_reference(text)
    assert found is None or read_reference(found) == found


def test_cyrillic_letters_that_look_like_ours_are_read():
    reference = next(r for r in map(reference_of, range(1, 5000)) if "A" in r and "H" in r)
    typed = reference.translate(str.maketrans("ABCEHKMPTXY", "АВСЕНКМРТХУ"))
    assert read_reference(typed) == reference


@pytest.mark.parametrize("number", [0, -1, BASE**SYMBOLS])
def test_there_is_no_reference_for_a_number_beyond(number):
    with pytest.raises(ValueError, match="no reference left"):
        reference_of(number)


@pytest.mark.parametrize("text", ["", "C-", "C-7K4-Q92", "C-7K4-Q92XX", "C-7U4-Q92X", "hello"])
def test_what_is_none_is_none(text):
    assert read_reference(text) is None


@pytest.mark.parametrize(
    ("typed", "piece"),
    [
        ("92x", "92X"),
        ("7K4-Q9", "7K4Q9"),
        ("k4 q92", "K4Q92"),
        ("C-7K4", "C7K4"),
        ("qabc", "QABC"),
        ("abc", None),
        ("9x", None),
        ("petrausk", None),
        ("9" * 9, None),
        ("", None),
        ("%_'", None),
    ],
)
def test_a_piece_of_a_reference_is_three_symbols_or_more(typed, piece):
    assert piece_of(typed) == piece
