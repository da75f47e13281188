import json
import math
import sys
import zlib
from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.learning.rules import model as module
from amends.learning.rules.model import (
    BadModel,
    Model,
    pieces_of,
    read_model,
    softened,
    sureness,
    written,
)

SMALL = Model(("cold", "bill"), {"w:cold": 0, "w:bill": 1}, [1.0, 2.0], [3, 0, 0, 3], [0, 0], 1.5)


def test_a_text_is_taken_into_words_pairs_and_runs_of_letters():
    pieces = pieces_of("Šalta 42")
    assert {"w:salta", "w:0", "p:salta 0", "c: sal", "c:ta "} <= set(pieces)
    assert pieces_of("") == []


def test_a_model_is_surer_of_what_it_knows():
    sure = sureness(SMALL, "It is cold, cold!")
    assert sure["cold"] > 0.8
    assert sum(sure.values()) == pytest.approx(1)
    assert sureness(SMALL, "nothing known") == {"cold": 0.5, "bill": 0.5}


def test_what_is_written_is_read_again_to_the_same():
    again = read_model(written(SMALL))
    assert (again.classes, dict(again.pieces), again.temperature) == (
        SMALL.classes,
        dict(SMALL.pieces),
        SMALL.temperature,
    )
    assert sureness(again, "a bill") == pytest.approx(sureness(SMALL, "a bill"))


def test_numbers_are_written_the_same_on_every_machine(monkeypatch):
    plain = written(SMALL)
    monkeypatch.setattr(sys, "byteorder", "big")
    turned = written(SMALL)
    assert turned != plain
    assert list(read_model(turned).bias) == [0, 0]


def packed(told, numbers):
    return zlib.compress(json.dumps(told).encode() + b"\n" + array("f", numbers).tobytes())


TOLD = {"classes": ["a"], "pieces": ["w:x"], "temperature": 1.0}
WHOLE = [1.0, 0.0, 1.0]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no zip at all",
        zlib.compress(b"x" * 100)[:-3],
        zlib.compress(b"no json\n"),
        zlib.compress(b"[]\n"),
        zlib.compress(b"{}\nabc"),
        packed([], WHOLE),
        packed({**TOLD, "more": 1}, WHOLE),
        packed({**TOLD, "classes": []}, WHOLE),
        packed({**TOLD, "classes": "a"}, WHOLE),
        packed({**TOLD, "classes": ["a", "a"]}, WHOLE),
        packed({**TOLD, "pieces": [1]}, WHOLE),
        packed({**TOLD, "temperature": 0.0}, WHOLE),
        packed({**TOLD, "temperature": "hot"}, WHOLE),
        packed({**TOLD, "temperature": math.nan}, WHOLE),
        packed(TOLD, [*WHOLE, 1.0]),
        packed(TOLD, [math.nan, 0.0, 1.0]),
        b"\x80\x04cos\nsystem\n(S'true'\ntR.",
    ],
)
def test_what_is_no_model_is_refused_whole(data):
    with pytest.raises(BadModel):
        read_model(data)


def test_a_bomb_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(module, "MOST_BYTES", 1000)
    with pytest.raises(BadModel):
        read_model(zlib.compress(b"0" * 10_000_000))


@given(st.lists(st.floats(-500, 500), min_size=1, max_size=6), st.floats(0.2, 10))
def test_shares_are_one_together(scores, temperature):
    assert sum(softened(scores, temperature)) == pytest.approx(1)


@given(st.text(max_size=300))
def test_any_text_is_weighed(text):
    assert set(sureness(SMALL, text)) == {"cold", "bill"}
