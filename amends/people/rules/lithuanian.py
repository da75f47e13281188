"""The Lithuanian vocative of names. Pure.

Regular by the ending of the nominative: proper names in -as take -ai (Jonas, Jonai), unlike common
nouns. What ends otherwise, and what is plainly no Lithuanian spelling, stays as it is.
"""

import re

from amends.people.rules.kinds import Honorific

_FOREIGN = re.compile(r"[qwx]|(.)\1|th|ph|sh|ck|^chr", re.IGNORECASE)
_ENDINGS = (
    ("as", "ai"),
    ("is", "i"),
    ("ys", "y"),
    ("us", "au"),
    ("ė", "e"),
)
_SHORTEST = 3


def vocative(name: str, honorific: Honorific) -> str:
    """Return how somebody called `name` is called to; each word of it is bent on its own."""
    return " ".join(
        "-".join(_bent(part, honorific) for part in word.split("-")) for word in name.split()
    )


def _bent(word: str, honorific: Honorific) -> str:
    if len(word) < _SHORTEST or _FOREIGN.search(word):
        return word
    for ending, called in _ENDINGS:
        if word.endswith(ending) and (ending == "ė" or honorific is not Honorific.MISSUS):
            return word.removesuffix(ending) + called
    return word
