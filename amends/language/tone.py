"""How a reply sounds: against the customer, above the customer, or as if it did not matter."""

import re

from amends.language.courtesy import has_next_step, shown_empathy
from amends.language.drafts import Draft, free
from amends.language.lexicon import Hit

_SHOUTED = re.compile(r"(?:[A-ZА-ЯЁĄĆĘŁŃÓŚŹŻÇËČĖĮŠŲŪŽ]{2,}[\s,;:.—-]+){4,}")
_MARKS = re.compile(r"!{2,}|\?!|!\?|\?{2,}")
_SHORT = 45
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
    return {code: hits for code, section in AGAINST.items() if (hits := free(draft.found, section))}


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
    if busy or (has_next_step(draft) and len(draft.found.text.words) > _SHORT):
        return []
    return hits
