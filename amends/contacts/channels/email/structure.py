"""The parts of a message, as slices of its bytes.

Own and not the standard library's, which rebuilds attached messages instead of keeping their
bytes, takes time in proportion to lines times depth, and ends in RecursionError on a deep nest
(`docs/decisions/reading-mail.md`). Every step here is bounded.
"""

import mmap
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field

from amends.contacts.channels.email.headers import LONGEST_VALUE, parameters_of, text_of
from amends.contacts.rules.messages import Problem

DEEPEST = 20
MOST_PARTS = 500
MOST_HEADERS = 1000
LONGEST_HEADERS = 1_000_000
LONGEST_BOUNDARY = 250
MOST_DASHED_LINES = 100_000

_HEADER = re.compile(rb"([!-9;-~]{1,200})[ \t]*:[ \t]*(.*)", re.DOTALL)
_LONE_RETURN = re.compile(rb"\r(?!\n)")
_ENVELOPE = re.compile(rb">?From [^\n]*\n")
_BLANK = re.compile(rb"(?m)^\r?\n")
_TELLING = re.compile(
    rb"(?im)^(?:from|to|subject|date|message-id|received|mime-version|content-[a-z-]+):"
)
_GUESSED_BOUNDARY = re.compile(rb"(?m)^--([^\s][^\r\n]{2,70}?)[ \t]*\r?\nContent-", re.IGNORECASE)


Raw = bytes | mmap.mmap  # a large message is mapped and never read as a whole


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a message: its headers, and its body as a slice of the whole.

    headers: by lower-case name, every value in order, still folded and encoded.
    type and parameters: of Content-Type, or what stands for it when it is missing.
    """

    raw: Raw = field(repr=False)
    start: int
    head_end: int
    end: int
    headers: dict[str, list[str]]
    type: str
    parameters: dict[str, str]
    children: tuple["Part", ...]

    @property
    def body(self) -> bytes:
        return self.raw[self.head_end : self.end]

    @property
    def size_bytes(self) -> int:
        return self.end - self.head_end

    def beginning(self, most_bytes: int) -> bytes:
        """Return the first bytes of the body."""
        return self.raw[self.head_end : min(self.end, self.head_end + most_bytes)]

    def header(self, name: str) -> str:
        """Return the first value of the header `name`, still encoded; empty if it is missing."""
        return self.headers.get(name, [""])[0]

    def walk(self) -> Iterator["Part"]:
        """Yield this part and all below it, in the order of the message."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(slots=True)
class _Reading:
    """What one reading of a message has come across."""

    raw: Raw
    lines: dict[bytes, list[int]]
    parts: int = 0
    problems: list[Problem] = field(default_factory=list)

    def note(self, problem: Problem) -> None:
        if problem not in self.problems:
            self.problems.append(problem)


def with_line_ends(raw: bytes) -> bytes:
    """Return `raw` with line feeds, for a message that has only carriage returns."""
    return raw if b"\n" in raw else _LONE_RETURN.sub(b"\n", raw)


def parts_of(raw: Raw) -> tuple[Part, list[Problem]]:
    """Return the message `raw` as a tree of parts, and what was wrong with it."""
    reading = _Reading(raw, _dashed_lines(raw))
    beginning = raw[:LONGEST_HEADERS]
    start = len(beginning) - len(beginning.lstrip(b"\r\n"))
    while envelope := _ENVELOPE.match(raw, start):
        start = envelope.end()
    return _part(reading, start, len(raw), "text/plain", 0), reading.problems


def _part(reading: _Reading, start: int, end: int, default: str, depth: int) -> Part:
    reading.parts += 1
    headers, head_end = _headers(reading, start, end)
    said, parameters = parameters_of(headers.get("content-type", [""])[0])
    kind = said if "/" in said.strip("/") else default
    children: tuple[Part, ...] = ()
    if kind.startswith("multipart/"):
        children = _children(reading, head_end, end, (kind, parameters), depth)
        kind = kind if children else "text/plain"
    return Part(reading.raw, start, head_end, end, headers, kind, parameters, children)


def _headers(reading: _Reading, start: int, end: int) -> tuple[dict[str, list[str]], int]:
    """Return the headers that begin at `start`, and where the body begins."""
    found: dict[str, list[str]] = {}
    position, count = start, 0
    limit = min(end, start + LONGEST_HEADERS)
    while position < limit:
        line_end = _end_of_field(reading.raw, position, end)
        line = reading.raw[position:line_end]
        if not line.strip(b"\r\n"):
            return found, line_end
        if header := _HEADER.match(line[:LONGEST_VALUE]):
            name = header[1].decode("ascii").lower()
            found.setdefault(name, []).append(text_of(header[2].rstrip(b"\r\n")))
            count += 1
        elif not _ENVELOPE.match(line):
            line_end = _next_header(reading.raw, line_end, end)
            if line_end < 0:
                return found, position
        position = line_end
        if count > MOST_HEADERS:
            break
    if position < end:
        reading.note(Problem.HEADERS_CUT)
    return found, position


def _next_header(raw: Raw, position: int, end: int) -> int:
    """Return where the headers go on after lines that are none, which some machines leave there.

    -1 when they do not: then the blank line is missing and the body has begun.
    """
    blank = _BLANK.search(raw, position, min(end, position + LONGEST_HEADERS))
    found = _TELLING.search(
        raw, position, blank.start() if blank else min(end, position + LONGEST_HEADERS)
    )
    return found.start() if found else -1


def _end_of_field(raw: Raw, position: int, end: int) -> int:
    """Return where the header field at `position` ends, its folded lines included."""
    while feed := raw.find(b"\n", position, end) + 1:
        position = feed
        if position >= end or raw[position : position + 1] not in {b" ", b"\t"}:
            return position
    return end


def _children(
    reading: _Reading, start: int, end: int, kind: tuple[str, dict[str, str]], depth: int
) -> tuple[Part, ...]:
    if depth >= DEEPEST:
        reading.note(Problem.NESTED_TOO_DEEPLY)
        return ()
    spans = _spans(reading, start, end, kind[1].get("boundary", "").rstrip())
    inner = "message/rfc822" if kind[0] == "multipart/digest" else "text/plain"
    children = []
    for span_start, span_end in spans:
        if reading.parts >= MOST_PARTS:
            reading.note(Problem.TOO_MANY_PARTS)
            break
        children.append(_part(reading, span_start, span_end, inner, depth + 1))
    return tuple(children)


def _spans(reading: _Reading, start: int, end: int, boundary: str) -> list[tuple[int, int]]:
    """Return where the parts between the `boundary` lines begin and end."""
    spans = _spans_between(reading, start, end, boundary.encode("utf-8", "replace"))
    if spans:
        return spans
    reading.note(Problem.BOUNDARY_MISSING)
    if guessed := _GUESSED_BOUNDARY.search(reading.raw, start, min(end, start + LONGEST_HEADERS)):
        return _spans_between(reading, start, end, guessed[1])
    return []


def _spans_between(
    reading: _Reading, start: int, end: int, boundary: bytes
) -> list[tuple[int, int]]:
    if not boundary:
        return []
    opening, closing = reading.lines.get(boundary, []), reading.lines.get(boundary + b"--", [])
    ends = [at for at in closing[bisect_left(closing, start) :][:1] if at < end]
    lines = opening[bisect_left(opening, start) : bisect_left(opening, ends[0] if ends else end)]
    lines = lines[: MOST_PARTS + 1]
    starts = [min(_end_of_line(reading.raw, at), end) for at in lines]
    stops = [_before_line(reading.raw, at) for at in [*lines[1:], *ends]] + ([] if ends else [end])
    return [(first, max(first, last)) for first, last in zip(starts, stops, strict=False)]


def _end_of_line(raw: Raw, position: int) -> int:
    return raw.find(b"\n", position) + 1 or len(raw)


def _before_line(raw: Raw, position: int) -> int:
    """Return where the text before the line at `position` ends: its line break is the line's."""
    position -= raw[position - 1 : position] == b"\n"
    return position - (raw[position - 1 : position] == b"\r")


def _dashed_lines(raw: Raw) -> dict[bytes, list[int]]:
    """Return the lines that could part a message, by what follows their dashes, with offsets.

    Found once for the whole message, so that a deep nest costs no more than a flat one.
    """
    found: dict[bytes, list[int]] = {}
    position = 0 if raw[:2] == b"--" else raw.find(b"\n--") + 1 or -1
    count = 0
    while position >= 0 and count < MOST_DASHED_LINES:
        said = raw[position + 2 : position + 2 + LONGEST_BOUNDARY].partition(b"\n")[0]
        found.setdefault(said.rstrip(), []).append(position)
        position = raw.find(b"\n--", position) + 1 or -1
        count += 1
    return found
