"""Which orders, invoices, contracts, customers or cases a text names by their number."""

import re

from amends.language.found import Found
from amends.language.words import Stretch

_LETTER = r"[^\W\d_]"
_CODE = re.compile(
    rf"(?<![\w/.,-])(?=[\w/.-]*\d)(?:{_LETTER}|\d)+(?:[-/._](?:{_LETTER}|\d)+)+(?![\w])"
    rf"|(?<![\w/.-]){_LETTER}{{1,5}}\d{{3,}}\w*|(?<![\w/.-])\d{{4,}}{_LETTER}{{1,3}}\d*(?!\w)"
    rf"|(?<![\w/.-])[A-ZА-Я]{{2,4}} \d{{3,}}(?: \d{{3,}})*(?!\w)"
)
_AFTER_NAME = re.compile(r"[#№]?\s?\d[\d-]*(?:[ \u00a0]\d{3,})*(?:[/-]\w+)*(?!\w)|№\s?\S+")
_SIGNED = re.compile(r"[#№]\s?(\w[\w/-]*\d[\w/-]*)")
_DIGITS = re.compile(r"\d")
_TIME = re.compile(r"\d{1,2}[.:-]\d{2}(?:[-–]\d{1,2}[.:]\d{2})?")
_DATE = re.compile(r"(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d\d")
_ORDINAL = re.compile(rf"\d+-{_LETTER}{{1,6}}")
_RANGE = re.compile(r"\d{1,2}[-–/]\d{1,2}")
_SHORT_CODE = re.compile(r"[^\W\d_]{2,4}-\d{2}")
_LEAST_DIGITS = 4
_LEAST_IN_CODE = 3
_LEAST_AFTER_NAME = 3
_MOST_BETWEEN = 4


def references(found: Found, taken: list[Stretch]) -> list[Stretch]:
    """Return the numbers by which things are called; `taken` are the sums and days among them."""
    raw = found.text.raw
    spans = [Stretch(*match.span()) for match in _CODE.finditer(raw) if _is_code(match.group())]
    spans += [Stretch(*match.span(1)) for match in _SIGNED.finditer(raw) if len(match[1]) > 1]
    spans += _named(found)
    free = [span for span in spans if not any(_touch(span, other) for other in taken)]
    return _longest(free)


def _is_code(code: str) -> bool:
    digits = len(_DIGITS.findall(code))
    if _TIME.fullmatch(code) or _DATE.fullmatch(code) or _RANGE.fullmatch(code) or "@" in code:
        return False
    if _ORDINAL.fullmatch(code) or "www" in code.lower() or code.count(".") > 1:
        return False
    if _SHORT_CODE.fullmatch(code) and code.isupper():
        return True
    letters = any(letter.isupper() for letter in code) or "/" in code or "-" in code
    return digits >= _LEAST_IN_CODE and (letters or digits >= _LEAST_DIGITS) and "." not in code


def _named(found: Found) -> list[Stretch]:
    """Return the numbers that follow the name of such a thing: order 4471, contract no. 18."""
    raw, words = found.text.raw, found.text.words
    marks = {
        place for hit in found.of("ref_mark", "ref") for place in range(hit.first, hit.last + 1)
    }
    names = {place for hit in found.of("ref") for place in range(hit.first, hit.last + 1)}
    spans = []
    for at, word in enumerate(words):
        if not word.form[0].isdigit():
            continue
        place = at - 1
        named = False
        while place >= 0 and at - place <= _MOST_BETWEEN and place in marks:
            named = named or place in names
            place -= 1
        match = _AFTER_NAME.match(raw, word.start)
        if named and match and len(_DIGITS.findall(match.group())) >= _LEAST_AFTER_NAME:
            spans.append(Stretch(*match.span()))
    return spans


def _touch(one: Stretch, other: Stretch) -> bool:
    return one.start < other.end and other.start < one.end


def _longest(spans: list[Stretch]) -> list[Stretch]:
    result: list[Stretch] = []
    for span in sorted(spans, key=lambda span: span.start - span.end):
        if not any(_touch(span, other) for other in result):
            result.append(span)
    return sorted(result, key=lambda span: span.start)
