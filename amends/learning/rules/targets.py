"""What may be suggested from our own history, when, and when a new model takes the old one's place.

Only where a case goes and under what it is filed: never a remedy, never how urgent it is, never
anything about a person. Pure.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

FEWEST_EXAMPLES = 200
FEWEST_OF_A_CLASS = 10
MOST_EXAMPLES = 5_000
LONGEST_TEXT = 4_000
# Below this a suggestion is no help: whoever reads it would be wrong too often.
SURE_ENOUGH = 0.6
_NEWEST_SHARE = 5
# What is too rare to be suggested, all together; it is never shown.
RARE = ""


class Target(StrEnum):
    """What of a case is suggested. There is no other, and there is to be none about a person."""

    KIND = "kind"
    TOPIC = "topic"
    TEAM = "team"


class Tried(StrEnum):
    """What became of the last night's learning."""

    NOT_YET = "not-yet"
    TOO_FEW = "too-few"
    ONE_CLASS = "one-class"
    NO_BETTER_THAN_GUESSING = "no-better-than-guessing"
    WORSE_THAN_BEFORE = "worse-than-before"
    KEPT = "kept"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Example:
    """What a customer wrote, and what people made of it."""

    text: str
    label: str


@dataclass(frozen=True, slots=True)
class Measured:
    """How often models were right on the newest examples, which they had not seen.

    before: the model in use; None if there is none. guess: always saying what is most frequent.
    """

    held_out: int
    right: int
    before: int | None
    guess: int


def usable(examples: Sequence[Example]) -> list[Example]:
    """Return `examples` with what is rare among them as one class, or without it if it is few."""
    often = Counter(one.label for one in examples)
    rare = {label for label, times in often.items() if times < FEWEST_OF_A_CLASS}
    keeps_rare = sum(often[label] for label in rare) >= FEWEST_OF_A_CLASS
    return [
        Example(one.text, RARE) if one.label in rare else one
        for one in examples
        if keeps_rare or one.label not in rare
    ]


def why_not(examples: Sequence[Example]) -> Tried | None:
    """Return why nothing can be learnt from `examples`, oldest first; None if something can."""
    if len(examples) < FEWEST_EXAMPLES:
        return Tried.TOO_FEW
    older, _newest = older_and_newest(examples)
    kinds = {one.label for one in usable(older)} - {RARE}
    return Tried.ONE_CLASS if len(kinds) <= 1 else None


def older_and_newest(examples: Sequence[Example]) -> tuple[list[Example], list[Example]]:
    """Return the older four fifths of `examples`, oldest first, to learn from, and the newest."""
    cut = len(examples) - len(examples) // _NEWEST_SHARE
    return list(examples[:cut]), list(examples[cut:])


def verdict(measured: Measured) -> Tried:
    """Return what becomes of a new model: it is used if it is no worse than the one in use."""
    if measured.right <= measured.guess:
        return Tried.NO_BETTER_THAN_GUESSING
    if measured.before is not None and measured.right < measured.before:
        return Tried.WORSE_THAN_BEFORE
    return Tried.KEPT


def likeliest(sure: Mapping[str, float], *, now: str, open_to: Iterable[str]) -> str:
    """Return what to suggest instead of `now`: the surest, if it is sure enough; else nothing.

    open_to: what can be chosen at all today.
    """
    best = max(sure, key=lambda label: sure[label], default=RARE)
    if best in {RARE, now} or sure[best] < SURE_ENOUGH or best not in set(open_to):
        return ""
    return best
