"""Words by which a case is found, folded as its own are in the database. Pure.

What is typed and what was said meet in small Latin letters without accents, Cyrillic letter by
letter, as names do (`amends.people.rules.folding`). Every word that is typed must begin a word of
the case, because the languages of our customers end a word in many ways.
"""

import re

from amends.people.rules.folding import plain

MOST_WORDS, LONGEST_WORD = 12, 40
# What stands between words, quotes and strokes among it; the database cuts at the same places.
_BETWEEN = re.compile(
    "[\u0000-\u002f\u003a-\u0060\u007b-\u00bf\u2000-\u2bff\u3000-\u303f\ufe00-\uffff"
    "\U0001f000-\U0001ffff]+"
)


def folded_words(text: str) -> tuple[str, ...]:
    """Return the words of `text`, folded, each once; what is too long is cut."""
    found = (word[:LONGEST_WORD] for word in _BETWEEN.split(plain(text)) if word)
    return tuple(dict.fromkeys(found))


def sought_words(text: str) -> tuple[str, ...]:
    """Return the words that `text` looks for; so many and no more."""
    return folded_words(text)[:MOST_WORDS]


def asked_of_words(text: str) -> str:
    """Return the question to the words of a case that `text` is; empty if it holds no word.

    A word of one letter is looked for as it is: nearly every case has one that begins with it.
    """
    return " & ".join(f"'{word}'{':*' * (len(word) > 1)}" for word in sought_words(text))
