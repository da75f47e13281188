"""What single header values say: words, dates, ids, parameters. Tolerant; nothing here raises."""

import binascii
import re
from datetime import UTC, datetime, timedelta, timezone
from urllib.parse import unquote_to_bytes

from amends.contacts.channels.email.charsets import clean, codec_for, decode, guess, one_line

LONGEST_VALUE = 50_000
MOST_PARAMETERS = 100

_WORD = re.compile(r"=\?([^?\s]{1,75})\?([bBqQ])\?(.{0,5000}?)\?=", re.DOTALL)
_BREAKS = re.compile(r"[\r\n]+")
_FOLD = re.compile(r"\r?\n[ \t]*")
_ID = re.compile(r"<([^<>]*)>")
_COMMENT = re.compile(r"\((?:[^()\\]|\\.)*\)", re.DOTALL)
_DEEPEST_COMMENT = 10
_BROKEN_PARAMETER = re.compile(r"(?<![\r\n])[\r\n]++[ \t]*+(?=[\w.%*-]{1,60}[ \t]*+=)")
_QUOTED = re.compile(r'\s*"((?:[^"\\]|\\.)*+)"?', re.DOTALL)
_SECTION = re.compile(r"(.+?)\*(\d{1,3})(\*?)$")
_LABELLED = re.compile(r"([^']{0,75})'[^']{0,75}'(.*)", re.DOTALL)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_CLOCK = (
    r"(?P<hour>\d{1,2})[:.\s](?P<minute>\d{2})(?:[:.\s](?P<second>\d{2}))?(?:[.,]\d+)?"
    r"\s*(?P<zone>[+-]\d{2}:?\d{2}|[A-Za-z]+)?"
)
_DAY_FIRST = re.compile(
    r"(?P<day>\d{1,2})[\s,.-]+(?P<month>[A-Za-z]{3,9}|\d{1,2})[\s,.-]+(?P<year>\d{2,4})[\s,]+"
    + _CLOCK
)
_MONTH_FIRST = re.compile(
    r"(?P<month>[A-Za-z]{3})\s+(?P<day>\d{1,2})\s+" + _CLOCK + r"\s+(?P<year>\d{4})"
)
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})[T\s]+" + _CLOCK)
_ZONES = {
    "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
    "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "MET": 1, "CEST": 2, "MEST": 2, "EET": 2, "EEST": 3,
    "MSK": 3, "MSD": 4, "JST": 9, "KST": 9,
}  # fmt: skip
_FIRST_YEAR, _LAST_YEAR = 1900, 2200
_THIS_CENTURY = 50  # years of two digits below this are of our century (RFC 5322, 4.3)


def text_of(raw: bytes) -> str:
    """Return a raw header value as text, still folded and with its encoded words."""
    raw = raw[:LONGEST_VALUE]
    return clean(raw.decode("ascii") if raw.isascii() else decode(raw, guess(raw))[0])


def unfold(value: str) -> str:
    """Return `value` on one line: each fold is one space."""
    return _folds_as(" ", value).strip(" \t")


def _folds_as(stand_in: str, value: str) -> str:
    """Return `value` with `stand_in` for each line break and the blanks around it."""
    first, *rest = _BREAKS.split(value)
    if not rest:
        return value
    inner = [line.strip(" \t") for line in rest[:-1]]
    return stand_in.join([first.rstrip(" \t"), *inner, rest[-1].lstrip(" \t")])


def decode_words(value: str) -> str:
    """Return `value` unfolded and with its encoded words (RFC 2047) decoded.

    Words of one charset that stand beside each other are joined before they are decoded, since
    many senders cut a letter in two.
    """
    pieces: list[str] = []
    pending: tuple[str, bytes] | None = None
    end = 0
    for word in _WORD.finditer(value):
        between = value[end : word.start()]
        charset, data = word[1].partition("*")[0].lower(), _bytes_of_word(word)
        if pending and not between.strip() and pending[0] == charset:
            pending = charset, pending[1] + data
        else:
            joined = bool(pending) and not between.strip()
            pieces += _decoded(pending), "" if joined else _folds_as(" ", between)
            pending = charset, data
        end = word.end()
    pieces += _decoded(pending), _folds_as(" ", value[end:])
    return one_line("".join(pieces))


def _decoded(pending: tuple[str, bytes] | None) -> str:
    return decode(pending[1], pending[0])[0] if pending else ""


def _bytes_of_word(word: re.Match[str]) -> bytes:
    if word[2] in "bB":
        return _base64(re.sub(r"[^A-Za-z0-9+/]", "", word[3]))
    flat = _folds_as("", word[3])
    return binascii.a2b_qp(_as_written(flat, word[1]), header=True)


def _as_written(text: str, charset: str) -> bytes:
    """Return the bytes of letters that stand unencoded inside an encoded word."""
    try:
        return text.encode(codec_for(charset) or "utf-8")
    except UnicodeError:
        return text.encode("utf-8", "replace")


def _base64(letters: str) -> bytes:
    usable = letters[: len(letters) - (len(letters) % 4 == 1)]
    return binascii.a2b_base64(usable + "=" * (-len(usable) % 4))


def ids_in(value: str) -> tuple[str, ...]:
    """Return the message ids in `value`, without angle brackets; loose words count as ids too.

    Some servers write long ones as encoded words, and fold one in its middle.
    """
    if "=?" in value:
        flat = decode_words(value)
        found = ["".join(each.split()) for each in _ID.findall(flat)] or flat.split()
    else:
        found = [_FOLD.sub("", each) for each in _ID.findall(value)] or unfold(value).split()
    return tuple(one_line(each)[:300] for each in found if each.strip())


def without_comments(value: str) -> str:
    """Return `value` without its bracketed comments, nested ones included."""
    for _depth in range(_DEEPEST_COMMENT):
        shorter = _COMMENT.sub(" ", value)
        if shorter == value:
            break
        value = shorter
    return value


def date_of(value: str) -> datetime | None:
    """Return the instant that `value` tells, aware; None when it tells none that can be."""
    flat = unfold(without_comments(value[:1000]))
    for form in (_DAY_FIRST, _ISO, _MONTH_FIRST):
        if found := form.search(flat):
            return _instant(found)
    return None


def _instant(found: re.Match[str]) -> datetime | None:
    try:
        told = datetime(
            _year(found["year"]),
            _month(found["month"]),
            int(found["day"]),
            int(found["hour"]),
            int(found["minute"]),
            min(int(found["second"] or 0), 59),
            tzinfo=_zone(found["zone"] or ""),
        )
    except ValueError:
        return None
    return told if _FIRST_YEAR <= told.year <= _LAST_YEAR else None


def _year(digits: str) -> int:
    """Return the year that `digits` mean: two or three of them count from a century."""
    year = int(digits)
    if len(digits) == len("1999"):
        return year
    return year + (2000 if year < _THIS_CENTURY else 1900)


def _month(word: str) -> int:
    return int(word) if word.isdigit() else _MONTHS.index(word[:3].lower()) + 1


def _zone(word: str) -> timezone:
    if word[:1] in {"+", "-"}:
        digits = word[1:].replace(":", "")
        offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
        return timezone(-offset if word[0] == "-" else offset)
    hours = _ZONES.get(word.upper(), _ZONES.get(word[:3].upper(), 0))
    return timezone(timedelta(hours=hours)) if hours else UTC


def parameters_of(value: str) -> tuple[str, dict[str, str]]:
    """Return the leading token of `value` in lower case, and its parameters decoded (RFC 2231)."""
    head, _semicolon, rest = _repaired(value).partition(";")
    token = re.sub(r"\s+", "", without_comments(head)).lower()
    plain: dict[str, str] = {}
    sections: dict[str, dict[int, tuple[str, bool]]] = {}
    for name, said in _parameters(rest):
        if section := _SECTION.match(name):
            sections.setdefault(section[1], {})[int(section[2])] = said, bool(section[3])
        elif name.endswith("*"):
            sections.setdefault(name[:-1], {})[0] = said, True
        else:
            plain.setdefault(name, decode_words(said))
    return clean(token), plain | {name: _joined(parts) for name, parts in sections.items()}


def _repaired(value: str) -> str:
    """Put the semicolon where a sender broke the line without one."""
    return _BROKEN_PARAMETER.sub("; ", value.strip())


def _parameters(rest: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    position = 0
    while (equals := rest.find("=", position)) >= 0 and len(found) < MOST_PARAMETERS:
        name = rest[position:equals].rpartition(";")[2].split()[-1:]
        if quoted := _QUOTED.match(rest, equals + 1):
            said, position = re.sub(r"\\(.)", r"\1", quoted[1]), quoted.end()
        else:
            position = rest.find(";", equals)
            position = len(rest) if position < 0 else position
            said = without_comments(rest[equals + 1 : position]).strip()
        if name:
            found.append((name[0].lower(), _folds_as(" ", said)))
    return found


def _joined(parts: dict[int, tuple[str, bool]]) -> str:
    """Join the numbered sections of one parameter and decode them together."""
    charset, data = "utf-8", b""
    for number in sorted(parts):
        said, encoded = parts[number]
        if number == 0 and encoded and (labelled := _LABELLED.match(said)):
            charset, said = labelled[1], labelled[2]
        data += unquote_to_bytes(said) if encoded else said.encode("utf-8", "replace")
    return decode_words(decode(data, charset)[0])
