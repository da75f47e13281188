"""Which calendar days and weekdays a text names."""

import re

from amends.language.found import Found
from amends.language.words import Stretch, Word

_NUMERIC = re.compile(
    r"(?<![\d./-])(?:\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[./]\d{1,2}[./](?:\d{4}|\d{2})"
    r"|(?:0?[1-9]|[12]\d|3[01])\.(?:0[1-9]|1[0-2]))(?![\d/-]|\.\d|[ \u00a0]?[€£$%₽])"
)
_DAY_OF_MONTH = {
    "en": re.compile(r"\bthe (?:[1-9]|[12]\d|3[01])(?:st|nd|rd|th)\b", re.IGNORECASE),
    "pl": re.compile(r"\b(?:[1-9]|[12]\d|3[01])-?(?:tego|ego|go|ym|tym)\b", re.IGNORECASE),
    "ru": re.compile(r"\b(?:[1-9]|[12]\d|3[01])-?(?:го|му|ого|е)\b(?! числ)", re.IGNORECASE),
    "sq": re.compile(r"\bdat(?:ë|e|ën|es|ës) (?:[1-9]|[12]\d|3[01])\b", re.IGNORECASE),
    "lt": re.compile(r"\b(?:[1-9]|[12]\d|3[01]) ?d(?:\.|ien[aąo]\w*)(?!\w)", re.IGNORECASE),
}
_LAST_DAY = 31
_DIGITS_OF_A_THOUSAND = 3
_YEARS = range(1900, 2100)
_BETWEEN = frozenset(
    {"st", "nd", "rd", "th", "of", "го", "ого", "е", "tego", "ego", "ym", "and", "и", "i", "dhe"}
    | {"deri", "ir", "to", "do", "до", "по", "me", "d", "m", "y", "г", "года", "e", "dates"}
)
_MOST_BETWEEN = 5


def dates(found: Found) -> list[Stretch]:
    """Return the days, as they stand in the text; neighbours that name one day are one."""
    raw, words = found.text.raw, found.text.words
    spans = [Stretch(*match.span()) for match in _NUMERIC.finditer(raw)]
    spans += [Stretch(*m.span()) for m in _DAY_OF_MONTH[found.tongue].finditer(raw)]
    spans += [Stretch(hit.start, hit.end) for hit in found.of("weekday", "feast")]
    for hit in found.of("month"):
        first, last = _left(words, hit.first), _right(words, hit.last)
        if first < hit.first or last > hit.last:
            spans.append(Stretch(words[first].start, words[last].end))
    return joined(raw, spans)


def joined(raw: str, spans: list[Stretch]) -> list[Stretch]:
    """Return `spans` in order, those that overlap or stand side by side made one."""
    result: list[Stretch] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if result and _one(raw[result[-1].end : span.start]):
            result[-1] = Stretch(result[-1].start, max(result[-1].end, span.end))
        else:
            result.append(span)
    return result


def _one(between: str) -> bool:
    return not between.strip(" ,\u00a0").replace("the", "").strip()


def _left(words: tuple[Word, ...], at: int) -> int:
    """Return the first word of the days before a month, or the month when there is none."""
    first, place = at, at - 1
    while place >= 0 and at - place <= _MOST_BETWEEN:
        if _is_day(words[place].form):
            first = place
        elif words[place].form not in _BETWEEN:
            break
        place -= 1
    return first


def _right(words: tuple[Word, ...], at: int) -> int:
    """Return the last word of the days or the year after a month."""
    last, place = at, at + 1
    while place < len(words) and place - at <= _MOST_BETWEEN:
        form = words[place].form
        if words[place].clause != words[at].clause:
            break
        thousands = words[place + 1].form if place + 1 < len(words) else ""
        if _is_day(form) and thousands.isdigit() and len(thousands) == _DIGITS_OF_A_THOUSAND:
            break
        if _is_day(form) or (form.isdigit() and int(form) in _YEARS):
            last = place
        elif form not in _BETWEEN:
            break
        place += 1
    return last


def _is_day(form: str) -> bool:
    return form.isdecimal() and len(form) <= len(str(_LAST_DAY)) and 1 <= int(form) <= _LAST_DAY
