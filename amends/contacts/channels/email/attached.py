"""Files that come with a message: what they are called, and what they are by their content."""

import mimetypes
import re

import puremagic

from amends.contacts.channels.email.bodies import content_of, is_encoded, text_of_part
from amends.contacts.channels.email.charsets import clean, one_line
from amends.contacts.channels.email.headers import decode_words, parameters_of
from amends.contacts.channels.email.structure import Part, parts_of
from amends.contacts.rules.messages import Attached, Problem, Shape

LONGEST_NAME = 200
LONGEST_ENDING = 10

_PATH = re.compile(r"[/\\]+")
_EXTENSIONS = {
    "image/jpeg": ".jpg",
    "image/jpg": ".jpg",
    "image/pjpeg": ".jpg",
    "message/rfc822": ".eml",
    "message/global": ".eml",
    "message/delivery-status": ".txt",
    "message/disposition-notification": ".txt",
    "text/rfc822-headers": ".txt",
    "text/plain": ".txt",
    "text/calendar": ".ics",
    "application/ms-tnef": ".dat",
}
_TYPES = mimetypes.MimeTypes()  # what Python knows by itself, the same on every machine
_UNKNOWN = "application/octet-stream"
_WRITTEN = ("text/", "message/delivery-status", "message/disposition-notification")
_HEAD = 8192
_DOCUMENTS = (b"%PDF", b"{\\rtf", b"%!PS")
_NEVER_IN_TEXT = bytes({*range(32)} - {9, 10, 11, 12, 13, 27})
_ACTIVE = re.compile(
    rb"<\s*(?:!doctype\s+html|html|head|body|script|svg|iframe|meta)\b", re.IGNORECASE
)


def attached(part: Part, shape: Shape = Shape.FILE) -> tuple[Attached, Problem | None]:
    """Return the file that `part` carries; an attached message keeps its bytes as they came."""
    data, problem = _bytes_of(part)
    name = file_name_of(part)
    file = Attached(
        file_name=name,
        declared_type=part.type[:100],
        type=type_of(data, name, part.type),
        data=data,
        shape=shape,
        content_id=one_line(part.header("content-id")).strip("<> ")[:300],
    )
    return file, problem


def original(part: Part) -> Attached:
    """Return the HTML of a message as a file of its own, in UTF-8 with plain line ends."""
    text, _problems = text_of_part(part)
    return Attached("message.html", part.type, part.type, text.encode(), Shape.ORIGINAL)


def _bytes_of(part: Part) -> tuple[bytes, Problem | None]:
    """Return the bytes of a file; the line ends of plain text are the wire's and not its own."""
    if part.type == "message/rfc822" and not is_encoded(part):
        return part.body, None
    data, problem = content_of(part)
    if part.type.startswith(_WRITTEN) and not is_encoded(part):
        data = data.replace(b"\r\n", b"\n")
    return data, problem


def disposition_of(part: Part) -> tuple[str, dict[str, str]]:
    return parameters_of(part.header("content-disposition"))


def given_name(part: Part) -> str:
    """Return the file name that the sender gave; empty if none."""
    _kind, parameters = disposition_of(part)
    return safe_name(parameters.get("filename") or part.parameters.get("name") or "")


def file_name_of(part: Part) -> str:
    """Return the name to file `part` under: the sender's, or one that tells what it is."""
    if given := given_name(part):
        return given
    extension = _extension(part.type)
    told = _subject_of(part) or safe_name(decode_words(part.header("content-description")))
    if not told:
        family = part.type.partition("/")[0]
        told = family if family in {"image", "audio", "video", "message"} else "file"
    return told if told.lower().endswith(extension) else told + extension


def _subject_of(part: Part) -> str:
    """Return what the message that `part` carries is about; empty for anything else."""
    if part.type != "message/rfc822":
        return ""
    inner, _problems = parts_of(part.body)
    return safe_name(decode_words(inner.header("subject")))


def safe_name(name: str) -> str:
    """Return `name` as a bare file name of bearable length, its ending kept."""
    bare = one_line(_PATH.split(clean(name))[-1]).strip(". ") if name.strip(". /\\") else ""
    if len(bare) <= LONGEST_NAME:
        return bare
    stem, dot, ending = bare.rpartition(".")
    kept = dot + ending if dot and len(ending) <= LONGEST_ENDING else ""
    return (stem or bare)[: LONGEST_NAME - len(kept)] + kept


def _extension(media_type: str) -> str:
    return _EXTENSIONS.get(media_type) or _TYPES.guess_extension(media_type) or ""


def type_of(data: bytes, name: str = "", declared: str = "") -> str:
    """Return the media type that the content of `data` shows; the sender's word counts for none.

    A name only decides between types that share a beginning; text is text, and markup that a
    browser would run is told as such.
    """
    if declared == "message/rfc822":
        return declared
    if _is_text(data):
        return "text/html" if _ACTIVE.search(data[:_HEAD]) else "text/plain"
    try:
        return puremagic.from_string(data, mime=True, filename=name or None) or _UNKNOWN
    except (puremagic.PureError, ValueError):
        return _UNKNOWN


def _is_text(data: bytes) -> bool:
    head = data[:_HEAD]
    if not head or head.startswith(_DOCUMENTS):
        return False
    if len(head.translate(None, _NEVER_IN_TEXT)) < len(head):
        return False
    try:
        head.decode()
    except UnicodeDecodeError as error:
        return error.reason == "unexpected end of data"
    return True
