"""What of a text is a feeling: the clauses that name one, cut to the words of the feeling.

A clause is cut where a deed is joined to the feeling by a word such as `and`: of `we went out and
I was in tears` the feeling is the second half, of `I am furious and will not pay` the first. A
feeling of two words takes the short words before it along: `we, to be honest, are disappointed`.
"""

from amends.language.facts import sentences_of
from amends.language.found import Found
from amends.language.lexicon import Hit
from amends.language.words import Stretch, Word

FEELINGS = ("furious", "angry", "mild", "hurt")
_GLAD = frozenset({"thanks", "suggestion"})
_SHORT, _BARE, _LEAST = 3, 2, 3


def feelings(found: Found, kind: str) -> list[Stretch]:
    """Return the stretches that name a feeling, neighbours of one sentence joined."""
    hits = _hits(found, kind)
    felt = {hit.clause for hit in hits}
    felt |= {number + 1 for number in felt if _goes_on(found, number + 1)}
    felt |= _between(found, felt)
    felt |= {number + 1 for number in felt if _ends_shortly(found, number + 1)}
    sentences = sentences_of(found)
    runs: list[Stretch] = []
    before = -1
    for number in sorted(felt):
        part = _cut(found, number, [hit for hit in hits if hit.clause == number])
        if before == number - 1 and before >= 0 and sentences[before] == sentences[number]:
            runs[-1] = Stretch(runs[-1].start, part.end)
        else:
            runs.append(Stretch(_with_its_subject(found, number, part), part.end))
        before = number
    return runs


def _hits(found: Found, kind: str) -> list[Hit]:
    """Return the words of the writer's own feelings; of the caller's, where a call is noted."""
    sections = (*FEELINGS, "outcry", *(("glad",) if kind in _GLAD else ()))
    calm = [(hit.first, hit.last) for hit in found.of("calm")]
    noted = any(hit.sentence == 0 for hit in found.of("note"))
    told = [hit for hit in found.of(*sections) if not found.denied(hit)]
    return [
        hit
        for hit in told
        if (noted or not hit.quoted)
        and not any(first <= hit.last and hit.first <= last for first, last in calm)
    ]


def _goes_on(found: Found, number: int) -> bool:
    """Tell whether a clause says what the feeling before it is about."""
    if not _same_sentence(found, number):
        return False
    start = found.text.clauses[number].start
    return any(hit.start == start for hit in found.of("that"))


def _ends_shortly(found: Found, number: int) -> bool:
    """Tell whether a few words without a deed end the sentence after a feeling."""
    clauses = found.text.clauses
    if not _same_sentence(found, number) or _same_sentence(found, number + 1):
        return False
    return len(_words(found, clauses[number])) <= _SHORT and not _tells(found, number)


def _between(found: Found, felt: set[int]) -> set[int]:
    """Return the few words that stand between two feelings of one sentence."""
    return {
        number
        for number in range(len(found.text.clauses))
        if {number - 1, number + 1} <= felt
        and number not in felt
        and _same_sentence(found, number)
        and _same_sentence(found, number + 1)
        and len(_words(found, found.text.clauses[number])) <= _SHORT
        and not _tells(found, number)
    }


def _tells(found: Found, number: int) -> bool:
    """Tell whether a clause tells of a deed, of trouble, or wishes for something."""
    return any(hit.clause == number for hit in found.of("event", "problem", "ask", "demand"))


def _same_sentence(found: Found, number: int) -> bool:
    """Tell whether there is such a clause, and it belongs to the sentence of the one before."""
    if not 0 < number < len(found.text.clauses):
        return False
    sentences = sentences_of(found)
    return sentences[number] == sentences[number - 1]


def _words(found: Found, part: Stretch) -> list[Word]:
    return [word for word in found.text.words if part.start <= word.start < part.end]


def _cut(found: Found, number: int, hits: list[Hit]) -> Stretch:
    """Return the part of a clause from the joining word before its feeling to the one after it."""
    part = found.text.clauses[number]
    words = _words(found, part)
    start = after_lead_in(found, number)
    if not hits or not words:
        return Stretch(start, part.end)
    first, last = min(hit.start for hit in hits), max(hit.end for hit in hits)
    joins = [hit for hit in found.of("joins") if hit.clause == number]
    begins = [hit.end for hit in joins if part.start < hit.start and hit.end <= first]
    ends = [hit.start for hit in joins if hit.start >= last]
    if begins:
        start = next(word.start for word in words if word.start >= max(begins))
    kept = [word for word in words if ends and word.start > min(ends)]
    return Stretch(start, min(ends) if len(kept) >= _LEAST else part.end)


def _with_its_subject(found: Found, number: int, part: Stretch) -> int:
    """Return where a feeling begins; one of two words takes the few words before it along."""
    start = part.start
    if len(_words(found, part)) > _BARE or start != found.text.clauses[number].start:
        return start
    while (
        _same_sentence(found, number)
        and len(_words(found, found.text.clauses[number - 1])) <= _SHORT
        and not _tells(found, number - 1)
    ):
        number -= 1
        start = after_lead_in(found, number)
    return start


def after_lead_in(found: Found, number: int) -> int:
    """Return where a clause begins after its `and` or `but`."""
    part = found.text.clauses[number]
    ends = [hit.end for hit in found.of("lead_in") if hit.start == part.start]
    following = [word.start for word in found.text.words if ends and word.start >= ends[0]]
    return following[0] if following and following[0] < part.end else part.start
