"""Taking personal data out of a text before it leaves, and putting it back into the answer. Pure.

What is masked: the names that are known of the case, however they bend; mail addresses, links, and
every number of three digits and more (telephones, references, sums, days, house numbers); and every
word with a capital letter inside a sentence, which in our languages is nearly always a name. A name
that nobody knows and that only ever begins a sentence is not found: that is said where it is
switched on.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from amends.language.words import fold

_MAIL = re.compile(r"[^\s<>@]+@[^\s<>@]+\.[^\s<>@,;]+")
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_NUMBER = re.compile(r"\+?\d(?:[\s().,/:-]{0,3}\d){2,40}")
_TELEPHONE = re.compile(r"\+?\d(?:[\s()-]{0,3}\d){6,40}")
_TOKEN = re.compile(r"[\w/-]+")
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_MARK = re.compile(r"<<([A-Z]+_\d{1,4})>>")
_MASK = re.compile(r"(<<[A-Z]+_\d+>>)")
_MARK_OF_OURS = re.compile(r"<<|>>")
_BEGINS = re.compile(r"(?:^|[.!?…:\n«„“\"(\-–—•*>])\s*$")
_MONTHS = "january february march april may june july august september october november december"
_DAYS = "monday tuesday wednesday thursday friday saturday sunday"
_OURSELVES = "i i'm i’m i've i’ve i'd i’d i'll i’ll mr mrs ms"
_CAPITAL_ANYWAY = frozenset(f"{_MONTHS} {_DAYS} {_OURSELVES}".split())
_LEAST_DIGITS = 3
_SHORTEST_NAME = 3
LEFT_OUT = "[…]"


@dataclass(slots=True)
class Masks:
    """What stands for what. One value has one mask, in all texts that are masked together."""

    of: dict[str, str] = field(default_factory=dict)

    def mask(self, kind: str, value: str) -> str:
        """Return the mask of `value`, a new one if it has none yet."""
        for mark, known in self.of.items():
            if known == value:
                return f"<<{mark}>>"
        mark = f"{kind}_{sum(each.startswith(kind) for each in self.of) + 1}"
        self.of[mark] = value
        return f"<<{mark}>>"


def masked(text: str, names: Iterable[str], masks: Masks) -> str:
    """Return `text` with what tells of somebody masked; `names` are those known of the case."""
    plain = _MARK_OF_OURS.sub("", text)
    for kind, pattern in (("MAIL", _MAIL), ("LINK", _LINK), ("NUMBER", _NUMBER), ("CODE", _TOKEN)):
        plain = _outside(plain, pattern, kind, masks)
    known = [fold(part) for name in names for part in _WORD.findall(name)]
    return _without_names(plain, [one for one in known if len(one) >= _SHORTEST_NAME], masks)


def unmasked(answer: str, masks: Mapping[str, str]) -> str:
    """Return `answer` with what the masks stand for; one that stands for nothing is left out."""
    return _MARK.sub(lambda found: masks.get(found[1], LEFT_OUT), answer)


def without_addresses(answer: str) -> str:
    """Return a machine's `answer` without any address or long number that it made up.

    What it was given were masks: a link, a mail address or a telephone in it is its own, or that of
    somebody who wrote to us in the hope that it is handed on.
    """
    for pattern in (_MAIL, _LINK, _TELEPHONE):
        answer = pattern.sub(LEFT_OUT, answer)
    return answer


def _outside(text: str, pattern: re.Pattern[str], kind: str, masks: Masks) -> str:
    """Mask what `pattern` finds outside of the masks that are there already."""

    def replaced(found: re.Match[str]) -> str:
        is_word = kind == "CODE" and sum(map(str.isdigit, found[0])) < _LEAST_DIGITS
        return found[0] if is_word else masks.mask(kind, found[0])

    parts = _MASK.split(text)
    return "".join(
        part if place % 2 else pattern.sub(replaced, part) for place, part in enumerate(parts)
    )


def _without_names(text: str, known: list[str], masks: Masks) -> str:
    """Mask the words that are names: known ones, and those with a capital inside a sentence."""
    words = list(_WORD.finditer(text))
    inside = [fold(found[0]) for found in words if _is_capital_inside(text, found)]
    names = {name for name in inside if len(name) >= _SHORTEST_NAME}.union(known)
    # With a capital a word is the sooner taken for a name: it bends at its end.
    great = tuple(name[: max(len(name) - 3, 3)] for name in names)
    small = tuple(name[: max(len(name) - 2, 4)] for name in known)

    def replaced(found: re.Match[str]) -> str:
        is_name = fold(found[0]).startswith(great if found[0][0].isupper() else small)
        is_mask = text[max(found.start() - 2, 0) : found.start()] == "<<"
        is_free = is_mask or found[0].lower() in _CAPITAL_ANYWAY
        return masks.mask("NAME", found[0]) if is_name and not is_free else found[0]

    return _WORD.sub(replaced, text)


def _is_capital_inside(text: str, found: re.Match[str]) -> bool:
    word, before = found[0], text[max(found.start() - 20, 0) : found.start()]
    if not word[0].isupper() or word.lower() in _CAPITAL_ANYWAY or before.endswith("<<"):
        return False
    return not _BEGINS.search(before)
