"""What a reply to a complaint lacks: a name, an apology, thanks, empathy, a next step."""

import re

from amends.language.drafts import Draft, calls_by_name, free
from amends.language.lexicon import Hit

_A_SENTENCE, _AT_LENGTH = 6, 8
UNKIND = ("anger_denied", "defensive", "blame", "refuse", "rude", "ironic", "dismissive")
AWAY = ("brush_off", "noted")
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
        "missing_empathy": not shown_empathy(draft) and not dwells(draft),
    }
    return [*codes, *(code for code, is_lacking in lacks.items() if is_lacking)]


def has_next_step(draft: Draft) -> bool:
    """Tell whether a day is named, or something that is done; passing it on is not doing."""
    if names_a_time(draft):
        return True
    return acts(draft) and not free(draft.found, "brush_off") and not free(draft.found, "noted")


def acts(draft: Draft) -> bool:
    """Tell whether something is done or promised, be it at a vague time."""
    return names_a_time(draft) or bool(free(draft.found, "action") or free(draft.found, "vague"))


def names_a_time(draft: Draft) -> bool:
    """Tell whether a day or an hour is named."""
    return bool(draft.days or _CLOCK.search(draft.raw))


def shown_empathy(draft: Draft) -> list[Hit]:
    """Return the words that see it with the customer's eyes.

    In an ironic sentence they do not, nor within words that turn against the customer, nor in the
    set phrases of an apology ("for any inconvenience").
    """
    found = draft.found
    ironic = found.sentences_with("ironic")
    hollow = found.own(*UNKIND, "formula")
    return [
        hit
        for hit in found.own("empathy")
        if hit.sentence not in ironic
        and not any(hit.first <= no.last and no.first <= hit.last for no in hollow)
    ]


def dwells(draft: Draft) -> bool:
    """Tell whether the reply stays with what happened to the customer.

    Empathy has no words of its own: "two evenings without a line, and exams on Monday". What counts
    is a sentence that neither thanks nor acts nor promises, in a reply that turns against nobody.
    What the apology is for counts only when it is told at length.
    """
    found = draft.found
    against = UNKIND if names_a_time(draft) else (*UNKIND, *AWAY)
    if found.own(*against):
        return False
    busy = found.sentences_with("thanks", "action", "promise", "vague")
    sorry = {hit.clause for hit in found.own("apology")}
    sorry_in = found.sentences_with("apology")
    counts: dict[int, int] = {}
    for word in found.text.words:
        if any(day.start <= word.start < day.end for day in draft.days):
            busy.add(word.sentence)
        if word.clause not in sorry:
            counts[word.sentence] = counts.get(word.sentence, 0) + 1
    return any(
        count >= (_AT_LENGTH if sentence in sorry_in else _A_SENTENCE)
        for sentence, count in counts.items()
        if sentence not in busy
    )
