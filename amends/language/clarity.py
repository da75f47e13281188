"""Whether the receiver can follow: long sentences, officialese, readability."""

from amends.language.drafts import Draft, free
from amends.language.lexicon import Hit
from amends.language.readability import readability

_LONG_SENTENCE = 38
_LONG_WITH_JARGON = 22
_MUCH_JARGON = 3


def officialese(draft: Draft) -> list[Hit]:
    """Return the words of offices, when there are too many of them to follow."""
    hits = free(draft.found, "jargon")
    if len(hits) >= _MUCH_JARGON + 1:
        return hits
    return hits if len(hits) >= _MUCH_JARGON and (_longest(draft) or _hard(draft)) else []


def too_long(draft: Draft) -> bool:
    """Tell whether a sentence is too long to hold in mind and the whole is hard besides."""
    return max(_lengths(draft), default=0) >= _LONG_SENTENCE and _hard(draft)


def _hard(draft: Draft) -> bool:
    return readability(draft.raw, draft.found.tongue).is_hard


def _longest(draft: Draft) -> bool:
    return max(_lengths(draft), default=0) >= _LONG_WITH_JARGON


def _lengths(draft: Draft) -> list[int]:
    counts: dict[int, int] = {}
    for word in draft.found.text.words:
        counts[word.sentence] = counts.get(word.sentence, 0) + 1
    return list(counts.values())
