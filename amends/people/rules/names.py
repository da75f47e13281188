"""Take a full name apart, as far as that can be told without guessing. Pure."""

import re
from dataclasses import dataclass

from amends.people.rules.kinds import Honorific

_HIS = re.compile(r"(?:ович|евич|ёвич|ьич|мич|нич|кич|тич|фич|вич|оглы|уулу)$", re.IGNORECASE)
_HERS = re.compile(r"(?:овна|евна|ёвна|ична|инична|кызы|гызы)$", re.IGNORECASE)
_PARTICLES = frozenset(
    {"van", "von", "der", "den", "de", "da", "di", "du", "la", "le", "del", "ten", "ter"}
)
_PAIR = 2
LONGEST = 200
LONGEST_PART = 100


@dataclass(frozen=True, slots=True)
class NameParts:
    """The parts of a human being's name; what cannot be told is empty."""

    given: str = ""
    patronymic: str = ""
    family: str = ""


def name_parts(full: str) -> NameParts:
    """Return the parts of `full`: given name first, or family name first before a comma.

    A Russian name is told apart by its patronymic, wherever it stands. Of two words, only hers is
    certain: Петрович may be a family name too. A part too long to be kept was not told well: then
    there are none, and its bearer is called by the whole name.
    """
    parts = _apart(full)
    longest = max(len(parts.given), len(parts.patronymic), len(parts.family))
    return parts if longest <= LONGEST_PART else NameParts()


def _apart(full: str) -> NameParts:
    family, comma, rest = full.partition(",")
    if comma:
        return NameParts(given=" ".join(rest.split()), family=" ".join(family.split()))
    words = full.split()
    return _eastern(words) or _western(words)


def _eastern(words: list[str]) -> NameParts | None:
    """Return the parts of a name with a patronymic; None if it has none for certain."""
    match words:
        case [given, patronymic] if _HERS.search(patronymic):
            return NameParts(given, patronymic)
        case [given, patronymic, family] if is_patronymic(patronymic):
            return NameParts(given, patronymic, family)
        case [family, given, patronymic] if is_patronymic(patronymic):
            return NameParts(given, patronymic, family)
    return None


def _western(words: list[str]) -> NameParts:
    """Return the parts of a name whose family name stands last, its particles with it."""
    if len(words) < _PAIR:
        return NameParts(given=" ".join(words))
    start = len(words) - 1
    while start > 1 and words[start - 1].lower() in _PARTICLES:
        start -= 1
    return NameParts(given=" ".join(words[:start]), family=" ".join(words[start:]))


def is_patronymic(word: str) -> bool:
    """Return whether `word` is a patronymic, in Cyrillic letters."""
    return bool(_HIS.search(word) or _HERS.search(word))


def honorific_by(patronymic: str) -> Honorific:
    """Return what a patronymic says for certain about how its bearer is addressed."""
    if _HERS.search(patronymic):
        return Honorific.MISSUS
    return Honorific.MISTER if _HIS.search(patronymic) else Honorific.UNKNOWN
