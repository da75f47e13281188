"""How hard a text is to read, by the formula of its language; scores of two are not compared.

Source: science 3.16. English: Flesch 1948. Russian: Oborneva 2006. Polish: FOG, on the words as
they stand. Lithuanian and Albanian: LIX, for want of a formula of their own; weak there.
"""

import re
from dataclasses import dataclass

from amends.language.words import Text, take_apart

_VOWELS = {
    "en": re.compile(r"[aeiouy]+"),
    "ru": re.compile(r"[аеёиоуыэюя]"),
    "pl": re.compile(r"i?[aeouyąęó]|i"),
}
_DIGRAPHS = re.compile("dh|gj|ll|nj|rr|sh|th|xh|zh")
_SILENT_E = re.compile(r"[^aeiouyl]e$")
_LONG_WORD = 6
_HARD_WORD = 4
_BANDS = {"en": 40.0, "ru": 25.0, "pl": 15.0, "sq": 60.0, "lt": 68.0}
_EASIER_UPWARDS = frozenset({"en", "ru"})


@dataclass(frozen=True, slots=True)
class Readability:
    """The score, the mean length of a sentence in words, and whether it is out of the band."""

    score: float
    words_a_sentence: float
    is_hard: bool


def readability(raw: str, tongue: str) -> Readability:
    """Return how hard `raw` is to read in `tongue`."""
    text = take_apart(raw)
    words = [raw[word.start : word.end].lower() for word in text.words if word.form.isalpha()]
    if not words:
        return Readability(0.0, 0.0, is_hard=False)
    length = len(words) / max(1, _sentences(text))
    score = _score(words, length, tongue)
    hard = score < _BANDS[tongue] if tongue in _EASIER_UPWARDS else score > _BANDS[tongue]
    return Readability(score, length, hard)


def _sentences(text: Text) -> int:
    """Return how many sentences have more than a greeting's words in them."""
    return len({word.sentence for word in text.words})


def _score(words: list[str], length: float, tongue: str) -> float:
    if tongue == "pl":
        hard = sum(syllables(word, tongue) >= _HARD_WORD for word in words)
        return 0.4 * (length + 100 * hard / len(words))
    if tongue in _EASIER_UPWARDS:
        a_word = sum(syllables(word, tongue) for word in words) / len(words)
        if tongue == "en":
            return 206.835 - 1.015 * length - 84.6 * a_word
        return 206.835 - 1.3 * length - 60.1 * a_word
    long = sum(_letters(word, tongue) > _LONG_WORD for word in words)
    return length + 100 * long / len(words)


def syllables(word: str, tongue: str) -> int:
    """Return the syllables of a word of English, Russian or Polish."""
    spoken = _SILENT_E.sub("", word) if tongue == "en" else word
    return max(1, len(_VOWELS[tongue].findall(spoken)))


def _letters(word: str, tongue: str) -> int:
    return len(_DIGRAPHS.sub("x", word) if tongue == "sq" else word)
