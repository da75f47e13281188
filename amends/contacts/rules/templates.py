"""Answers that we give often: what stands in braces in them, and what comes there. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

LONGEST = 10_000
LONGEST_NAME = 100
_SHORTEST = 12


class Variable(StrEnum):
    """What can stand in braces in an answer; it becomes words of the case at hand."""

    NAME = "name"
    REFERENCE = "reference"
    GIST = "gist"
    PROMISE = "promise"
    PROMISE_BY = "promise_by"
    NEXT_STEP = "next_step"
    NEXT_BY = "next_by"
    AUTHOR = "author"
    TITLE = "title"
    DEPARTMENT = "department"
    HOUSE = "house"
    TELEPHONE = "telephone"
    PAGE = "page"
    OUTSIDE_BODY = "outside_body"


_KNOWN = {variable.value: variable for variable in Variable}
_ENDS = re.compile(r"(?<=[.!?…])\s|\n")
_BRACES = re.compile(r"\{\s*([^\W\d]\w*)\s*\}")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of an answer: words, or a variable for which this case has none."""

    text: str
    missing: Variable | None = None


def unknown_in(text: str) -> tuple[str, ...]:
    """Return the names in braces of `text` that mean nothing, each once."""
    named = (match.group(1) for match in _BRACES.finditer(text))
    return tuple(dict.fromkeys(name for name in named if name.lower() not in _KNOWN))


def unfilled_in(text: str) -> tuple[Variable, ...]:
    """Return the variables that still stand in braces in `text`, each once."""
    named = (_KNOWN.get(match.group(1).lower()) for match in _BRACES.finditer(text))
    return tuple(dict.fromkeys(variable for variable in named if variable))


def is_said_in(text: str, reply: str) -> bool:
    """Return whether `reply` was written with the answer `text`: it says at least half of it.

    What comes in the place of variables does not count, nor do the shortest pieces.
    """
    said = _evened(reply)
    pieces = [
        piece
        for between in _BRACES.split(text)[::2]
        for piece in map(_evened, _ENDS.split(between))
        if len(piece) >= _SHORTEST
    ]
    whole = sum(map(len, pieces))
    return bool(whole) and 2 * sum(len(piece) for piece in pieces if piece in said) >= whole


def _evened(text: str) -> str:
    return " ".join(text.casefold().split())


def pieces_of(text: str, values: Mapping[Variable, str]) -> tuple[Piece, ...]:
    """Return `text` with what `values` says; a variable without words stays in its braces."""
    pieces, end = [], 0
    for match in _BRACES.finditer(text):
        variable = _KNOWN.get(match.group(1).lower())
        if variable is None:
            continue
        said = values.get(variable, "").strip()
        pieces.append(Piece(text[end : match.start()] + said))
        if not said:
            pieces.append(Piece(f"{{{variable}}}", variable))
        end = match.end()
    pieces.append(Piece(text[end:]))
    return tuple(piece for piece in pieces if piece.text)


def filled(text: str, values: Mapping[Variable, str]) -> str:
    """Return `text` with what `values` says; what is missing stays in its braces, to be seen."""
    return "".join(piece.text for piece in pieces_of(text, values))
