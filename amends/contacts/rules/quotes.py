"""Where the quoted history of a mail begins, told by its shape and in no language. Pure."""

import re

_QUOTED = re.compile(r"\s*>")
_DASHES = re.compile(r"\s*[-_=*]{3,}.*[-_=*]{3,}\s*|\s*_{10,}\s*")
_HEADER = re.compile(r"\s*\*?[\w\- ]{2,20}:\*?\s+\S.*")
_HEADERS = 3
_ENDS_WITH_COLON = re.compile(r".*[:：]\s*")
_MOST_LINES_OF_ATTRIBUTION = 3


def split_quoted(text: str) -> tuple[str, str]:
    """Return what the writer wrote, and the history quoted below it; either may be empty.

    Text below a quotation is the writer's own answer to it: then nothing is taken apart.
    """
    lines = text.splitlines()
    start = _start(lines)
    if start is None:
        return text.strip(), ""
    own = "\n".join(lines[:start]).strip()
    return (own, "\n".join(lines[start:]).strip()) if own else (text.strip(), "")


def _start(lines: list[str]) -> int | None:
    for number, line in enumerate(lines):
        dashes = _DASHES.fullmatch(line) is not None
        if _is_headers(lines, number) or (dashes and _is_headers(lines, number + 1)):
            return number
        if _QUOTED.match(line):
            return _attribution(lines, number) if _only_quoted(lines[number:]) else None
    return None


def _only_quoted(lines: list[str]) -> bool:
    return all(not line.strip() or _QUOTED.match(line) for line in lines)


def _is_headers(lines: list[str], number: int) -> bool:
    block = lines[number : number + _HEADERS]
    return len(block) == _HEADERS and all(_HEADER.fullmatch(line) for line in block)


def _attribution(lines: list[str], number: int) -> int:
    """Return where the words "On Tuesday … wrote:" above a quotation begin."""
    last = number - 1
    while last >= 0 and not lines[last].strip():
        last -= 1
    if last < 0 or not _ENDS_WITH_COLON.fullmatch(lines[last]):
        return number
    first = last
    while first > 0 and lines[first - 1].strip() and last - first + 1 < _MOST_LINES_OF_ATTRIBUTION:
        first -= 1
    return first
