"""Bytes taken as they come: few of them in memory, many in a file that is put where files are kept.

Needs nothing of Django, so that what must start fast can use it.
"""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Self


class TooMuch(Exception):
    """More bytes came than may be."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What came. raw: None where it lies in file storage by its SHA-256, synced."""

    sha256: str
    size_bytes: int
    raw: bytes | None


class Spool:
    """Takes bytes; leaves nothing behind unless `keep` was reached."""

    def __init__(self, root: Path, *, most_in_memory: int, most: int) -> None:
        self._root, self._most_in_memory, self._most = root, most_in_memory, most
        self._digest = hashlib.sha256()
        self._beginning = bytearray()
        self._unfinished: Path | None = None
        self.size_bytes = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_problem: object) -> None:
        if self._unfinished:
            self._file.close()
            self._unfinished.unlink(missing_ok=True)

    def write(self, data: bytes) -> None:
        """Take `data`. Raises TooMuch, OSError."""
        self.size_bytes += len(data)
        if self.size_bytes > self._most:
            raise TooMuch
        self._digest.update(data)
        if self._unfinished is None and self.size_bytes > self._most_in_memory:
            self._begin_file()
        if self._unfinished is None:
            self._beginning += data
        else:
            self._file.write(data)

    def keep(self) -> Kept:
        """Return what came; what is large is on the disk by then. Raises OSError."""
        digest = self._digest.hexdigest()
        if self._unfinished is None:
            return Kept(digest, self.size_bytes, bytes(self._beginning))
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        place = place_in(self._root, digest)
        place.parent.mkdir(exist_ok=True)
        self._unfinished.replace(place)
        self._unfinished = None
        sync(place.parent)
        sync(self._root)
        return Kept(digest, self.size_bytes, None)

    def _begin_file(self) -> None:
        self._root.mkdir(parents=True, exist_ok=True)
        self._file = NamedTemporaryFile(dir=self._root, prefix=".", delete=False)  # noqa: SIM115  closed in __exit__
        self._unfinished = Path(self._file.name)
        self._file.write(self._beginning)
        self._beginning.clear()


def place_in(root: Path, digest: str) -> Path:
    """Return where below `root` the file with this SHA-256 is kept."""
    return root / digest[:2] / digest[2:]


def sync(directory: Path) -> None:
    """Put the names in `directory` on the disk."""
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
