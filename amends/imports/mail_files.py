"""Mail as it lies in files: single messages, folders of them, and mbox.

Nothing is changed: a message is the bytes between two `From ` lines, that line included. A file is
mapped, not read, so that its size does not matter.
"""

import mmap
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_SEPARATOR = re.compile(
    rb"(?:\A|(?<=\n))From [^\r\n]*\r?\n(?:>?From [^\r\n]*\r?\n)*[!-9;-~]+[ \t]*:"
)
# One with nothing but a dash, or with a time of day, needs no empty line before it.
_SURE = re.compile(rb"From (?:-[ \t]*\r?\n|[^\r\n]*\d{1,2}:\d{2}[^\r\n]*\r?\n)")
_CONTENT_LENGTH = re.compile(rb"(?im)^content-length:[ \t]*(\d{1,12})[ \t]*\r?$")
_HEADERS_END = re.compile(rb"\r?\n\r?\n")
_MOST_HEADER_BYTES = 1_000_000


def files_under(path: Path) -> Iterator[Path]:
    """Yield `path`, or every file below it in the order of names; hidden ones are left out.

    Raises OSError where `path` itself cannot be looked into.
    """
    if not path.is_dir():
        path.stat()
        yield path
        return
    for entry in sorted(os.scandir(path), key=lambda entry: entry.name):
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from files_under(Path(entry.path))
        elif entry.is_file():
            yield Path(entry.path)


@contextmanager
def messages_in(path: Path) -> Iterator[Iterator[memoryview]]:
    """Give the messages in the file at `path`, each as a view that is good only within.

    Raises OSError.
    """
    with path.open("rb") as file:
        if not os.fstat(file.fileno()).st_size:
            yield iter([memoryview(b"")])
            return
        with (
            mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped,
            memoryview(mapped) as whole,
        ):
            yield _views(mapped, whole)


def _views(mapped: mmap.mmap, whole: memoryview) -> Iterator[memoryview]:
    for start, end in spans_of(mapped):
        with whole[start:end] as view:
            yield view


def spans_of(raw: bytes | mmap.mmap) -> Iterator[tuple[int, int]]:
    """Yield where the messages of an mbox begin and end; of anything else, the whole of it."""
    first = _SEPARATOR.match(raw)
    if first is None:
        yield 0, len(raw)
        return
    start = 0
    while start >= 0:
        following = _next_separator(raw, start)
        end = following if following >= 0 else len(raw)
        yield start, _without_empty_line(raw, start, end)
        start = following


def _next_separator(raw: bytes | mmap.mmap, start: int) -> int:
    """Return where the message after the one at `start` begins; -1 if there is none.

    A message that tells its length truly is believed, since such files do not mark the lines of a
    text that look like separators.
    """
    told = _told_end(raw, start)
    if told is not None:
        return told
    position = start + 1
    while found := _SEPARATOR.search(raw, position):
        if _SURE.match(raw, found.start()) or _after_empty_line(raw, found.start()):
            return found.start()
        position = found.start() + 1
    return -1


def _told_end(raw: bytes | mmap.mmap, start: int) -> int | None:
    """Return where the next message begins as Content-Length tells, -1 at the end of the file.

    None if it is not told, or wrong.
    """
    headers_end = _HEADERS_END.search(raw, start, start + _MOST_HEADER_BYTES)
    if headers_end is None:
        return None
    length = _CONTENT_LENGTH.search(raw, start, headers_end.start() + 1)
    if length is None:
        return None
    end = headers_end.end() + int(length[1])
    rest = bytes(raw[end : end + 4])
    end += len(rest) - len(rest.lstrip(b"\r\n"))
    if end == len(raw):
        return -1
    return end if _SEPARATOR.match(raw, end) else None


def _after_empty_line(raw: bytes | mmap.mmap, position: int) -> bool:
    before = bytes(raw[max(0, position - 4) : position])
    return before.endswith((b"\n\n", b"\n\r\n"))


def _without_empty_line(raw: bytes | mmap.mmap, start: int, end: int) -> int:
    """Return `end` without the empty line that sets a message apart from the next."""
    before = bytes(raw[max(start, end - 4) : end])
    for ending in (b"\n\r\n", b"\n\n"):
        if before.endswith(ending):
            return end - len(ending) + 1
    return end
