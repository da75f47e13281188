"""How angry a text is, from 0 calm to 4 outburst, and by which words."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache

from amends.language.found import Found
from amends.language.lexicon import DATA, Hit

OUTBURST = 4
_SHOUTED = re.compile(r"(?<![\w-])[^\W\d_a-zа-я]{3,}(?![\w-])")
_MARKS = re.compile(r"[!?]{2,}|!")
_LETTER = re.compile(r"[^\W\d_]")
_LEAST_SHOUTED = 2
_MUCH_SHOUTED = 0.4
_LEAST_LETTERS = 20
_FEW = 2
_FURIOUS = 3
LEVELS = ("mild", "hurt", "angry", "furious")


@dataclass(frozen=True, slots=True)
class Anger:
    """The degree and the words that made it so."""

    degree: int
    because: tuple[str, ...]


def anger(found: Found, kind: str, outburst: list[Hit], *, escalated: bool) -> Anger:
    """Return how angry the writer of `found` is; `outburst` are the insults and threats in it."""
    if outburst:
        return Anger(OUTBURST, found.quote(outburst))
    felt = {level: _felt(found, level) for level in LEVELS}
    seen = signs(found, felt, kind, escalated=escalated)
    points = sum(_weights()[name] * value for name, value in seen.items())
    degree = max(0, min(_FURIOUS, round(points)))
    if kind == "complaint" and felt["furious"]:
        degree = OUTBURST if seen["all_shouted"] and seen["marks"] else _FURIOUS
    if kind == "thanks":
        degree = 0
    words = [*felt["furious"], *felt["angry"], *found.plain("disgrace"), *found.own("heat")]
    return Anger(degree, found.quote([*words, *felt["mild"], *felt["hurt"]]) if degree else ())


def signs(
    found: Found, felt: dict[str, list[Hit]], kind: str, *, escalated: bool
) -> dict[str, float]:
    """Return the signs from which the degree is told."""
    loud, heat, pressed = (
        len({hit.first for hit in found.plain(name)}) for name in ("disgrace", "heat", "demand")
    )
    return {
        **{level: float(bool(hits)) for level, hits in felt.items()},
        "many_feelings": float(sum(len(hits) for hits in felt.values()) > _FEW),
        "loud": min(loud, _FEW) / _FEW,
        "heat": min(heat, _FEW) / _FEW,
        "pressed": min(pressed, _FEW) / _FEW,
        "argues": float(len(found.own("argue")) >= _FEW),
        "again": float(len(found.own("again")) >= _FEW),
        "softly": float(bool(found.own("softly"))),
        "calm": float(bool(found.of("calm"))),
        "escalated": float(escalated),
        "glad": float(bool(found.plain("glad"))),
        "complaint": float(kind == "complaint"),
        **_shouting(found.text.raw),
        "always": 1.0,
    }


def _felt(found: Found, section: str) -> list[Hit]:
    return [hit for hit in found.plain(section) if not _overlaps(hit, found.of("calm"))]


def _overlaps(hit: Hit, others: list[Hit]) -> bool:
    return any(other.first <= hit.last and hit.first <= other.last for other in others)


def _shouting(raw: str) -> dict[str, float]:
    """Return what capitals and exclamation marks say."""
    letters = _LETTER.findall(raw)
    capitals = sum(letter.isupper() for letter in letters)
    much = len(letters) >= _LEAST_LETTERS and capitals > _MUCH_SHOUTED * len(letters)
    return {
        "shouted_words": float(len(_SHOUTED.findall(raw)) >= _LEAST_SHOUTED),
        "all_shouted": float(much),
        "marks": min(sum(len(mark) > 1 for mark in _MARKS.findall(raw)), _FEW) / _FEW,
        "exclaims": float("!" in raw),
    }


@cache
def _weights() -> dict[str, float]:
    anger: dict[str, float] = tomllib.loads((DATA / "weights.toml").read_text(encoding="utf-8"))[
        "anger"
    ]
    return anger
