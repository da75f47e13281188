"""What Outlook packs into `winmail.dat`: the text of a message, and its files.

Own, because the library for it copies the whole for each of its pieces and trusts every number in
it, so that a small file holds it up for hours. Every step here is bounded, and nothing raises.

Source: MS-OXTNEF, sections 2.1.3 and 2.1.3.4 (attributes and properties).
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from amends.contacts.channels.email.charsets import codec_for, decode

MOST_PIECES = 10_000
MOST_PROPERTIES = 2_000
MOST_FILES = 200
MOST_VALUES = 100
DEEPEST = 3

_SIGNATURE = b"\x78\x9f\x3e\x22"
_TEXT, _TITLE, _DATA, _PROPERTIES = 0x800C, 0x8010, 0x800F, 0x9003
_FILE_BEGINS, _FILE_PROPERTIES, _CODE_PAGE = 0x9002, 0x9005, 0x9007
_BODY, _BODY_HTML, _LONG_NAME, _NAME = 0x1000, 0x1013, 0x3707, 0x3704
_CONTENT_ID, _OBJECT, _MEDIA_TYPE, _CODE_PAGE_OF_TEXT = 0x3712, 0x3701, 0x370E, 0x3FDE
_STRING, _UNICODE, _BINARY, _EMBEDDED = 0x1E, 0x1F, 0x102, 0x0D
_FIXED = {2: 4, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 0x0A: 4, 0x0B: 4, 0x14: 8, 0x40: 8, 0x48: 16}
_VARIABLE = {_STRING, _UNICODE, _BINARY, _EMBEDDED}
_NAMED_FROM, _MANY = 0x8000, 0x1000
_MESSAGE_ID_BYTES = 16  # of the interface that stands before an embedded message


@dataclass(slots=True)
class Packed:
    """A file in a package."""

    name: str = ""
    media_type: str = ""
    content_id: str = ""
    data: bytes = b""


@dataclass(slots=True)
class Package:
    """What a package holds. html: still in the charset that it was packed in."""

    text: str = ""
    html: str = ""
    files: list[Packed] = field(default_factory=list)
    code_page: str = "cp1252"


def is_package(data: bytes) -> bool:
    """Return whether `data` is a package of Outlook's."""
    return data.startswith(_SIGNATURE)


def unpacked(data: bytes, *, depth: int = 1) -> Package:
    """Return what is in `data`, as far as it can be read; embedded messages give their files."""
    package = Package()
    for kind, piece in _pieces(data):
        if kind == _FILE_BEGINS:
            if len(package.files) == MOST_FILES:
                break
            package.files.append(Packed())
        elif kind == _CODE_PAGE and len(piece) >= len("page"):
            package.code_page = _codec(int.from_bytes(piece[:4], "little"))
        elif kind == _TEXT:
            package.text = package.text or _text(piece, package.code_page)
        elif kind == _PROPERTIES:
            _read_message(piece, package)
        elif package.files:
            _read_file(kind, piece, package, depth)
    package.files = [file for file in package.files if file.data]
    return package


def _pieces(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the attributes of a package: which one it is, and its bytes."""
    position = 6
    for _number in range(MOST_PIECES):
        if position + 9 > len(data):
            return
        kind, length = struct.unpack_from("<xHxxI", data, position)
        yield kind, data[position + 9 : position + 9 + length]
        position += 9 + length + 2


def _read_message(piece: bytes, package: Package) -> None:
    told = dict(_properties(piece, package.code_page))
    page = told.get(_CODE_PAGE_OF_TEXT)
    codec = _codec(page) if isinstance(page, int) else package.code_page
    package.text = _words(told.get(_BODY), codec) or package.text
    package.html = _words(told.get(_BODY_HTML), codec) or package.html


def _read_file(kind: int, piece: bytes, package: Package, depth: int) -> None:
    file = package.files[-1]
    if kind == _TITLE:
        file.name = file.name or _text(piece, package.code_page)
    elif kind == _DATA:
        file.data = piece
    elif kind == _FILE_PROPERTIES:
        told = dict(_properties(piece, package.code_page))
        names = (_words(told.get(each), package.code_page) for each in (_LONG_NAME, _NAME))
        file.name = next((name for name in names if name), file.name)
        file.media_type = _words(told.get(_MEDIA_TYPE), package.code_page)
        file.content_id = _words(told.get(_CONTENT_ID), package.code_page)
        inside = told.get(_OBJECT)
        if isinstance(inside, bytes):
            _read_inside(inside, package, depth)


def _read_inside(data: bytes, package: Package, depth: int) -> None:
    """Read what a file is that is an object: a message with files of its own, or plain bytes."""
    embedded = data[_MESSAGE_ID_BYTES:]
    if not is_package(embedded):
        package.files[-1].data = data
    elif depth < DEEPEST:
        inner = unpacked(embedded, depth=depth + 1)
        words = inner.text.encode() or inner.html.encode()
        package.files[-1].data = words
        package.files[-1].media_type = "text/plain" if inner.text else "text/html"
        room = MOST_FILES - len(package.files)
        package.files += inner.files[:room]


def _properties(data: bytes, code_page: str) -> Iterator[tuple[int, str | int | bytes]]:
    """Yield the properties in `data` that we know how to read, until one is broken."""
    try:
        [count] = struct.unpack_from("<I", data)
        position = 4
        for _number in range(min(count, MOST_PROPERTIES)):
            kind, name = struct.unpack_from("<HH", data, position)
            position = _after_name(data, position + 4, named=name >= _NAMED_FROM)
            value, position = _value(data, position, kind, code_page)
            if value is not None:
                yield name, value
    except (struct.error, KeyError):
        return


def _after_name(data: bytes, position: int, *, named: bool) -> int:
    if not named:
        return position
    [by_words] = struct.unpack_from("<I", data, position + 16)
    if not by_words:
        return position + 24
    [length] = struct.unpack_from("<I", data, position + 20)
    return position + 24 + _padded(length)


def _value(
    data: bytes, position: int, kind: int, code_page: str
) -> tuple[str | int | bytes | None, int]:
    """Return the first value of a property, and where the next property begins.

    Raises struct.error, KeyError.
    """
    bare = kind & ~_MANY
    count = 1
    if kind & _MANY or bare in _VARIABLE:
        [count] = struct.unpack_from("<I", data, position)
        position += 4
    if bare not in _VARIABLE:
        [number] = struct.unpack_from("<I", data, position) if count else [0]
        return number, position + count * _FIXED[bare]
    first: bytes | None = None
    for _number in range(min(count, MOST_VALUES)):
        [length] = struct.unpack_from("<I", data, position)
        first = data[position + 4 : position + 4 + length] if first is None else first
        position += 4 + _padded(length)
    return _said(first, bare, code_page), position


def _said(value: bytes | None, kind: int, code_page: str) -> str | bytes | None:
    if value is None or kind in {_BINARY, _EMBEDDED}:
        return value
    return _text(value, "utf-16-le" if kind == _UNICODE else code_page)


def _padded(length: int) -> int:
    return length + -length % 4


def _words(value: str | int | bytes | None, codec: str) -> str:
    if isinstance(value, bytes):
        return _text(value, codec)
    return value if isinstance(value, str) else ""


def _text(data: bytes, codec: str) -> str:
    return decode(data, codec)[0].rstrip("\x00\ufffd").replace("\r\n", "\n")


def _codec(page: int) -> str:
    """Return the codec of a Windows code page; the most usual one if there is none."""
    known = {65001: "utf-8", 20127: "ascii", 28591: "cp1252", 28592: "iso-8859-2", 20866: "koi8-r"}
    return known.get(page) or (codec_for(f"cp{page}") and f"cp{page}") or "cp1252"
