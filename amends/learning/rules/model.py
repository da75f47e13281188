"""A model as plain numbers: what a text weighs for each class. No code is ever read from it. Pure.

It is a line of JSON (the pieces of text it knows, the classes, the temperature) and then an array
of numbers. What does not hold together is refused whole.
"""

import json
import math
import re
import sys
import zlib
from array import array
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from amends.language.words import fold

MOST_PIECES = 20_000
MOST_CLASSES = 200
MOST_BYTES = 64_000_000
_WORD = re.compile(r"[^\W_]+")
_DIGITS = re.compile(r"\d+")
_SHORTEST, _LONGEST = 3, 4
_KEYS = {"classes", "pieces", "temperature"}


class BadModel(Exception):
    """Bytes that are no model of ours."""


@dataclass(frozen=True, slots=True)
class Model:
    """A linear model. idf: how telling each piece is, in the order of `pieces`.

    weights: one row a piece, one column a class; bias: one a class. temperature: by how much its
    sureness is lowered, so that of what it is 80 % sure, 80 % are right.
    """

    classes: tuple[str, ...]
    pieces: Mapping[str, int]
    idf: Sequence[float]
    weights: Sequence[float]
    bias: Sequence[float]
    temperature: float


def pieces_of(text: str) -> list[str]:
    """Return the words, pairs of words and short runs of letters of `text`, folded.

    Digits are all alike, so that no number of anybody is learnt.
    """
    words = [_DIGITS.sub("0", fold(word)) for word in _WORD.findall(text)]
    pairs = [f"{one} {two}" for one, two in pairwise(words)]
    return [*(f"w:{word}" for word in words), *(f"p:{pair}" for pair in pairs), *_runs(words)]


def _runs(words: list[str]) -> Iterator[str]:
    for word in words:
        edged = f" {word} "
        for size in range(_SHORTEST, _LONGEST + 1):
            for start in range(len(edged) - size + 1):
                yield f"c:{edged[start : start + size]}"


def sureness(model: Model, text: str) -> dict[str, float]:
    """Return how sure `model` is of each of its classes for `text`; together they are 1."""
    scores = list(model.bias)
    width = len(scores)
    for piece, weight in _weighed(model, text).items():
        row = piece * width
        for column in range(width):
            scores[column] += weight * model.weights[row + column]
    return dict(zip(model.classes, softened(scores, model.temperature), strict=True))


def _weighed(model: Model, text: str) -> dict[int, float]:
    counted = Counter(model.pieces[one] for one in pieces_of(text) if one in model.pieces)
    heavy = {piece: (1 + math.log(often)) * model.idf[piece] for piece, often in counted.items()}
    length = math.sqrt(sum(weight * weight for weight in heavy.values())) or 1.0
    return {piece: weight / length for piece, weight in heavy.items()}


def softened(scores: Sequence[float], temperature: float) -> list[float]:
    """Return the shares that `scores` stand for at this temperature."""
    most = max(scores)
    raised = [math.exp((score - most) / temperature) for score in scores]
    total = sum(raised)
    return [each / total for each in raised]


def written(model: Model) -> bytes:
    """Return `model` as bytes."""
    pieces = sorted(model.pieces, key=lambda piece: model.pieces[piece])
    told = {"classes": model.classes, "pieces": pieces, "temperature": model.temperature}
    numbers = array("f", [*model.idf, *model.bias, *model.weights])
    if sys.byteorder == "big":
        numbers.byteswap()
    head = json.dumps(told, ensure_ascii=True).encode()
    return zlib.compress(head + b"\n" + numbers.tobytes())


def read_model(data: bytes) -> Model:
    """Return the model that `data` holds.

    Raises BadModel.
    """
    head, _line, raw = _unpacked(data).partition(b"\n")
    try:
        told = json.loads(head)
        numbers = array("f", raw)
    except ValueError as problem:
        raise BadModel from problem
    if sys.byteorder == "big":
        numbers.byteswap()
    return _whole(told, numbers)


def _unpacked(data: bytes) -> bytes:
    stream = zlib.decompressobj()
    try:
        raw = stream.decompress(data, MOST_BYTES)
    except zlib.error as problem:
        raise BadModel from problem
    if not stream.eof:
        raise BadModel
    return raw


def _whole(told: object, numbers: Sequence[float]) -> Model:
    """Return the model of these parts, if they fit together."""
    if not isinstance(told, dict) or set(told) != _KEYS:
        raise BadModel
    classes, pieces, temperature = told["classes"], told["pieces"], told["temperature"]
    if not (_are_words(classes, MOST_CLASSES) and _are_words(pieces, MOST_PIECES)):
        raise BadModel
    count, width = len(pieces), len(classes)
    fits = len(numbers) == count + width + count * width
    if not fits or not isinstance(temperature, float) or not all(map(math.isfinite, numbers)):
        raise BadModel
    if not 0 < temperature < math.inf:
        raise BadModel
    return Model(
        classes=tuple(classes),
        pieces={piece: place for place, piece in enumerate(pieces)},
        idf=numbers[:count],
        bias=numbers[count : count + width],
        weights=numbers[count + width :],
        temperature=temperature,
    )


def _are_words(given: object, most: int) -> bool:
    if not isinstance(given, list) or not 0 < len(given) <= most:
        return False
    return all(isinstance(one, str) for one in given) and len(set(given)) == len(given)
