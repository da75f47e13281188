"""What of a text is a fact, what a feeling, and what is neither: nothing is left out.

A clause is a feeling when it names one. A clause is a fact when it tells what happened: what was
done, when, for how much, what did not come; and neither greets, nor asks, nor wishes.
"""

from dataclasses import dataclass

from amends.language.facts import clause_scores, sentences_of
from amends.language.found import Found
from amends.language.words import Stretch

FEELINGS = ("furious", "angry", "mild", "hurt")
_TRAILING = " \t\n.,;:!…–—-"
_NEARLY = -0.5
_GLAD = frozenset({"thanks", "suggestion"})


@dataclass(frozen=True, slots=True)
class Lanes:
    """The stretches of a text by lane; joined in order they are the whole text."""

    facts: tuple[Stretch, ...]
    feelings: tuple[Stretch, ...]
    rest: tuple[Stretch, ...]


def lanes(found: Found, kind: str, marked: dict[str, list[Stretch]]) -> Lanes:
    """Return the lanes of a text of this kind; `marked` are each `day`, `sum` and `reference`."""
    feelings = _feelings(found, kind)
    facts = _facts(found, marked, feelings)
    return Lanes(tuple(facts), tuple(feelings), tuple(_rest(found.text.raw, [*facts, *feelings])))


def _feelings(found: Found, kind: str) -> list[Stretch]:
    """Return the clauses that name a feeling of the writer, neighbours of one sentence joined."""
    sections = (*FEELINGS, "outcry", "glad") if kind in _GLAD else (*FEELINGS, "outcry")
    calm = [(hit.first, hit.last) for hit in found.of("calm")]
    felt = {
        hit.clause
        for hit in found.plain(*sections)
        if not any(first <= hit.last and hit.first <= last for first, last in calm)
    }
    felt |= {number + 1 for number in felt if _goes_on(found, number + 1)}
    runs: list[Stretch] = []
    for number in sorted(felt):
        part = found.text.clauses[number]
        if number - 1 in felt and _one_sentence(found, number):
            runs[-1] = Stretch(runs[-1].start, part.end)
        else:
            runs.append(Stretch(_after_lead_in(found, number), part.end))
    return [_tidy(found.text.raw, run) for run in runs]


def _goes_on(found: Found, number: int) -> bool:
    """Tell whether a clause says what the feeling before it is about."""
    if number >= len(found.text.clauses) or not _one_sentence(found, number):
        return False
    start = found.text.clauses[number].start
    return any(hit.start == start for hit in found.of("that"))


def _after_lead_in(found: Found, number: int) -> int:
    """Return where a clause begins after its `and` or `but`."""
    part = found.text.clauses[number]
    ends = [hit.end for hit in found.of("lead_in") if hit.start == part.start]
    following = [word.start for word in found.text.words if ends and word.start >= ends[0]]
    return following[0] if following and following[0] < part.end else part.start


def _facts(
    found: Found, marked: dict[str, list[Stretch]], feelings: list[Stretch]
) -> list[Stretch]:
    """Return the stretches that tell what happened: neighbouring clauses of a sentence joined."""
    clauses, raw = found.text.clauses, found.text.raw
    free = [
        not any(felt.start < part.end and part.start < felt.end for felt in feelings)
        for part in clauses
    ]
    told = _told(clause_scores(found, marked, feelings), free, sentences_of(found))
    runs: list[Stretch] = []
    for number, part in enumerate(clauses):
        if not told[number]:
            continue
        goes_on = number and told[number - 1] and _one_sentence(found, number)
        begun = Stretch(_after_lead_in(found, number), part.end)
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
