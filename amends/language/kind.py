"""What a text is: a complaint, a request, an enquiry, thanks or a suggestion.

A complaint need not use the word: something went wrong and somebody is not content with it.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from math import exp

from amends.language.found import Found
from amends.language.lexicon import DATA

KINDS = ("complaint", "request", "enquiry", "thanks", "suggestion")
_MANY = 3
# Nobody asks for these who has not been wronged.
_OF_A_WRONG = (
    *("refund_full", "refund_part", "repair", "replacement", "compensation", "fee_waived"),
    *("apology", "redelivery", "information_corrected"),
)
_AT_ONCE, _EARLY, _SHORT = 12, 25, 30


@dataclass(frozen=True, slots=True)
class Kind:
    """The kind, how sure that is from 0 to 1, and the words that made it so."""

    name: str
    confidence: float
    because: tuple[str, ...]


_SHOWN_BY = {
    "complaint": ("complaint", "problem", "furious", "angry", "mild", "hurt", "disgrace", "heat"),
    "request": ("personal_service", "ask"),
    "enquiry": ("question",),
    "thanks": ("thanks", "glad"),
    "suggestion": ("suggestion", "not_complaint"),
}


def kind(found: Found, *, escalated: bool, outburst: bool) -> Kind:
    """Return what kind of text it is."""
    if not found.text.words:
        return Kind("enquiry", 0.0, ())
    seen = signs(found, escalated=escalated, outburst=outburst)
    scores = {
        name: sum(seen[sign] * weight for sign, weight in weights.items())
        for name, weights in _weights().items()
    }
    best = max(KINDS, key=lambda name: scores[name])
    total = sum(exp(score - scores[best]) for score in scores.values())
    because = found.quote(found.own(*_SHOWN_BY[best]))
    return Kind(best, 1 / total, because)


def signs(found: Found, *, escalated: bool, outburst: bool) -> dict[str, float]:
    """Return the signs from which the kind is told, each from 0 to 1."""
    words, raw = len(found.text.words), found.text.raw
    seen = {
        section: min(len(found.plain(section)), _MANY) / _MANY
        for section in (
            *("complaint", "problem", "thanks", "suggestion", "question", "personal_service"),
            *("ask", "demand", "mild", "angry", "furious", "hurt", "glad", "disgrace", "heat"),
            "past",
        )
    }
    questions = sum(found.said(part).rstrip('"”»').endswith("?") for part in found.text.sentences)
    asked = found.sentences_with("question")
    seen["not_complaint"] = float(bool(found.of("not_complaint")))
    seen["calm"] = float(bool(found.of("calm")))
    seen["questions"] = min(questions, _MANY) / _MANY
    seen["all_asked"] = len(asked) / max(1, len(found.text.sentences))
    seen["ends_asking"] = float("?" in raw[-max(40, len(raw) // 4) :])
    seen["thanks_first"] = float(any(hit.first < _AT_ONCE for hit in found.plain("thanks")))
    seen["idea_first"] = float(any(hit.first < _EARLY for hit in found.plain("suggestion")))
    seen["escalated"], seen["outburst"] = float(escalated), float(outburst)
    seen["remedy"] = float(bool(_wish(found)))
    seen["policy"] = float(bool(found.plain("remedy_policy_changed")))
    seen["short"] = float(words < _SHORT)
    seen["feeling"] = max(seen["mild"], seen["angry"], seen["furious"], seen["hurt"])
    seen["any_trouble"] = float(seen["problem"] > 0)
    seen["always"] = 1.0
    return seen


def _wish(found: Found) -> bool:
    return any(found.plain(f"remedy_{name}") for name in _OF_A_WRONG)


@cache
def _weights() -> dict[str, dict[str, float]]:
    kinds: dict[str, dict[str, float]] = tomllib.loads(
        (DATA / "weights.toml").read_text(encoding="utf-8")
    )["kind"]
    return kinds
