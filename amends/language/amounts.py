"""Which sums of money a text names."""

import re

from amends.language.found import Found
from amends.language.words import Stretch

_SIGN = "€£$₽₴¥₸"
_NUMBER = r"\d{1,3}(?:[ \u00a0\u202f.,']\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d{1,2})?(?!\d)"
_BEFORE = re.compile(rf"(?:[{_SIGN}]|\b(?:EUR|GBP|USD|PLN|RUB|ALL)) ?(?:{_NUMBER})")
_AFTER = re.compile(rf"(?<![\d.,/-])(?:{_NUMBER})(?:\s*[-–]\s*(?:{_NUMBER}))?\s?")
_TOO_LITTLE = 2


def amounts(found: Found) -> list[Stretch]:
    """Return the sums of money, as they stand in the text."""
    raw = found.text.raw
    spans = [Stretch(*match.span()) for match in _BEFORE.finditer(raw)]
    names = {hit.start: hit.end for hit in found.of("currency")}
    for match in _AFTER.finditer(raw):
        end = match.end() + 1 if raw[match.end() : match.end() + 1] in set(_SIGN) else 0
        end = end or _currency(raw, match.end(), names)
        if end and not any(span.start < end and match.start() < span.end for span in spans):
            spans.append(Stretch(match.start(), end))
    spans += [
        span
        for span in _in_words(found)
        if not any(other.start < span.end and span.start < other.end for other in spans)
    ]
    return sorted(spans, key=lambda span: span.start)


def _currency(raw: str, at: int, names: dict[int, int]) -> int:
    """Return where the name of a currency ends that begins at `at`, thousands may go before it."""
    end = names.get(at, 0)
    following = re.match(r"\.?\s", raw[end:]) if end else None
    if following and names.get(end + following.end()):
        return names[end + following.end()]
    return end


def _in_words(found: Found) -> list[Stretch]:
    """Return sums whose number is written in words: two hundred pounds."""
    numerals = {hit.last: hit for hit in found.of("numeral")}
    spans = []
    for hit in found.of("currency"):
        if hit.end - hit.start <= _TOO_LITTLE or hit.first - 1 not in numerals:
            continue
        first = hit.first - 1
        while first - 1 in numerals:
            first -= 1
        spans.append(Stretch(numerals[first].start, hit.end))
    return spans
