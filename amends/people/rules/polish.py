"""The Polish vocative of names. Pure.

Given names follow their declension; where a family name could be bent wrongly it stays in the
nominative, which is never an offence.
"""

import re

from amends.people.rules.kinds import Honorific

_ALPHABET = re.compile(r"[a-ząćęłńóśźżqvx]+(?:-[a-ząćęłńóśźżqvx]+)*", re.IGNORECASE)
_VOWELS = re.compile(r"i?[aeouyąęó]|i(?![aeouąęó])", re.IGNORECASE)
_GIVEN = {
    "aleksander": "aleksandrze",
    "kacper": "kacprze",
    "sylwester": "sylwestrze",
    "leander": "leandrze",
    "paweł": "pawle",
    "gaweł": "gawle",
    "ksenia": "ksenio",
    "freja": "frejo",
    "nadia": "nadiu",
    "pola": "polu",
    "kuba": "kubo",
    "grześ": "grzesiu",
    "staś": "stasiu",
    "jaś": "jasiu",
    "józio": "józiu",
    "stasio": "stasiu",
    "kazio": "kaziu",
    "jasio": "jasiu",
}
_SOFT = ("ch", "sz", "cz", "rz", "dż", "dź", "k", "g", "h", "l", "j", "ż", "c")
_ENDINGS = (
    ("ko", "ku"),
    *((ending, f"{ending}u") for ending in _SOFT),
    ("st", "ście"),
    ("zd", "ździe"),
    ("t", "cie"),
    ("d", "dzie"),
    ("r", "rze"),
    ("ł", "le"),
    *((ending, f"{ending}ie") for ending in "bpmnwfszv"),
)
_FLEETING = re.compile(r"[aeiouyąęó].*ek$")
_TENDER = ("sia", "zia", "cia")
_SHORT = 2


def vocative_given(name: str, honorific: Honorific) -> str:
    """Return the vocative of one or more given names, as Anno, Janie Pawle, Kasiu.

    A woman's name that ends in a consonant (Carmen, Ingrid) stays as it is.
    """
    return " ".join(
        "-".join(_given(part, honorific) for part in word.split("-")) for word in name.split()
    )


def vocative_family(name: str, honorific: Honorific) -> str:
    """Return the vocative of a family name after Pan or Pani.

    Women's family names stay as they are; so do adjectives, and endings that bend irregularly.
    """
    if honorific is not Honorific.MISTER or not _ALPHABET.fullmatch(name):
        return name
    return "-".join(_family(part) for part in name.split("-"))


def _given(word: str, honorific: Honorific) -> str:
    lower = word.lower()
    if lower in _GIVEN:
        return _cased_as(word, _GIVEN[lower])
    if lower.endswith("a") and _ALPHABET.fullmatch(word):
        return word[:-1] + _after_a(lower)
    bends = honorific is Honorific.MISTER and _ALPHABET.fullmatch(word)
    return _consonantal(word) if bends else word


def _after_a(lower: str) -> str:
    """Return the vowel that takes the place of -a: -u for the tender, -o for all others."""
    if lower.endswith(_TENDER):
        return "u"
    short = len(_VOWELS.findall(lower)) == _SHORT
    tender_if_short = lower.endswith(("nia", "la")) or lower[-3:] in {"aja", "eja", "oja", "uja"}
    return "u" if short and tender_if_short else "o"


def _consonantal(word: str) -> str:
    lower = word.lower()
    if _FLEETING.search(lower):
        return word[:-2] + "ku"
    for ending, called in _ENDINGS:
        if lower.endswith(ending):
            return word[: -len(ending)] + called
    return word


def _family(word: str) -> str:
    lower = word.lower()
    if lower.endswith(("ska", "cka", "ąb", "ec", "eł")):
        return word
    if lower.endswith("a"):
        return word[:-1] + "o"
    return _consonantal(word)


def _cased_as(word: str, lower: str) -> str:
    return lower.capitalize() if word[:1].isupper() else lower
