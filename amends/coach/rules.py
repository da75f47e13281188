"""What a reply must mention, and what is kept of a reading. Pure."""

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum

from amends.contacts.rules.quotes import Said, pieces_of
from amends.language.kind import KINDS
from amends.language.lexicon import TONGUES
from amends.language.reading import Reading
from amends.language.remedy import REMEDIES

_WORD = re.compile(r"[^\W\d_]{5,}")
_STEM = 5
_FEW = 2
_LETTER = re.compile(r"\S")
MOST_CHARACTERS = 20_000


class Question(StrEnum):
    """What a colleague can overrule with one click."""

    KIND = "kind"
    ANGER = "anger"
    REMEDY = "remedy"


ANSWERS: Mapping[Question, tuple[str, ...]] = {
    Question.KIND: KINDS,
    Question.ANGER: ("0", "1", "2", "3", "4"),
    Question.REMEDY: REMEDIES,
}


def key_words(statements: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Return the beginnings of the long words of each statement, by the statement.

    Empty for a single one: whoever writes about the only thing complained of answers it.
    """
    known = {one: tuple(_stems(one)) for one in statements}
    return known if len(known) >= _FEW else {}


def _stems(statement: str) -> dict[str, None]:
    return dict.fromkeys(word[:_STEM].lower() for word in _WORD.findall(statement))


def part_to_read(text: str) -> str:
    """Return the beginning of `text` with spaces for what its writer quotes or signs with.

    What is read in it stands at the same place in `text`.
    """
    pieces = ((text[one.start : one.end], one.said is Said.OWN) for one in pieces_of(text))
    own = "".join(said if is_own else _LETTER.sub(" ", said) for said, is_own in pieces)
    return own[:MOST_CHARACTERS].rstrip()


def is_ours(read: Reading) -> bool:
    """Return whether more than its language can be read in a text."""
    return read.language.code in TONGUES


def because(read: Reading) -> dict[str, list[str]]:
    """Return the words that made each answer so, by the question; what has none is left out."""
    found: dict[str, Iterable[str]] = {
        "kind": read.kind.because,
        "anger": read.anger.because,
        "remedy": read.remedy.because,
        "abuse": read.abuse,
        "threat": read.threat,
        "escalation": read.escalation,
        "need_by": read.said((read.need_by,)) if read.need_by else (),
        "amounts": read.said(read.amounts),
        "references": read.said(read.references),
        "dates": read.said(read.dates),
    }
    told = {question: list(dict.fromkeys(words)) for question, words in found.items()}
    return {question: words for question, words in told.items() if words}
