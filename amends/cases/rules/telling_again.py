"""What of a reply to one customer may be said to another: the sentences that tell of nobody. Pure.

A sentence stays only if nothing in it can be another's: no figure, no day, no sum, no address, no
quotation, no name that we know and no word with a capital that we do not. Too much rather than too
little is left out; what is left is read by whoever sends it.
"""

import re
from collections.abc import Collection, Iterable

from amends.cases.rules.words import folded_words
from amends.language.found import Found, look
from amends.language.lexicon import TONGUES

LEAST = 60
_SHORTEST, _LONGEST = 15, 400
_OF_NOBODY = re.compile(r"^[^\W\d_][^\d@/\\_#%&*+=<>{}\[\]|\"«»„“”€£$₽₴¥]+[.!?…]$")
_ENDS = re.compile(r"(?<=[.!?…])\s+")
_WORD = re.compile(r"[^\W\d_]+")
# Words of respect that are written with a capital inside a sentence.
_POLITE = re.compile(
    r"I|Jūs\w*|Jum\w*|Pan\w{0,3}|Państw\w+|Вы|Вас|Вам\w*|Ваш\w*|Ju|Juve|Jush|Tuaj\w*"
)
_TIMES = ("weekday", "feast", "month", "currency")
_ENDING, _STEM = 3, 3


def told_again(text: str, *, language: str, names: Iterable[str], usual: Collection[str]) -> str:
    """Return the sentences of `text` that tell of nobody, in their paragraphs; empty if too few.

    names: of everybody who is known in that matter. usual: words that stand somewhere with a small
    letter, so that one with which a sentence begins is known for no name.
    """
    if language not in TONGUES:
        return ""
    known = frozenset(_stem(word) for name in names for word in folded_words(name))
    paragraphs = (
        " ".join(
            sentence
            for sentence in _ENDS.split(line.strip())
            if _tells_of_nobody(sentence, language, known, usual)
        )
        for line in text.splitlines()
    )
    told = "\n\n".join(filter(None, paragraphs))
    return told if len(told) >= LEAST else ""


def small_words(text: str) -> frozenset[str]:
    """Return the words that stand in `text` with a small letter."""
    return frozenset(word for word in _WORD.findall(text) if word == word.lower())


def _tells_of_nobody(
    sentence: str, language: str, known: Collection[str], usual: Collection[str]
) -> bool:
    if not (_SHORTEST <= len(sentence) <= _LONGEST and _OF_NOBODY.match(sentence)):
        return False
    _first, *others = _WORD.findall(sentence)
    if any(word[0].isupper() and not _POLITE.fullmatch(word) for word in others):
        return False
    if any(word.startswith(name) for word in folded_words(sentence) for name in known):
        return False
    found = look(sentence, language, "reading")
    return not found.of(*_TIMES) and _begins_as_usual(found, sentence, usual)


def _begins_as_usual(found: Found, sentence: str, usual: Collection[str]) -> bool:
    """Return whether the first word is no name: it stands small elsewhere, or we know it."""
    first = found.text.words[0]
    if sentence[first.start : first.end].lower() in usual:
        return True
    return any(hit.first == 0 for hits in found.hits.values() for hit in hits)


def _stem(word: str) -> str:
    """Return `word` without what a language puts at its end; a short one as it is."""
    return word[: max(_STEM, len(word) - _ENDING)]
