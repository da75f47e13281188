"""Which answers are suggested on a case, in which order, and why. Pure.

What is suggested may come from more than one place; each of them says of what it offers the same
few facts (`Offer`), and here they are weighed against each other.
"""

import math
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from amends.cases.rules.words import folded_words

MOST, MOST_SOLVED = 5, 2
_SHORTEST, _LONG = 4, 7
_LEAST_SHARED, _MOST_FOR_WORDS = 2, 4.0
_LEAST = 1.0
_FEWEST_OTHERS, _FEW = 16, 8


class Why(StrEnum):
    """Why an answer is suggested."""

    SOLVED = "solved"
    TOPIC = "topic"
    USED_ON_TOPIC = "used-on-topic"
    WORDS = "words"
    KIND = "kind"
    USED = "used"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What could be suggested. key: whose it is; solved: it put a case like this right.

    in_language: whether it is written in the customer's language. words: the stems of its words.
    times, times_on_topic: how often replies were written with it.
    """

    key: str
    words: frozenset[str]
    solved: bool = False
    in_language: bool = True
    of_topic: bool = False
    of_kind: bool = False
    times: int = 0
    times_on_topic: int = 0


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One of the answers that are suggested, and why, the best reason first."""

    key: str
    whys: tuple[Why, ...]


def stems_in(text: str) -> frozenset[str]:
    """Return the beginnings of the longer words of `text`, so that an ending makes no odds."""
    return stems_of(folded_words(text))


def stems_of(words: Collection[str]) -> frozenset[str]:
    """Return the beginnings of the longer ones of `words`, which are folded; figures left out."""
    told = (word for word in words if len(word) >= _SHORTEST and word.isalpha())
    return frozenset(word[: _SHORTEST + (len(word) >= _LONG)] for word in told)


def told_apart(said: frozenset[str], *, others: Sequence[Collection[str]]) -> frozenset[str]:
    """Return those of the stems `said` that few of the `others` hold, each told by its stems.

    The rest are everyday words, which match any answer. Where few others are known, nothing tells
    which these are, and none is returned.
    """
    if len(others) < _FEWEST_OTHERS:
        return frozenset()
    held = Counter(stem for stems in others for stem in frozenset(stems))
    return frozenset(stem for stem in said if held[stem] <= len(others) / _FEW)


def suggested(offers: Sequence[Offer], *, said: Collection[str]) -> tuple[Suggestion, ...]:
    """Return at most five of `offers`, the likeliest first; said: the stems of the case's words.

    Only what is in the customer's language is suggested. A word that more than half of the offers
    hold tells them apart from nothing, and a long text shares some words with every case: it counts
    how much of a text is shared. Of what solved other cases at most two are suggested.
    """
    held = Counter(stem for offer in offers for stem in offer.words)
    common = {stem for stem, count in held.items() if count > max(len(offers) / 2, 1)}
    weighed = []
    for place, offer in enumerate(offers):
        own = offer.words - common
        shared = len(own & frozenset(said))
        weight = _weight(offer, shared, len(own))
        if offer.in_language and weight >= _LEAST:
            weighed.append((-weight, place, Suggestion(offer.key, _whys(offer, shared)), offer))
    solved, found = 0, []
    for _weight_of, _place, suggestion, offer in sorted(weighed, key=lambda one: one[:2]):
        solved += offer.solved
        if not offer.solved or solved <= MOST_SOLVED:
            found.append(suggestion)
    return tuple(found[:MOST])


def _weight(offer: Offer, shared: int, own: int) -> float:
    return (
        5.0 * offer.of_topic
        + 2.0 * offer.solved
        + min(math.log2(1 + offer.times_on_topic), 3.0)
        + (min(2 * shared / math.sqrt(own), _MOST_FOR_WORDS) if shared >= _LEAST_SHARED else 0.0)
        + 1.0 * offer.of_kind
        + min(math.log2(1 + offer.times) / 3, 1.5)
    )


def _whys(offer: Offer, shared: int) -> tuple[Why, ...]:
    """Return the reasons that hold; how often it was used is said once."""
    on_topic = offer.times_on_topic > 0
    holds = {
        Why.SOLVED: offer.solved,
        Why.TOPIC: offer.of_topic,
        Why.USED_ON_TOPIC: on_topic,
        Why.WORDS: shared >= _LEAST_SHARED,
        Why.KIND: offer.of_kind and not offer.of_topic,
        Why.USED: offer.times > 0 and not on_topic,
    }
    return tuple(why for why in Why if holds[why])
