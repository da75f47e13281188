"""Files that come with a message: what they are called, and what they are by their content."""

import mimetypes
import mmap
import re
from collections.abc import Sequence
from tempfile import TemporaryFile

from amends.base.files import media_type_of
from amends.contacts.channels.email.bodies import (
    content_in_pieces,
    content_of,
    is_encoded,
    text_of_part,
)
from amends.contacts.channels.email.charsets import clean, one_line
from amends.contacts.channels.email.headers import decode_words, parameters_of
from amends.contacts.channels.email.structure import LONGEST_HEADERS, Part, parts_of
from amends.contacts.channels.email.tnef import Package, is_package, unpacked
from amends.contacts.rules.messages import Attached, Data, Problem, Shape

LONGEST_NAME = 200
LONGEST_ENDING = 10
MOST_PACKAGES = 3
LARGEST_IN_MEMORY = 12_000_000

_MESSAGE = "message/rfc822"
_PATH = re.compile(r"[/\\]+")
_EXTENSIONS = {
    "image/jpeg": ".jpg",
    "image/jpg": ".jpg",
    "image/pjpeg": ".jpg",
    _MESSAGE: ".eml",
    "message/global": ".eml",
    "message/delivery-status": ".txt",
    "message/disposition-notification": ".txt",
    "text/rfc822-headers": ".txt",
    "text/plain": ".txt",
    "text/calendar": ".ics",
    "application/ms-tnef": ".dat",
}
_TYPES = mimetypes.MimeTypes()  # what Python knows by itself, the same on every machine
_WRITTEN = ("text/", "message/delivery-status", "message/disposition-notification")


def attached(part: Part, shape: Shape = Shape.FILE) -> tuple[Attached, Problem | None]:
    """Return the file that `part` carries; an attached message keeps its bytes as they came."""
    name = file_name_of(part)
    data: Data
    if part.size_bytes > LARGEST_IN_MEMORY:
        data, problem = _mapped(part), None
    else:
        data, problem = _bytes_of(part)
    file = Attached(
        file_name=name,
        declared_type=part.type[:100],
        type=media_type_of(data[:LARGEST_IN_MEMORY], name),
        data=data,
        shape=shape,
        content_id=one_line(part.header("content-id")).strip("<> ")[:300],
    )
    return file, problem


def packed_in(files: Sequence[Attached]) -> list[Package]:
    """Return what Outlook has packed into one of `files`."""
    packages = [
        unpacked(file.data[:LARGEST_IN_MEMORY]) for file in files if is_package(file.data[:4])
    ]
    return packages[:MOST_PACKAGES]


def taken_out(package: Package) -> tuple[Attached, ...]:
    """Return the files of a package as files of the mail."""
    return tuple(
        Attached(
            file_name=safe_name(file.name) or "file" + _extension(file.media_type.lower()),
            declared_type=one_line(file.media_type)[:100],
            type=media_type_of(file.data, safe_name(file.name)),
            data=file.data,
            shape=Shape.INLINE if file.content_id else Shape.FILE,
            content_id=one_line(file.content_id).strip("<> ")[:300],
        )
        for file in package.files
    )


def original(part: Part) -> Attached:
    """Return the HTML of a message as a file of its own, in UTF-8 with plain line ends."""
    text, _problems = text_of_part(part)
    return Attached("message.html", part.type, part.type, text.encode(), Shape.ORIGINAL)


def _mapped(part: Part) -> mmap.mmap:
    """Return the bytes of a large file, written to a file without a name and mapped from there."""
    with TemporaryFile() as file:
        for piece in content_in_pieces(part):
            file.write(piece)
            if isinstance(part.raw, mmap.mmap):
                part.raw.madvise(mmap.MADV_DONTNEED)
        file.write(b"" if file.tell() else b"\0")  # nothing cannot be mapped
        file.flush()
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def _bytes_of(part: Part) -> tuple[bytes, Problem | None]:
    """Return the bytes of a file; the line ends of plain text are the wire's and not its own."""
    if part.type == _MESSAGE and not is_encoded(part):
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
    if part.type != _MESSAGE:
        return ""
    inner, _problems = parts_of(part.beginning(LONGEST_HEADERS))
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
