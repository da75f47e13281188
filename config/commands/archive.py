"""The archive that `amends backup` writes and `amends restore` reads.

A plain tar: `database.dump`, then everything under `files/`, and last `manifest.json` with the size
and SHA-256 of each, the version that wrote it and the migrations it knew.
"""

import hashlib
import io
import json
import tarfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO

from config.commands.problem import CannotGoOn

DUMP = "database.dump"
MANIFEST = "manifest.json"
FORMAT = 1
CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Part:
    """One file in the archive."""

    size_bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an archive says about itself; `parts` goes by the path inside the archive."""

    format: int
    version: str
    made_at: str
    migrations: list[str]
    parts: dict[str, Part]


def members(dump: Path, files: Path) -> Iterator[tuple[str, Path]]:
    """Yield what goes into an archive: its name there, and where it is now."""
    yield DUMP, dump
    for path in sorted(files.rglob("*")):
        if path.is_file():
            yield f"files/{path.relative_to(files).as_posix()}", path


def add(archive: tarfile.TarFile, name: str, path: Path) -> Part:
    """Put the file at `path` into `archive` and return what the manifest says about it."""
    with path.open("rb") as source:
        info = archive.gettarinfo(arcname=name, fileobj=source)
        info.uid = info.gid = 0
        info.uname = info.gname = ""
        info.mode = 0o600
        reading = Hashing(source)
        archive.addfile(info, reading)
    return Part(info.size, reading.sha256.hexdigest())


def write_manifest(archive: tarfile.TarFile, manifest: Manifest, at: datetime) -> None:
    text = json.dumps(asdict(manifest), indent=1, sort_keys=True).encode()
    info = tarfile.TarInfo(MANIFEST)
    info.size, info.mtime, info.mode = len(text), int(at.timestamp()), 0o600
    archive.addfile(info, io.BytesIO(text))


def unpack(archive: Path, into: Path) -> Manifest:
    """Unpack `archive` into the directory `into` and return its manifest; it all agrees.

    Raises CannotGoOn when it is no archive of ours, or when a byte of it is missing or changed.
    """
    try:
        with tarfile.open(archive, "r:") as opened:
            found = {info.name: _unpack_one(opened, info, into) for info in opened}
    except tarfile.TarError as problem:
        raise CannotGoOn(f"{archive} is not a whole archive of Amends: {problem}.") from problem
    if MANIFEST not in found:
        raise CannotGoOn(f"{archive} has no manifest at its end: it is not a whole archive.")
    manifest = _read_manifest(into / MANIFEST, archive)
    del found[MANIFEST]
    for name in sorted(found.keys() | manifest.parts.keys()):
        if found.get(name) != manifest.parts.get(name):
            raise CannotGoOn(f"{archive} is damaged: {name} is not what its manifest says.")
    return manifest


def _read_manifest(path: Path, archive: Path) -> Manifest:
    try:
        said = json.loads(path.read_text())
        parts = {name: Part(**part) for name, part in said.pop("parts").items()}
        manifest = Manifest(parts=parts, **said)
    except (ValueError, TypeError, KeyError) as problem:
        raise CannotGoOn(f"The manifest of {archive} cannot be read: {problem}.") from problem
    if manifest.format != FORMAT:
        raise CannotGoOn(f"{archive} was written by a newer Amends ({manifest.version}).")
    return manifest


def _unpack_one(archive: tarfile.TarFile, info: tarfile.TarInfo, into: Path) -> Part:
    name = PurePosixPath(info.name)
    content = archive.extractfile(info) if info.isreg() else None
    if content is None or name.is_absolute() or ".." in name.parts:
        raise CannotGoOn(f"The archive holds {info.name!r}, which no archive of Amends does.")
    target = into / name
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    reading = Hashing(content)
    with target.open("wb") as written:
        while chunk := reading.read(CHUNK):
            written.write(chunk)
    target.chmod(0o600)
    return Part(info.size, reading.sha256.hexdigest())


class Hashing(io.RawIOBase):
    """Reads from another file and keeps the SHA-256 of what was read."""

    def __init__(self, source: IO[bytes]) -> None:
        self.source = source
        self.sha256 = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        chunk = self.source.read(size)
        self.sha256.update(chunk)
        return chunk
