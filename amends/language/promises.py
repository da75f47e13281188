"""What a reply promises: a time too vague, more than can be kept, what the offer does not hold."""

import re
from collections.abc import Iterable

from amends.language.drafts import Draft, free
from amends.language.lexicon import Hit
from amends.language.words import fold

_STEM = 4


def vague(draft: Draft) -> list[Hit]:
    """Return the words for a time that is none, unless a day is named in the same breath."""
    exact = {
        word.sentence
        for word in draft.found.text.words
        for day in draft.days
        if day.start <= word.start < day.end
    }
    return [
        hit
        for hit in free(draft.found, "vague")
        if hit.sentence not in exact and hit.sentence + 1 not in exact
    ]


def beyond_keeping(draft: Draft) -> list[Hit]:
    """Return the words that promise what nobody can; "I can't promise" declines, and is none."""
    declined = draft.found.own("promise_not")
    return [
        hit
        for hit in free(draft.found, "promise")
        if not any(hit.first <= no.last and no.first <= hit.last for no in declined)
    ]


def unrecorded(draft: Draft) -> list[str]:
    """Return the days that the reply names and nobody recorded.

    A recorded day may be told in several ways at once, such as "Tuesday 24 November 24.11.".
    """
    if draft.context.recorded_days is None:
        return []
    recorded = [_parts(day) for day in draft.context.recorded_days]
    named = [draft.raw[day.start : day.end] for day in draft.days]
    return [
        day
        for day in named
        if not any(_parts(day) <= known or known <= _parts(day) for known in recorded)
    ]


def _parts(day: str) -> frozenset[str]:
    """Return the numbers of a day, and the beginnings of its words: their ends bend."""
    return frozenset(_beginnings(re.findall(r"\w+", fold(day))))


def _beginnings(words: Iterable[str]) -> Iterable[str]:
    return (word.lstrip("0") if word.isdigit() else word[:_STEM] for word in words)


def against_limits(draft: Draft) -> list[str]:
    """Return the limitations of the offer that the reply promises to do all the same."""
    said = " ".join(word.form for word in draft.found.text.words)
    return [limit for limit in draft.context.limits if fold(limit) in said]
