"""Bounds for markup, before any parser sees it: the time that some take grows with its square."""

import re

DEEPEST = 2_000
MOST_ATTRIBUTES = 15_000

_HUGE = re.compile(r"<[A-Za-z][^<>]{20000,}+>?")
_SEPARATORS = re.compile(r"[\s/=]+")
_NESTS = re.compile(
    r"<(/?)(?:div|span|font|blockquote|center|section|article|table|b|i|u|a|em|strong|small|big|"
    r"ul|ol|dl|code|pre|sub|sup|s|strike|tt|ins|del|q|cite|main|header|footer|figure|details)\b",
    re.IGNORECASE,
)


def without_huge_tags(html: str) -> str:
    """Return `html` without the tags that have more attributes than any program writes."""
    return _HUGE.sub(lambda tag: "" if _is_crowded(tag[0]) else tag[0], html)


def _is_crowded(tag: str) -> bool:
    return sum(1 for _each in _SEPARATORS.finditer(tag)) > MOST_ATTRIBUTES


def is_too_deep(html: str) -> bool:
    """Return whether the tags of `html` nest deeper than any program writes."""
    depth = 0
    for tag in _NESTS.finditer(html):
        depth = max(0, depth + (-1 if tag[1] else 1))
        if depth > DEEPEST:
            return True
    return False
