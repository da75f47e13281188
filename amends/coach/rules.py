"""What a reply must mention, what is kept of a reading, and what can be told of advice. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from math import sqrt

from amends.contacts.rules.kinds import Manner
from amends.contacts.rules.quotes import Said, pieces_of
from amends.language.kind import KINDS
from amends.language.lexicon import TONGUES
from amends.language.phases import Phase
from amends.language.reading import Reading
from amends.language.remedy import REMEDIES
from amends.standards.rules.measured import Counted, interval

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

MANNER_CARDS = tuple(manner.value.replace("-", "_") for manner in Manner)
CARDS = (*(phase.value for phase in Phase), *MANNER_CARDS)
# A manner is forgotten after so long, and with it that its card was at hand.
_MANNER_LASTS, _PHASE_LASTS = timedelta(days=90), timedelta(days=365)
FEWEST_CONTACTS = 5
FEWEST_COLLEAGUES = 3


class Advice(StrEnum):
    """What of a card can be followed."""

    DID = "did"
    SAID = "said"


@dataclass(frozen=True, slots=True)
class Moved:
    """How the mood moved in some contacts: calmer at the end or not, and whose contacts they were.

    down: by how many steps of five the anger went down, on the average; None without contacts.
    """

    counted: Counted
    colleagues: int
    down: float | None = None

    @property
    def is_told(self) -> bool:
        """Whether so many contacts of so many colleagues stand behind it that it tells of nobody.

        Source: science 3.18 (groups of less than five are not shown).
        """
        return self.counted.all >= FEWEST_CONTACTS and self.colleagues >= FEWEST_COLLEAGUES


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


def card_lasts(card: str) -> timedelta:
    """Return how long it is kept that `card` was at hand."""
    return _MANNER_LASTS if card in MANNER_CARDS else _PHASE_LASTS


def difference(followed: Moved, not_followed: Moved) -> tuple[float, float] | None:
    """Return between which values the difference of the two shares lies; None if one is not told.

    By Newcombe's score interval, 19 times of 20; if 0 lies in it, no difference can be told.
    """
    if not (followed.is_told and not_followed.is_told):
        return None
    (one, low_one, high_one), (two, low_two, high_two) = (
        (each.counted.kept / each.counted.all, *(interval(each.counted) or (0.0, 1.0)))
        for each in (followed, not_followed)
    )
    apart = one - two
    below = sqrt((one - low_one) ** 2 + (high_two - two) ** 2)
    above = sqrt((high_one - one) ** 2 + (two - low_two) ** 2)
    return apart - below, apart + above
