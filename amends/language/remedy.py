"""What the customer asks for, and by which words."""

from dataclasses import dataclass

from amends.language.found import Found
from amends.language.lexicon import Hit

NONE = "none_stated"
REMEDIES = (
    *("apology", "explanation", "information_corrected", "repair", "replacement", "redelivery"),
    *("refund_full", "refund_part", "price_reduction", "compensation", "contract_cancelled"),
    *("contract_performed", "fee_waived", "access_restored", "data_corrected", "policy_changed"),
    *("staff_action", NONE),
)
_WISHED_FOR = {
    "complaint": frozenset(REMEDIES),
    "request": frozenset({"access_restored", "data_corrected", "contract_cancelled", "fee_waived"}),
}
# Where two are asked for in one breath, the more particular is meant.
_PARTICULAR = {
    "refund_part": 0.5,
    "fee_waived": 0.5,
    "price_reduction": 0.4,
    "staff_action": 0.3,
    "contract_cancelled": 0.4,
    "compensation": 0.2,
    "explanation": -0.4,
    "policy_changed": -0.3,
    "contract_performed": -0.2,
    "information_corrected": -0.2,
}

# "Please correct it", "make it work again": what is meant is told by what the text is about.
_TOPICS = {
    "information_corrected": ("mend_it", "topic_information"),
    "data_corrected": ("mend_it", "topic_data"),
    "repair": ("mend_it", "topic_thing"),
    "access_restored": ("work_again", "topic_access"),
    "fee_waived": ("take_off", "topic_fee"),
    "policy_changed": ("mend_it", "topic_rule"),
}
# "Work again" asks for repair too; of a card or an account it is access that is meant.
_AGAIN = 0.6


@dataclass(frozen=True, slots=True)
class Remedy:
    """What is asked for and the words that ask for it."""

    name: str
    because: tuple[str, ...]


def remedy(found: Found, kind: str) -> Remedy:
    """Return the one thing that the customer asks for most plainly."""
    if kind == "suggestion":
        return Remedy("policy_changed", found.quote(found.own("suggestion")))
    allowed = _WISHED_FOR.get(kind, frozenset())
    asked = found.sentences_with("ask", "demand")
    last = len(found.text.sentences)
    best, most, because = NONE, 1.0, list[Hit]()
    for name in REMEDIES[:-1]:
        hits = found.plain(f"remedy_{name}") if name in allowed else []
        meant = _about(found, *_TOPICS[name]) if name in allowed and name in _TOPICS else []
        hits = [*hits, *meant]
        weight = _weight(hits, asked, last) + (_PARTICULAR.get(name, 0.0) if hits else 0.0)
        weight += _AGAIN * (name == "access_restored" and bool(meant))
        if weight > most:
            best, most, because = name, weight, hits
    return Remedy(best, found.quote(because))


def _about(found: Found, wish: str, topic: str) -> list[Hit]:
    """Return the words of `wish` near where `topic` is spoken of."""
    told = found.sentences_with(topic)
    near = told | {sentence + 1 for sentence in told} | {sentence + 2 for sentence in told}
    return [hit for hit in found.plain(wish) if hit.sentence in near]


def _weight(hits: list[Hit], asked: set[int], last: int) -> float:
    """Return how plainly it is asked for: in a sentence that asks, late in the text, by more."""
    weights = [
        0.6
        + 1.5 * (hit.sentence in asked)
        + 0.5 * hit.sentence / max(last - 1, 1)
        + 0.2 * min(hit.last - hit.first, 3)
        for hit in hits
    ]
    return max(weights, default=0.0) + 0.15 * min(len(weights), 3)
