import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.cases.rules.bundle import (
    BLACK,
    LONGEST_NAME_BYTES,
    Item,
    Span,
    blackened,
    holds_any,
    leaves,
    passage_of,
    passage_of_telephone,
    passages_of_name,
    safe_name,
    without_spans,
)


def black(text, *passages):
    return blackened(text, [passage for passage in passages if passage])


@pytest.mark.parametrize("item", Item)
def test_all_but_what_is_internal_leaves_unless_chosen_otherwise(item):
    usual = leaves(item, {}, 7)
    assert usual is (item not in {Item.NOTE, Item.REMARK})
    assert leaves(item, {(item, 7): not usual}, 7) is not usual
    assert leaves(item, {(item, 8): not usual}, 7) is usual


@pytest.mark.parametrize(
    ("spans", "left"),
    [
        ([], "one two three"),
        ([Span(4, 7)], f"one {BLACK} three"),
        ([Span(8, 99), Span(0, 3)], f"{BLACK} two {BLACK}"),
        ([Span(0, 7), Span(4, 13)], f"{BLACK}{BLACK}"),
        ([Span(0, 7), Span(2, 5)], f"{BLACK} three"),
        ([Span(50, 60)], "one two three"),
    ],
)
def test_a_span_becomes_a_bar_that_does_not_tell_its_length(spans, left):
    assert without_spans("one two three", spans) == left


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(0, 70), st.integers(0, 70))))
def test_nothing_of_a_span_is_left_whatever_the_spans(text, ends):
    spans = [Span(start, end) for start, end in ends]
    kept = [
        letter
        for place, letter in enumerate(text)
        if not any(span.start <= place < span.end for span in spans)
    ]
    assert without_spans(text, spans).replace(BLACK, "") == "".join(kept).replace(BLACK, "")


class TestPassages:
    def test_a_passage_is_found_however_its_lines_break_and_who_quotes_it(self):
        passage = passage_of("my diabetes needs\na warm room")
        text = "> My diabetes\n> needs a warm\n> room, they said. My diabetes needs a bed."
        assert black(text, passage) == f"> {BLACK}, they said. My diabetes needs a bed."

    @pytest.mark.parametrize("words", ["", "  ", "a", "49", "a b"])
    def test_what_is_too_short_is_not_looked_for_elsewhere(self, words):
        assert passage_of(words) is None

    def test_a_bar_spoils_no_longer_word(self):
        assert black("Ona and Donatas (Ona)", passage_of("Ona")) == f"{BLACK} and Donatas ({BLACK})"

    def test_signs_mean_themselves(self):
        assert black("a.b+c (x) axbbc", passage_of("a.b+c (x)")) == f"{BLACK} axbbc"
        assert black("-- !!! --", passage_of("!!!")) == f"-- {BLACK} --"

    def test_whether_any_stands_there(self):
        found = [passage_of("cold"), passage_of("room")]
        passages = [each for each in found if each]
        assert holds_any("A warm ROOM", passages)
        assert not holds_any("A bathroom", passages)

    @pytest.mark.parametrize(
        "written",
        ["+370 612 34567", "+37061234567", "8 612 34567", "(8-612) 34 567", "8.612.34.567"],
    )
    def test_a_telephone_number_is_found_however_it_is_written(self, written):
        assert black(f"Call {written}, please", passage_of_telephone("+370 612 34567")) == (
            f"Call {BLACK}, please"
        )

    def test_other_numbers_stay(self):
        passage = passage_of_telephone("+370 612 34567")
        assert black("Bill 99961234568 of 2026", passage) == "Bill 99961234568 of 2026"
        assert passage_of_telephone("112") is None

    def test_a_name_is_found_in_part_and_with_another_ending(self):
        passages = passages_of_name("Tomas Kazlauskas", "the colleague")
        text = "Tomas Kazlauskas. Tomas Kazlausko, su Kazlausku; KAZLAUSKAS. A tomato."
        said = black(text, *passages)
        assert "azlausk" not in said.casefold()
        assert "Toma" not in said
        assert said.startswith("the colleague.")
        assert said.endswith("A tomato.")

    def test_a_short_name_is_only_found_whole(self):
        passages = passages_of_name("Li Na", "the colleague")
        assert black("Li Na in Lima", *passages) == "the colleague in Lima"
        assert passages_of_name("Li", "x") == []


class TestNames:
    @pytest.mark.parametrize(
        ("name", "safe"),
        [
            ("bill.pdf", "bill.pdf"),
            ("../../etc/passwd", "etc_passwd"),
            ("..\\..\\boot.ini", "boot.ini"),
            ("/abs/olute.txt", "abs_olute.txt"),
            ("a\x00b\r\nc.txt", "a_b_c.txt"),
            ("C:\\x.txt", "C_x.txt"),
            ("sąskaita №5.pdf", "sąskaita №5.pdf"),
            ("счёт за воду.pdf", "счёт за воду.pdf"),
            ("con.txt", "_con.txt"),
            ("LPT1", "_LPT1"),
            ("gnp\u202eexe.png", "gnp_exe.png"),
            ("", "file"),
            ("...", "file"),
            ("name. ", "name"),
            (f"x{BLACK}y.txt", "x_y.txt"),
            ("archive." + "e" * 40, "archive." + "e" * 40),
        ],
    )
    def test_a_name_means_nothing_to_any_system(self, name, safe):
        assert safe_name(name, set()) == safe

    def test_the_same_name_is_told_apart_whatever_its_case(self):
        taken: set[str] = set()
        names = [safe_name(name, taken) for name in ("a.txt", "A.txt", "a.TXT", "a.txt")]
        assert names == ["a.txt", "A-2.txt", "a-3.TXT", "a-4.txt"]

    @given(st.lists(st.text(max_size=300), max_size=8))
    def test_names_are_short_apart_and_without_folders(self, names):
        taken: set[str] = set()
        safe = [safe_name(name, taken) for name in names]
        assert len({name.casefold() for name in safe}) == len(safe)
        for name in safe:
            assert 0 < len(name.encode()) <= LONGEST_NAME_BYTES
            assert not re.search(r'[\x00-\x1f<>:"/\\|?*]', name)
            assert name not in {".", ".."}
            assert not name.startswith(".")


def test_a_short_name_stands_for_itself_and_not_for_what_begins_so():
    said = black("Rasa came, and a rasasa.", *passages_of_name("Rasa Jonaitienė", "the colleague"))
    assert said == "the colleague came, and a rasasa."
