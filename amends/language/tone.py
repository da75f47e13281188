"""How a reply sounds: against the customer, above the customer, or as if it did not matter."""

import re

from amends.language.courtesy import acts, shown_empathy
from amends.language.drafts import Draft, free
from amends.language.found import Found
from amends.language.lexicon import Hit
from amends.language.words import fold

_SHOUTED = re.compile(r"(?:[A-ZА-ЯЁĄĆĘŁŃÓŚŹŻÇËČĖĮŠŲŪŽ]{2,}[\s,;:.—-]+){4,}")
_MARKS = re.compile(r"!{2,}|\?!|!\?|\?{2,}")
_SHORT = 45
_SAID, _TO_COME, _STEM = 2, 10, 4
AGAINST = {
    "anger_denied": "anger_denied",
    "defensive": "defensive",
    "blames_customer": "blame",
    "responsibility_refused": "refuse",
    "rude": "rude",
    "ironic": "ironic",
    "dismissive": "dismissive",
}


def against(draft: Draft) -> dict[str, list[Hit]]:
    """Return the words of each tone that turns against the customer."""
    said = {code: free(draft.found, section) for code, section in AGAINST.items()}
    said["dismissive"] = [hit for hit in said["dismissive"] if not _granted(draft, hit)]
    said["ironic"] = said["ironic"] or exclaimed(draft)
    return {code: hits for code, hits in said.items() if hits and _counts(draft, code)}


def _counts(draft: Draft, code: str) -> bool:
    """Tell whether the tone is a fault here: who only asks is not contradicted."""
    return draft.context.is_complaint or code not in {"anger_denied", "defensive"}


def _granted(draft: Draft, hit: Hit) -> bool:
    """Tell whether it is granted only to be taken back: "a trifle on paper, but it is yours"."""
    return any(
        but.sentence == hit.sentence and but.first > hit.last for but in draft.found.own("contrast")
    )


def exclaimed(draft: Draft) -> list[Hit]:
    """Return the sentences of a reply to a complaint that cry out: they mock it.

    Not meant are those that thank, apologise, wish or call by name, nor the closing words.
    """
    found = draft.found
    if not draft.context.is_complaint:
        return []
    warm = found.sentences_with("thanks", "apology", "empathy", "action", "wish")
    named = [fold(part)[:_STEM] for part in draft.context.customer_name.split()]
    mocking = []
    for number, part in enumerate(found.text.sentences):
        words = [at for at, word in enumerate(found.text.words) if word.sentence == number]
        forms = [found.text.words[at].form for at in words]
        called = any(form.startswith(name) for form in forms for name in named)
        follows = len(found.text.words) - 1 - max(words, default=0)
        cries = found.said(part).endswith("!") and len(words) >= _SAID and follows >= _TO_COME
        if (
            number
            and cries
            and not called
            and number not in warm
            and not found.said(part).isupper()
        ):
            mocking.append(_whole(found, words[0], words[-1]))
    return mocking


def sent_away(draft: Draft) -> list[Hit]:
    """Return the words that send the customer elsewhere, when nothing else is done."""
    hits = free(draft.found, "brush_off")
    return [] if hits and draft.days else hits


def shouted(draft: Draft) -> list[tuple[int, int]]:
    """Return the places in capitals, and the marks doubled."""
    found = [match.span() for match in _SHOUTED.finditer(draft.raw)]
    return found + [match.span() for match in _MARKS.finditer(draft.raw)]


def indifferent(draft: Draft) -> list[Hit]:
    """Return the words that only take note, when nothing is felt with and nothing is done."""
    hits = free(draft.found, "noted")
    busy = draft.days or shown_empathy(draft)
    if busy or (acts(draft) and len(draft.found.text.words) > _SHORT):
        return []
    return hits


def _whole(found: Found, first: int, last: int) -> Hit:
    """Return the words from `first` to `last` as one hit."""
    begun, ended = found.text.words[first], found.text.words[last]
    place = (begun.start, ended.end, begun.sentence, begun.clause, begun.quoted)
    return Hit("ironic", first, last, *place)
