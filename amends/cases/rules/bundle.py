"""What of a case leaves as one file, and what is left out or blackened in it. Pure.

Source: case-model 2.3 ("bundle exported, redacted where needed"), 2.5;
docs/decisions/case-bundle.md.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

KEPT_FOR = timedelta(days=30)
BLACK = "█████"
LONGEST_NAME_BYTES = 200
# Shorter than this, the same letters elsewhere are hardly the same thing.
LEAST_ELSEWHERE = 3
_LEAST_DIGITS = 6
_MOST_DIGITS = 8
_LEAST_STEM = 5
_LONG_STEM = 7


class Item(StrEnum):
    """One kind of thing that may leave with a case."""

    CONTACT = "contact"
    MAIL = "mail"
    FILE = "file"
    EVIDENCE = "evidence"
    REMARK = "remark"
    NOTE = "note"


class Section(StrEnum):
    """A part of the whole case that somebody may leave out."""

    WEIGHED = "weighed"
    TODOS = "todos"
    JOURNAL = "journal"
    READERS = "readers"


class Kept(StrEnum):
    """Why something does not leave."""

    CHOSEN = "chosen"
    INTERNAL = "internal"
    REDACTED_COPY = "redacted-copy"
    BLACKENED = "blackened"
    IN_ORIGINAL = "in-original"
    OF_ANOTHER = "of-another"
    MISSING = "missing"


class Stage(StrEnum):
    """How far a file of a case is."""

    CHOOSING = "choosing"
    WAITING = "waiting"
    FAILED = "failed"
    READY = "ready"
    GONE = "gone"


INTERNAL = frozenset({Item.REMARK, Item.NOTE})
SECTIONS = (Section.TODOS, Section.JOURNAL, Section.READERS)


@dataclass(frozen=True, slots=True)
class Passage:
    """What must not be read, wherever it stands, and what stands there instead."""

    pattern: re.Pattern[str]
    instead: str = BLACK


@dataclass(frozen=True, slots=True)
class Span:
    """A passage of one text, from `start` to before `end`, in characters."""

    start: int
    end: int


def leaves(item: Item, chosen: Mapping[tuple[Item, int], bool], pk: int) -> bool:
    """Return whether the thing leaves: as it was chosen, else all but what is internal."""
    return chosen.get((item, pk), item not in INTERNAL)


def without_spans(text: str, spans: Iterable[Span]) -> str:
    """Return `text` with a black bar in place of each span; spans may overlap."""
    parts: list[str] = []
    place = 0
    for span in sorted(spans, key=lambda each: each.start):
        start, end = max(span.start, place), min(span.end, len(text))
        if end <= start:
            continue
        parts += [text[place:start], BLACK]
        place = end
    return "".join([*parts, text[place:]])


def blackened(text: str, passages: Iterable[Passage]) -> str:
    """Return `text` with every passage replaced."""
    for passage in passages:
        text = passage.pattern.sub(passage.instead, text)
    return text


def holds_any(text: str, passages: Iterable[Passage]) -> bool:
    """Return whether one of the passages stands in `text`."""
    return any(passage.pattern.search(text) for passage in passages)


def passage_of(words: str) -> Passage | None:
    """Return the passage of these words, however its lines are broken or quoted.

    None if it is too short. A bar must not spoil other words: the passage is found only where it
    is not part of a longer one.
    """
    parts = words.split()
    if sum(len(part) for part in parts) < LEAST_ELSEWHERE:
        return None
    between = r"[\s>|*]+"
    return Passage(_bounded(between.join(re.escape(part) for part in parts), words.strip()))


def passage_of_telephone(value: str) -> Passage | None:
    """Return where a telephone number stands, however it is written; None if it is too short."""
    digits = re.sub(r"\D", "", value)
    if len(digits) < _LEAST_DIGITS:
        return None
    tail = r"[\s()./-]{0,3}".join(digits[-_MOST_DIGITS:])
    return Passage(re.compile(rf"(?<!\d)[+(]?(?:\d[\s()./-]{{0,3}}){{0,6}}{tail}(?!\d)"))


def passages_of_name(name: str, instead: str) -> list[Passage]:
    """Return where somebody's name stands, whole or in part, also with another ending."""
    whole = passage_of(name)
    parts = [_stemmed(part) for part in name.split() if len(part) >= LEAST_ELSEWHERE]
    named = [Passage(re.compile(rf"(?<!\w){part}(?!\w)"), instead) for part in parts]
    return [*([Passage(whole.pattern, instead)] if whole else []), *named]


def safe_name(name: str, taken: set[str]) -> str:
    """Return a name for a file in an archive that is safe on every system and not `taken` yet.

    It has no folder, no sign that means something to a shell or a system, at most 200 bytes, and
    is told from the others without looking at upper and lower case. It is added to `taken`.
    """
    plain = re.sub(
        r'[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff<>:"/\\|?*█]+', "_", name
    )
    plain = plain.encode("utf-8", "replace").decode().strip(" ._") or "file"
    stem, dot, ending = plain.rpartition(".")
    if not stem or len(ending.encode()) > 16:  # noqa: PLR2004 - longer is no ending
        stem, dot, ending = plain, "", ""
    if stem.partition(".")[0].upper() in _DEVICES:
        stem = f"_{stem}"
    number, found = 1, ""
    while not found or found.casefold() in taken:
        told = "" if number == 1 else f"-{number}"
        tail = f"{told}{dot}{ending}"
        found = _cut(stem, LONGEST_NAME_BYTES - len(tail.encode())) + tail
        number += 1
    taken.add(found.casefold())
    return found


_DEVICES = frozenset(
    {"CON", "PRN", "AUX", "NUL", *(f"COM{n}" for n in range(10)), *(f"LPT{n}" for n in range(10))}
)


def _cut(text: str, most_bytes: int) -> str:
    return text.encode()[:most_bytes].decode("utf-8", "ignore").rstrip(" .")


def _bounded(pattern: str, words: str) -> re.Pattern[str]:
    before = r"(?<!\w)" if words[:1].isalnum() else ""
    after = r"(?!\w)" if words[-1:].isalnum() else ""
    return re.compile(f"{before}{pattern}{after}", re.IGNORECASE)


def _stemmed(part: str) -> str:
    """Return a pattern of one part of a name in its cases; only with a capital, as names are."""
    first, rest = re.escape(part[0].upper()), part[1:]
    if len(part) < _LEAST_STEM:
        return f"{first}(?i:{re.escape(rest)})"
    cut = 2 if len(part) >= _LONG_STEM else 1
    return rf"{first}(?i:{re.escape(rest[:-cut])}\w{{0,4}})"
