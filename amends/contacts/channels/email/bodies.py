"""What the body of a part holds: transfer encodings undone."""

import binascii
import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

from amends.contacts.channels.email.charsets import charset_inside, decode
from amends.contacts.channels.email.headers import without_comments
from amends.contacts.channels.email.structure import Part, with_line_ends
from amends.contacts.rules.messages import Problem

LONGEST_TEXT = 1_000_000
LONGEST_HTML = 700_000
MOST_PIECES = 1000
MOST_BYTES_PER_LETTER = 6
PIECE_BYTES = 2_000_000

_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="
_NOT_BASE64 = bytes(byte for byte in range(256) if byte not in _BASE64)
_PADDING = re.compile(rb"=+")
_UU = ("x-uuencode", "uuencode", "x-uue", "uue")
_UU_BEGIN = re.compile(rb"(?m)^begin [0-7]{3,4} [^\n]*\n")


def content_of(part: Part) -> tuple[bytes, Problem | None]:
    """Return the bytes that `part` carries, its transfer encoding undone."""
    encoding = _encoding_of(part)
    if encoding == "base64":
        return _from_base64(part.body)
    if encoding == "quoted-printable":
        return binascii.a2b_qp(part.body), None
    return _from_uu(part.body) if encoding in _UU else (part.body, None)


def content_in_pieces(part: Part) -> Iterator[bytes]:
    """Yield the bytes that `part` carries piece by piece, for one that is too large for memory."""
    encoding = _encoding_of(part)
    carried = b""
    for start in range(part.head_end, part.end, PIECE_BYTES):
        letters = part.raw[start : min(start + PIECE_BYTES, part.end)]
        if encoding == "base64":
            letters = carried + letters.translate(None, _NOT_BASE64)
            whole = letters.rfind(b"=") + 1
            whole += (len(letters) - whole) // 4 * 4
            yield _from_base64(letters[:whole])[0]
        elif encoding == "quoted-printable":
            letters = carried + letters
            whole = letters.rfind(b"\n") + 1 or len(letters)
            yield binascii.a2b_qp(letters[:whole])
        else:
            whole = len(letters)
            yield letters
        carried = letters[whole:]
    if carried:
        yield _from_base64(carried)[0] if encoding == "base64" else binascii.a2b_qp(carried)


def is_encoded(part: Part) -> bool:
    """Return whether the bytes of `part` are carried in other characters than their own."""
    return _encoding_of(part) in {"base64", "quoted-printable", *_UU}


def _encoding_of(part: Part) -> str:
    return without_comments(part.header("content-transfer-encoding")).strip(" \t\r\n\"';").lower()


def _from_base64(body: bytes) -> tuple[bytes, Problem | None]:
    """Undo base64 as far as it goes: stray bytes skipped, pieces joined, a cut end kept."""
    decoded, problem = [], None
    for piece in _PADDING.split(body.translate(None, _NOT_BASE64), MOST_PIECES):
        letters = piece.replace(b"=", b"")
        if len(letters) % 4 == 1 or len(letters) < len(piece):
            letters, problem = letters[: len(letters) // 4 * 4], Problem.ENCODING_BROKEN
        decoded.append(binascii.a2b_base64(letters + b"=" * (-len(letters) % 4)))
    return b"".join(decoded), problem


def _from_uu(body: bytes) -> tuple[bytes, Problem | None]:
    begin = _UU_BEGIN.search(body)
    decoded, problem = bytearray(), None if begin else Problem.ENCODING_BROKEN
    for line in BytesIO(body[begin.end() if begin else 0 :]):
        letters = line.rstrip(b"\r\n")
        if letters == b"end":
            break
        try:
            decoded += binascii.a2b_uu(letters)
        except binascii.Error:
            problem = Problem.ENCODING_BROKEN
    return bytes(decoded), problem


def text_of_part(part: Part) -> tuple[str, list[Problem]]:
    """Return the text of a part whose type is text, with plain line ends, and what went wrong."""
    longest = LONGEST_HTML if part.type == "text/html" else LONGEST_TEXT
    encoded = min(part.end, part.head_end + longest * MOST_BYTES_PER_LETTER)
    data, broken = content_of(replace(part, end=encoded))
    label = part.parameters.get("charset", "")
    if part.type == "text/html":
        label = label or charset_inside(data)
    text, wrong = decode(with_line_ends(data[:longest]), label)
    cut = Problem.TEXT_CUT if len(data) > longest else None
    return text.replace("\r\n", "\n").replace("\r", "\n"), [
        problem for problem in (broken, wrong, cut) if problem
    ]
