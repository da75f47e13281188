"""Files that we made ourselves, such as a whole case for somebody outside: kept for a time only.

They lie beside the files that came to us, in a folder of their own under MEDIA_ROOT, so that to
delete one never takes away what somebody sent us with the same bytes.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

from django.conf import settings

FOLDER = "made"


def made_path(digest: str) -> Path:
    """Return where the made file with this SHA-256 is kept."""
    return Path(settings.MEDIA_ROOT) / FOLDER / digest


@contextmanager
def unfinished() -> Iterator[IO[bytes]]:
    """Yield a new file to write and read; it is deleted afterwards unless `keep_made` took it."""
    folder = Path(settings.MEDIA_ROOT) / FOLDER
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=folder, prefix=".", delete=False) as file:
        try:
            yield file
        finally:
            Path(file.name).unlink(missing_ok=True)


def keep_made(file: IO[bytes], digest: str) -> None:
    """Keep an unfinished file, written to its end, as the one with this SHA-256."""
    file.flush()
    os.fsync(file.fileno())
    Path(file.name).replace(made_path(digest))


def forget_made(digest: str) -> None:
    """Delete a made file. Said twice, nothing changes."""
    made_path(digest).unlink(missing_ok=True)
