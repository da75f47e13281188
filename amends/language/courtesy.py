"""What a reply to a complaint lacks: a name, an apology, thanks, empathy, a next step."""

import re

from amends.language.drafts import Draft, calls_by_name, free
from amends.language.lexicon import Hit

_CLOCK = re.compile(r"\b\d{1,2}[:.]\d{2}\b")


def lacking(draft: Draft) -> list[str]:
    """Return the codes of what is missing."""
    codes = [] if calls_by_name(draft) else ["missing_name"]
    if not draft.context.is_complaint:
        return codes
    found = draft.found
    lacks = {
        "missing_apology": not free(found, "apology"),
        "missing_thanks": not free(found, "thanks"),
        "missing_next_step": not has_next_step(draft),
        "missing_empathy": not shown_empathy(draft),
    }
    return [*codes, *(code for code, is_lacking in lacks.items() if is_lacking)]


def has_next_step(draft: Draft) -> bool:
    """Tell whether a day is named, or something that is done."""
    return bool(draft.days or _CLOCK.search(draft.raw) or free(draft.found, "action"))


def shown_empathy(draft: Draft) -> list[Hit]:
    """Return the words that see it with the customer's eyes; in an ironic sentence they do not."""
    ironic = {hit.sentence for hit in draft.found.own("ironic")}
    return [hit for hit in draft.found.own("empathy") if hit.sentence not in ironic]
