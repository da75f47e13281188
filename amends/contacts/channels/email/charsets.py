"""Bytes to text, whatever their sender claims. Nothing here raises."""

import codecs
import re

from amends.contacts.rules.messages import Problem

# What senders call things, and the superset that they mean by it (as browsers read them).
_MEANT = {
    "ansi_x3.4-1968": "ascii",
    "us-ascii": "ascii",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "l1": "cp1252",
    "windows-1252": "cp1252",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "tis-620": "cp874",
    "windows-874": "cp874",
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-8-e": "iso-8859-8",
    "iso-8859-6-i": "iso-8859-6",
    "gb2312": "gb18030",
    "gb_2312-80": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "big5": "big5hkscs",
    "x-x-big5": "big5hkscs",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601": "cp949",
    "euc-kr": "cp949",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "iso-2022-jp": "iso2022_jp_ext",
    "x-mac-roman": "mac_roman",
    "macintosh": "mac_roman",
    "x-mac-cyrillic": "mac_cyrillic",
    "koi8-ru": "koi8-u",
    "unicode-1-1-utf-7": "utf-7",
    "unicode-1-1-utf-8": "utf-8",
    "utf8mb4": "utf-8",
}
_TEXT_CODECS = re.compile(
    r"ascii|utf|latin|iso|cp\d|koi|mac|gb|big5|euc|shift|johab|hz|tis|ptcp|kz"
)
_RUN = re.compile(rb"[\x80-\xff]+")
_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE)
_ESCAPE = re.compile(rb"(\x1b(?:\$[@B]|\([BJI]))")
_TWO_BYTES = {b"\x1b$@", b"\x1b$B"}
_FIRST, _LAST, _LAST_OF_LOWER, _SKIPS_DELETE = 0x21, 0x7E, 0x5E, 0x60
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f]")  # the whole of Unicode's category Cc
_NEVER = re.compile("[\x00\ud800-\udfff]")
_SMALL_IN_KOI8 = bytes(range(0xC0, 0xE0))
_FIRST_HANZI, _LAST_FREQUENT_HANZI = 0xB0, 0xD7
_CYRILLIC_RUN = 2.5  # letters in a row beyond ASCII: Latin scripts have one or two, Cyrillic words


def clean(text: str) -> str:
    """Return `text` without what no database holds: NUL and lone surrogates."""
    return _NEVER.sub("\ufffd", text)


def one_line(text: str) -> str:
    """Return `text` for a header or a file name: no line breaks, no control characters."""
    return clean(_CONTROLS.sub(" ", text)).strip(" ")


def codec_for(label: str) -> str:
    """Return the codec that a sender means by `label`; empty if there is none."""
    name = label.strip().strip("\"'").lower()
    name = _MEANT.get(name, name)
    try:
        found = codecs.lookup(name).name
    except (LookupError, ValueError):
        return ""
    return name if _TEXT_CODECS.match(found) else ""


def guess(data: bytes) -> str:
    """Return the codec that `data` was most likely written with."""
    try:
        data.decode()
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and error.start > 0:
            return "utf-8"
    else:
        return "utf-8"
    return _guess_of_one_byte(data[:100_000])


def _guess_of_one_byte(data: bytes) -> str:
    """Tell Cyrillic from Latin by the length of the runs, and the two Cyrillic codecs by case."""
    runs = _RUN.findall(data)
    if sum(map(len, runs)) / len(runs) < _CYRILLIC_RUN:
        return "cp1252"
    letters = b"".join(runs)
    if _is_chinese(runs, letters):
        return "gb18030"
    others = letters.translate(None, _SMALL_IN_KOI8)
    return "koi8-r" if len(others) < len(letters) / 2 else "cp1251"


def _from_japanese(data: bytes) -> str:
    """Return ISO-2022-JP with the signs of Windows, which no codec of Python's takes.

    Each pair of seven-bit bytes is written as the pair of Shift_JIS that it stands for.
    """
    pieces = _ESCAPE.split(data)
    text = pieces[0].decode("ascii", "replace")
    for escape, piece in zip(pieces[1::2], pieces[2::2], strict=True):
        if escape in _TWO_BYTES:
            pairs = zip(piece[::2], piece[1::2], strict=False)
            text += b"".join(_shifted(*pair) for pair in pairs).decode("cp932", "replace")
        else:
            text += piece.decode("cp932", "replace")
    return text


def _shifted(row: int, cell: int) -> bytes:
    if not (_FIRST <= row <= _LAST and _FIRST <= cell <= _LAST):
        return bytes([row, cell])
    lead = (row + 1) // 2 + (0x70 if row <= _LAST_OF_LOWER else 0xB0)
    step = 0x7E if row % 2 == 0 else 0x1F + (cell >= _SKIPS_DELETE)
    return bytes([lead, cell + step])


def _is_chinese(runs: list[bytes], letters: bytes) -> bool:
    """Return whether these are pairs of GB 2312: frequent signs, and second bytes of all kinds.

    Words of Cyrillic have odd lengths half of the time, and their letters lie within 32 codes.
    """
    if any(len(run) % 2 for run in runs):
        return False
    leads, trails = letters[::2], letters[1::2]
    frequent = sum(_FIRST_HANZI <= lead <= _LAST_FREQUENT_HANZI for lead in leads)
    elsewhere = len(trails.translate(None, _SMALL_IN_KOI8))
    return frequent >= len(leads) * 0.7 and elsewhere >= len(trails) * 0.3


def decode(data: bytes, label: str = "") -> tuple[str, Problem | None]:
    """Return the text of `data`, which its sender says is in the charset `label`."""
    codec = codec_for(label)
    if codec:
        try:
            return clean(data.decode(codec)), None
        except (UnicodeError, ValueError):
            pass
    return _decode_otherwise(data, codec, label)


def _decode_otherwise(data: bytes, codec: str, label: str) -> tuple[str, Problem | None]:
    """Read what the label does not fit: as declared but for a few bytes, or as it looks."""
    problem = Problem.CHARSET_WRONG if label else None
    if codec == "iso2022_jp_ext" and data.isascii():
        return clean(_from_japanese(data)), None
    looks = guess(data)
    if looks != "utf-8" and codec not in {"", "ascii", "cp1252"}:
        nearly = data.decode(codec, "replace")
        if codec != "utf-8" or nearly.count("\ufffd") * 20 <= len(nearly):
            return clean(nearly), problem
    return clean(_as_it_looks(data, looks)), problem


def _as_it_looks(data: bytes, codec: str) -> str:
    """Read with a guessed codec; what it lacks is read byte by byte, so that none is lost."""
    try:
        return data.decode(codec, "strict" if codec != "utf-8" else "replace")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def charset_inside(html: bytes) -> str:
    """Return the charset that an HTML document claims for itself; empty if none."""
    found = _META.search(html[:4096])
    return found.group(1).decode("ascii") if found else ""
