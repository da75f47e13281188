"""All the forms of a word, from the libraries that know its language; each is loaded on first use.

In a lexicon `=вернуть` stands for every form of that word. Russian and Polish words are written
out in all their forms once, when the lexicon is read. English, Lithuanian and Albanian words are
brought to a stem instead, the word of the lexicon and the word of the text alike.
"""

from collections.abc import Callable
from functools import cache, lru_cache
from importlib import import_module
from typing import Any

from amends.language.words import fold

_LEAST_LETTERS = 4
# What an Albanian noun or verb may carry at its end, the longest first.
_ALBANIAN_ENDINGS = (
    *("ave", "ete", "eve", "ove", "uan", "uam", "eni", "ini", "imi", "jme", "ve", "te", "et"),
    *("es", "en", "in", "it", "ne", "sh", "ja", "je", "ua", "ur", "ar"),
    *("e", "a", "i", "u", "s", "t", "n"),
)


def written_out(tongue: str, word: str) -> frozenset[str]:
    """Return all forms of `word`, folded; of a language that is stemmed, only the word itself."""
    if tongue == "ru":
        return frozenset(fold(form.word) for form in _russian().parse(word)[0].lexeme)
    if tongue == "pl":
        return frozenset(fold(form[0]) for form in _polish().generate(word)) | {fold(word)}
    return frozenset({fold(word)})


@lru_cache(maxsize=20000)
def stem(tongue: str, word: str) -> str:
    """Return the stem of a folded word of English, Lithuanian or Albanian; else the word."""
    if tongue in _SNOWBALL:
        return fold(_snowball(tongue)(word))
    if tongue == "sq":
        return _albanian(word)
    return word


def _albanian(word: str) -> str:
    lemma = fold(import_module("simplemma").lemmatize(word, lang="sq"))
    for ending in _ALBANIAN_ENDINGS:
        if lemma.endswith(ending) and len(lemma) - len(ending) >= _LEAST_LETTERS:
            return lemma[: -len(ending)]
    return lemma


_SNOWBALL = {"en": "english", "lt": "lithuanian"}


@cache
def _snowball(tongue: str) -> Callable[[str], str]:
    stemmer: Callable[[str], str] = import_module("Stemmer").Stemmer(_SNOWBALL[tongue]).stemWord
    return stemmer


@cache
def _russian() -> Any:  # noqa: ANN401 - the library has no types
    return import_module("pymorphy3").MorphAnalyzer(lang="ru")


@cache
def _polish() -> Any:  # noqa: ANN401 - the library has no types
    return import_module("morfeusz2").Morfeusz()
