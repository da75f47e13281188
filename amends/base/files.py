"""Files, kept by what they contain: the same bytes are kept once, and a name says nothing.

They lie under MEDIA_ROOT by their SHA-256, the first two digits of it being a folder, and are on
the disk before the row that names them is committed.
"""

import hashlib
import mmap
import os
import re
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import BinaryIO

import puremagic
from django.conf import settings

from amends.base.spool import place_in, sync

UNKNOWN_TYPE = "application/octet-stream"
PROGRAM_TYPE = "application/vnd.microsoft.portable-executable"

_HEAD_BYTES = 8192
_PROGRAMS = (b"MZ", b"\x7fELF", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe")
_DOCUMENTS = (b"%PDF", b"{\\rtf", b"%!PS")
_NEVER_IN_TEXT = bytes({*range(32)} - {9, 10, 11, 12, 13, 27})
_ACTIVE = re.compile(
    rb"<\s*(?:!doctype\s+html|html|head|body|script|svg|iframe|meta)\b", re.IGNORECASE
)


def keep(data: bytes | memoryview | mmap.mmap) -> str:
    """Keep `data` on the disk, synced, and return its SHA-256 in hexadecimal."""
    digest = hashlib.sha256(data).hexdigest()
    place = path_of(digest)
    if place.exists():
        os.utime(place)  # wanted just now: it is not to be forgotten before its row is there
        return digest
    place.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=place.parent, prefix=".", delete=False) as unfinished:
        unfinished.write(data)
        unfinished.flush()
        os.fsync(unfinished.fileno())
    Path(unfinished.name).replace(place)
    sync(place.parent)
    return digest


def open_kept(digest: str) -> BinaryIO:
    """Return the file kept as `digest`, open for reading.

    Raises FileNotFoundError.
    """
    return path_of(digest).open("rb")


def path_of(digest: str) -> Path:
    """Return where the file with this SHA-256 is kept."""
    return place_in(Path(settings.MEDIA_ROOT), digest)


def media_type_of(data: bytes, name: str = "") -> str:
    """Return the media type that the content of `data` shows; whoever sent it is not asked.

    A name only decides between types that share a beginning. Markup that a browser would run is
    told as HTML, whatever it calls itself.
    """
    if _is_text(data):
        return "text/html" if _ACTIVE.search(data[:_HEAD_BYTES]) else "text/plain"
    if data[:4].startswith(_PROGRAMS):
        return PROGRAM_TYPE
    try:
        return puremagic.from_string(data, mime=True, filename=name or None) or UNKNOWN_TYPE
    except (puremagic.PureError, ValueError):
        return UNKNOWN_TYPE


def _is_text(data: bytes) -> bool:
    head = data[:_HEAD_BYTES]
    if not head or head.startswith(_DOCUMENTS):
        return False
    if len(head.translate(None, _NEVER_IN_TEXT)) < len(head):
        return False
    try:
        head.decode()
    except UnicodeDecodeError as error:
        return error.reason == "unexpected end of data"
    return True
