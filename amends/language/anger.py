"""How angry a text is, from 0 calm to 4 outburst, and by which words."""

import re
from dataclasses import dataclass

from amends.language.found import Found
from amends.language.lexicon import Hit

OUTBURST = 4
_SHOUTED = re.compile(r"(?<![\w-])[^\W\d_a-zа-я]{3,}(?![\w-])")
_MARKS = re.compile(r"[!?]{2,}|!")
_LETTER = re.compile(r"[^\W\d_]")
_LEAST_SHOUTED = 2
_MUCH_SHOUTED = 0.4
_LEAST_LETTERS = 20
# From how many points on it is degree 1, 2 and 3.
_FROM_POINTS = (0.6, 1.9, 3.2)


@dataclass(frozen=True, slots=True)
class Anger:
    """The degree and the words that made it so."""

    degree: int
    because: tuple[str, ...]


def anger(found: Found, kind: str, outburst: list[Hit], *, escalated: bool) -> Anger:
    """Return how angry the writer of `found` is; `outburst` are the insults and threats in it."""
    if outburst:
        return Anger(OUTBURST, found.quote(outburst))
    strong = {
        level: _felt(found, section)
        for level, section in ((3, "furious"), (2, "angry"), (1, "mild"))
    }
    strong[1] = [*strong[1], *_felt(found, "hurt")]
    loud = [hit for hit in found.plain("disgrace") if not found.near(hit, "glad", 2)]
    heat, pressed = found.own("heat"), found.plain("demand")
    points = _points(strong, loud, heat, pressed) + _shouting(found.text.raw) + 0.5 * escalated
    degree = _degree(points, strong, kind)
    words = [*strong[3], *strong[2], *loud, *heat, *strong[1]] if degree else []
    return Anger(degree, found.quote(words))


def _felt(found: Found, section: str) -> list[Hit]:
    return [hit for hit in found.plain(section) if not _overlaps(hit, found.of("calm"))]


def _overlaps(hit: Hit, others: list[Hit]) -> bool:
    return any(other.first <= hit.last and hit.first <= other.last for other in others)


def _points(
    strong: dict[int, list[Hit]], loud: list[Hit], heat: list[Hit], pressed: list[Hit]
) -> float:
    points = 3.0 if strong[3] else 2.0 if strong[2] else 1.0 if strong[1] else 0.0
    points += 0.3 * (len(strong[2]) > 1) + 0.5 * min(len(loud), 3)
    return points + 0.3 * min(len(heat), 3) + 0.3 * min(len(pressed), 2)


def _degree(points: float, strong: dict[int, list[Hit]], kind: str) -> int:
    if kind in {"thanks", "enquiry", "suggestion", "request"}:
        return 1 if points >= 1 and kind != "thanks" else 0
    if strong[3]:
        return 3
    return sum(points >= least for least in _FROM_POINTS)


def _shouting(raw: str) -> float:
    """Return what capitals and exclamation marks add."""
    letters = _LETTER.findall(raw)
    capitals = sum(letter.isupper() for letter in letters)
    shouted = len(_SHOUTED.findall(raw)) >= _LEAST_SHOUTED
    much = len(letters) >= _LEAST_LETTERS and capitals > _MUCH_SHOUTED * len(letters)
    marks = sum(len(mark) > 1 for mark in _MARKS.findall(raw))
    return 1.0 * much + 0.4 * shouted + 0.3 * min(marks, 2)
