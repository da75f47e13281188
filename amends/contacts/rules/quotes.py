"""What of a mail its writer wrote, and what is quoted history or signature: folded, never cut.

Told by shape first (marks, attributions, header lines, dashes) and by the words of mail programs
where the shape alone could be somebody's own text. To hide what somebody wrote is the worse error:
what is in doubt is theirs. Pure.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from amends.contacts.rules.quote_words import (
    AFTERTHOUGHT,
    DEVICE,
    HEADERS,
    MINE,
    ORIGINAL,
    REGARDS,
    SENT_FROM,
    WROTE,
)

MOST_LINES_OF_ATTRIBUTION = 4
LONGEST_ATTRIBUTION = 400
MOST_LINES_OF_SIGNATURE = 12
LONGEST_LINE_OF_SIGNATURE = 100
LONGEST_LINE_OF_DEVICE = 120
MOST_LINES_OF_HEADERS = 12
MOST_LINES_BELOW_A_SIGN = 40
LONGEST_LINE = 1000
LONGEST_DASHED = 200
MOST_LINES = 5000

_QUOTED = re.compile(r"\s*>(?![._]+<)(?!.*<<\s*$)")
_BROKEN_OFF = re.compile(r"\s*\(?<?https?://[^\s()<>]+[)>]?\s*>\s*")
_NAMED = re.compile(r"\s*\*?(?P<name>[^\W\d][\w' \-]{0,24}?)\s?\*?[:：]\*?(?P<said>.*)")
_NAMED_INSIDE = re.compile(r"(?<=\s)\*?(?P<name>[^\W\d]{2,12}):(?=\s)")
_ADDRESS = re.compile(r"[^\s@<>()\[\]\"]+@[^\s@<>()\[\]\"]+\.\w|mailto:")
_BRACKETED = re.compile(r"[<(\[]\s*(?:mailto:)?[^\s@<>()\[\]\"]+@[^\s@<>()\[\]\"]+\s*[>)\]]")
_TIME = re.compile(r"\b\d{1,2}[:.h]\d{2}\b")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|\b\d{1,2}[./-]\d{1,2}[./-]\d{2}\b")
_DAY = re.compile(r"\b\d{1,2}\.?\s+[^\W\d]{3,}|\b[^\W\d]{3,}\.?\s+\d{1,2}\b")
_BEGINS_WITH_DATE = re.compile(r"\W*(?:[^\W\d]+\W+){0,4}?\d")
_DASHED = re.compile(r"\s*[-_=*—]{2,}\s*(?P<said>[^-_=*—\s].*?)\s*[-_=*—]{2,}\s*")
_RULE = re.compile(r"\s*(?:[-_=*—]{5,}|_{3,})\s*")
_SIGNED = re.compile(r"\s*(?:--|__)\s*")
_BY = re.compile(r"\s*[-–]\s?[^\W\d]+(?: [^\W\d]+){0,2}\s*")
_LIST_RULE = re.compile(r"\s*_{20,}\s*")
_LINKED = re.compile(r"https?://|\S@\S")
_FENCE = re.compile(r"\s*```")
_SHARED = re.compile(r"(\s*[^\s>-].*?)-{3,}\s*\w.*:\s*", re.DOTALL)
_CLOSING = re.compile(r"[\s,;.!]*\n?")


class Said(StrEnum):
    """What a piece of a mail is."""

    OWN = "own"
    QUOTED = "quoted"
    SIGNATURE = "signature"


@dataclass(frozen=True, slots=True)
class Piece:
    """A span of a text, in characters, and what it is. The pieces of a text make up all of it."""

    said: Said
    start: int
    end: int


def pieces_of(text: str) -> tuple[Piece, ...]:
    """Return `text` as pieces without gaps: what its writer wrote, quoted, and signed with.

    A text that holds nothing of its writer's own is shown whole, as one piece.
    """
    lines = _lines(text)
    kinds = _kinds(_looked_at([line for _start, line in lines]))
    own = any(
        kind is Said.OWN and line.strip() for kind, (_s, line) in zip(kinds, lines, strict=True)
    )
    if not own:
        return (Piece(Said.OWN, 0, len(text)),) if text else ()
    pieces: list[Piece] = []
    for kind, (start, line) in zip(kinds, lines, strict=True):
        end = start + len(line)
        if pieces and pieces[-1].said is kind:
            pieces[-1] = Piece(kind, pieces[-1].start, end)
        else:
            pieces.append(Piece(kind, start, end))
    return tuple(pieces)


def own_words(text: str) -> str:
    """Return what the writer of `text` wrote, without history and signature."""
    own = (text[piece.start : piece.end].strip() for piece in pieces_of(text) if _is_own(piece))
    return "\n\n".join(words for words in own if words)


def _is_own(piece: Piece) -> bool:
    return piece.said is Said.OWN


def _lines(text: str) -> list[tuple[int, str]]:
    """Return the lines with where they start; an attribution that shares a line has its own."""
    whole = text.splitlines(keepends=True)
    lines: list[tuple[int, str]] = []
    start = 0
    for number, line in enumerate(whole):
        below = whole[number + 1] if number + 1 < len(whole) else ""
        cut = _shared(line) if _QUOTED.match(below) else 0
        if cut:
            lines.append((start, line[:cut]))
        lines.append((start + cut, line[cut:]))
        start += len(line)
    return lines


def _shared(line: str) -> int:
    """Return where in `line` the attribution begins that follows somebody's words; 0 if none."""
    found = _SHARED.fullmatch(line) if len(line) <= LONGEST_ATTRIBUTION else None
    return found.end(1) if found else 0


def _looked_at(lines: list[str]) -> list[str]:
    """Return `lines` as they are judged: the long ones cut, and code for what it is.

    What stands between code fences announces nothing.
    """
    seen = [line if len(line) <= LONGEST_LINE else line.lstrip()[:LONGEST_LINE] for line in lines]
    fences = [number for number, line in enumerate(seen) if _FENCE.match(line)]
    for first, last in zip(fences[::2], fences[1::2], strict=False):
        seen[first : last + 1] = ["code\n"] * (last + 1 - first)
    return seen


def _kinds(lines: Sequence[str]) -> list[Said]:
    """Return what each line is."""
    seen = lines[:MOST_LINES]
    kinds = [Said.OWN] * len(seen)
    history = _history(seen)
    kinds[history:] = [Said.QUOTED] * (len(seen) - history)
    for first, last in _marked_blocks(seen, history):
        kinds[first:last] = [Said.QUOTED] * (last - first)
    if len(lines) > MOST_LINES:
        rest = Said.QUOTED if history < len(seen) else Said.OWN
        return [*kinds, *[rest] * (len(lines) - MOST_LINES)]
    _sign(seen, kinds)
    _blanks_follow(seen, kinds)
    return kinds


def _history(lines: Sequence[str]) -> int:
    """Return the line from which all is history, though it bears no marks."""
    for number, line in enumerate(lines):
        if not line.strip() or _QUOTED.match(line):
            continue
        if _is_headers(lines, number) or _is_original(line):
            return _above(lines, number)
        length = _attribution(lines, number)
        if length and not _marks_follow(lines, number + length) and _is_sure(lines, number, length):
            return number
    return len(lines)


def _above(lines: Sequence[str], number: int) -> int:
    """Return the line of dashes right above `number` that belongs to it, or `number`."""
    before = _before(lines, number)
    return before if before >= 0 and _RULE.fullmatch(lines[before]) else number


def _before(lines: Sequence[str], number: int) -> int:
    number -= 1
    while number >= 0 and not lines[number].strip():
        number -= 1
    return number


def _is_headers(lines: Sequence[str], number: int) -> bool:
    """Return whether header lines of a mail begin here: From, Date, To … in any known language.

    A list of anybody's own ("Date: … Name: …") is none: three roles must be told, or two and an
    address.
    """
    first = _NAMED.fullmatch(lines[number].rstrip("\r\n"))
    if not first or _role(first) not in {"from", "date"}:
        return False
    roles, address = {_role(each) for each in _NAMED_INSIDE.finditer(first["said"])} - {""}, False
    for line in lines[number : number + MOST_LINES_OF_HEADERS]:
        if not line.strip():
            break
        named = _NAMED.fullmatch(line.rstrip("\r\n"))
        role = _role(named) if named else ""
        roles |= {role} if role else set()
        address = address or bool(role in {"from", "to"} and _ADDRESS.search(line))
    enough = 2 if address else 3
    return len(roles) >= enough and bool(roles & {"from", "to"})


def _role(named: re.Match[str]) -> str:
    return HEADERS.get(named["name"].strip().lower(), "")


def _is_original(line: str) -> bool:
    """Return whether `line` is `-----Original Message-----` or says who wrote between dashes."""
    dashed = _DASHED.fullmatch(line.strip()[:LONGEST_DASHED])
    if not dashed:
        return False
    said = dashed["said"]
    if ORIGINAL.search(said):
        return True
    dated = bool(_TIME.search(said) or _YEAR.search(said))
    return bool(WROTE.search(said)) and (dated or bool(_ADDRESS.search(said)))


def _attribution(lines: Sequence[str], number: int) -> int:
    """Return over how many lines "On Tuesday … wrote:" goes that begins here; 0 if none does."""
    joined = ""
    most = MOST_LINES_OF_ATTRIBUTION if _BEGINS_WITH_DATE.match(lines[number]) else 1
    for length, line in enumerate(lines[number : number + most], start=1):
        joined = f"{joined} {line.strip()}"
        if not line.strip() or _QUOTED.match(line) or len(joined) > LONGEST_ATTRIBUTION:
            break
        if _is_attribution(joined.strip(), marked=_marks_follow(lines, number + length)):
            return length
    return 0


def _is_attribution(said: str, *, marked: bool) -> bool:
    """Return whether `said` tells who wrote what follows; `marked`: what follows bears marks."""
    ends = said.rstrip(" *_")[-1:] in {":", "："}
    if not (ends or marked):
        return False
    dated = bool(_TIME.search(said) or _YEAR.search(said))
    address = bool(_BRACKETED.search(said))
    wrote = bool(WROTE.search(said))
    if not ends:
        return (address and dated) or (wrote and said.startswith("--"))
    if address:
        return dated or (marked and wrote)
    begins = marked and bool(_BEGINS_WITH_DATE.match(said))
    return (dated or bool(_DAY.search(said))) and (wrote or begins)


def _is_sure(lines: Sequence[str], number: int, length: int) -> bool:
    """Return whether an attribution is one even though nothing below it is marked.

    Somebody's own words can say when another wrote something; they do not name an address in
    brackets, nor the minute and the year.
    """
    said = " ".join(line.strip() for line in lines[number : number + length])
    addresses = list(_BRACKETED.finditer(said))
    if addresses and (_TIME.search(said) or WROTE.search(said[addresses[-1].end() :])):
        return True
    begins = bool(_BEGINS_WITH_DATE.match(said))
    return begins and bool(_TIME.search(said) and _YEAR.search(said) and WROTE.search(said[-40:]))


def _marks_follow(lines: Sequence[str], number: int) -> bool:
    while number < len(lines) and not lines[number].strip():
        number += 1
    return number < len(lines) and _QUOTED.match(lines[number]) is not None


def _marked_blocks(lines: Sequence[str], end: int) -> Iterator[tuple[int, int]]:
    """Yield where lines with marks begin and end before `end`, with who is said to have written."""
    number = 0
    while number < end:
        if not _QUOTED.match(lines[number]):
            number += 1
            continue
        first, last = number, number
        while number < end and _goes_on(lines, number):
            last = number
            number += 1
        yield _with_attribution(lines, first), last + 1
        number = last + 1


def _goes_on(lines: Sequence[str], number: int) -> bool:
    """Return whether a quotation goes on here: a mark, or a link that a line break tore off."""
    if _QUOTED.match(lines[number]):
        return True
    return bool(_BROKEN_OFF.fullmatch(lines[number])) and _marks_follow(lines, number + 1)


def _with_attribution(lines: Sequence[str], number: int) -> int:
    last = _before(lines, number)
    if last < 0:
        return number
    best = number
    for first in range(last, max(-1, last - MOST_LINES_OF_ATTRIBUTION), -1):
        if not lines[first].strip() or _QUOTED.match(lines[first]):
            break
        if _attribution(lines, first) == last - first + 1:
            best = first
            if _BEGINS_WITH_DATE.match(lines[first]):
                break
    return best


def _sign(lines: Sequence[str], kinds: list[Said]) -> None:
    """Mark the signature: what stands below its sign, down to the history or the end."""
    end = len(lines)
    while end and (kinds[end - 1] is Said.QUOTED or not lines[end - 1].strip()):
        end -= 1
    own = [number for number in range(end) if kinds[number] is Said.OWN and lines[number].strip()]
    last = own[-MOST_LINES_BELOW_A_SIGN:]
    for place, number in enumerate(last):
        if number == own[0] or Said.QUOTED in kinds[number:end]:
            continue
        below = [lines[each] for each in last[place + 1 :]]
        if _is_signature(lines, number, below):
            kinds[number:end] = [Said.SIGNATURE] * (end - number)
            return


def _is_signature(lines: Sequence[str], number: int, below: Sequence[str]) -> bool:
    """Return whether a signature begins here. below: the lines after it that are not empty."""
    line = lines[number].strip()
    if any(AFTERTHOUGHT.match(each) for each in below):
        return False
    if lines[number].rstrip("\r\n") == "-- ":  # of RFC 3676; nobody types it by chance
        return bool(below)
    return _is_short(below) and (
        (bool(below) and _SIGNED.fullmatch(line) is not None)
        or (_names_device(line) and not lines[number - 1].strip())
        or (_LIST_RULE.fullmatch(line) is not None and any(map(_LINKED.search, below)))
        or _takes_leave(line, below)
    )


def _takes_leave(line: str, below: Sequence[str]) -> bool:
    """Return whether `line` is "Kind regards," above a name, or "-Rūta Kazlauskienė" at the end."""
    if closing := REGARDS.match(line):
        return bool(below) and _CLOSING.fullmatch(line[closing.end() :]) is not None
    return not below and _BY.fullmatch(line) is not None


def _names_device(line: str) -> bool:
    """Return whether `line` is "Sent from my iPhone" and the like, in any known language."""
    found = SENT_FROM.fullmatch(line) if len(line) <= LONGEST_LINE_OF_DEVICE else None
    if not found or "," in line:
        return False
    return bool(DEVICE.search(found["what"]) or MINE.fullmatch(found["what"]))


def _is_short(lines: Sequence[str]) -> bool:
    """Return whether `lines` are as few and short as those of a signature, and ask nothing."""
    return len(lines) <= MOST_LINES_OF_SIGNATURE and all(
        len(line) <= LONGEST_LINE_OF_SIGNATURE and not line.rstrip().endswith("?") for line in lines
    )


def _blanks_follow(lines: Sequence[str], kinds: list[Said]) -> None:
    """Give empty lines to what stands above them, so that they part nothing."""
    for number in range(1, len(lines)):
        if not lines[number].strip() and kinds[number] is Said.OWN:
            kinds[number] = kinds[number - 1]
