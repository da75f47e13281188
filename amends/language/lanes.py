"""What of a text is a fact, what a feeling, and what is neither: nothing is left out.

A clause is a feeling when it names one. A clause is a fact when it tells what happened: what was
done, when, for how much, what did not come; and neither greets, nor asks, nor wishes.
"""

from dataclasses import dataclass

from amends.language.facts import clause_scores, sentences_of
from amends.language.feelings import after_lead_in, feelings
from amends.language.found import Found
from amends.language.words import Stretch

_TRAILING = " \t\n.,;:!…–—-"
_NEARLY = -0.5


@dataclass(frozen=True, slots=True)
class Lanes:
    """The stretches of a text by lane; joined in order they are the whole text."""

    facts: tuple[Stretch, ...]
    feelings: tuple[Stretch, ...]
    rest: tuple[Stretch, ...]


def lanes(found: Found, kind: str, marked: dict[str, list[Stretch]]) -> Lanes:
    """Return the lanes of a text of this kind; `marked` are each `day`, `sum` and `reference`."""
    felt = [_tidy(found.text.raw, part) for part in feelings(found, kind)]
    facts = _facts(found, marked, felt)
    return Lanes(tuple(facts), tuple(felt), tuple(_rest(found.text.raw, [*facts, *felt])))


def _facts(found: Found, marked: dict[str, list[Stretch]], felt: list[Stretch]) -> list[Stretch]:
    """Return the stretches that tell what happened: neighbouring clauses of a sentence joined."""
    clauses, raw = found.text.clauses, found.text.raw
    free = [
        not any(one.start < part.end and part.start < one.end for one in felt) for part in clauses
    ]
    told = _told(clause_scores(found, marked, felt), free, sentences_of(found))
    runs: list[Stretch] = []
    for number, part in enumerate(clauses):
        if not told[number]:
            continue
        goes_on = number and told[number - 1] and _one_sentence(found, number)
        begun = Stretch(after_lead_in(found, number), part.end)
        runs[-1:] = [Stretch(runs[-1].start, part.end)] if goes_on else [*runs[-1:], begun]
    return [_tidy(raw, run) for run in runs]


def _told(scores: list[float], free: list[bool], sentences: list[int]) -> list[bool]:
    """Return which clauses are facts: those that say so, and what nearly does beside such a one."""
    told = [score > 0 and is_free for score, is_free in zip(scores, free, strict=True)]
    for at, score in enumerate(scores):
        beside = any(
            0 <= other < len(scores) and told[other] and sentences[other] == sentences[at]
            for other in (at - 1, at + 1)
        )
        told[at] = told[at] or (free[at] and beside and score > _NEARLY)
    return told


def _one_sentence(found: Found, number: int) -> bool:
    sentences = sentences_of(found)
    return sentences[number] == sentences[number - 1]


def _tidy(raw: str, part: Stretch) -> Stretch:
    """Return the stretch without the marks at its end."""
    end = part.end
    while end > part.start and raw[end - 1] in _TRAILING:
        end -= 1
    return Stretch(part.start, end)


def _rest(raw: str, taken: list[Stretch]) -> list[Stretch]:
    """Return what no lane took."""
    rest, at = [], 0
    for part in sorted(taken, key=lambda part: part.start):
        if part.start > at:
            rest.append(Stretch(at, part.start))
        at = max(at, part.end)
    return [*rest, Stretch(at, len(raw))] if at < len(raw) else rest
