"""What must not leave, and what was left out: another's data, a note for colleagues, an issue."""

from amends.language.drafts import Draft, free
from amends.language.words import fold


def leaks(draft: Draft) -> dict[str, list[tuple[int, int]]]:
    """Return the places of what is not for this customer."""
    found: dict[str, list[tuple[int, int]]] = {}
    if places := _of_others(draft):
        found["data_of_another"] = places
    if notes := free(draft.found, "internal"):
        found["internal_note"] = [(hit.start, hit.end) for hit in notes]
    return found


def _of_others(draft: Draft) -> list[tuple[int, int]]:
    low = draft.raw.lower()
    places = []
    for known in draft.context.known:
        start = low.find(known.lower())
        if known and start >= 0:
            places.append((start, start + len(known)))
    return places


def unanswered(draft: Draft) -> list[str]:
    """Return the issues of which no key word stands in the reply."""
    said = [word.form for word in draft.found.text.words]
    return [
        name
        for name, keys in draft.context.open_issues.items()
        if keys and not any(form.startswith(fold(key)) for key in keys for form in said)
    ]


def misaddressed(draft: Draft) -> list[str]:
    """Return the words that address the customer otherwise than is wished."""
    wished = draft.context.formal
    if wished is None:
        return []
    other, right = ("familiar", "formal") if wished else ("formal", "familiar")
    wrong = free(draft.found, other)
    if wrong and len(wrong) > len(free(draft.found, right)):
        return list(draft.found.quote(wrong))
    return []
