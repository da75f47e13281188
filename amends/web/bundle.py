"""One stylesheet and one script for the browser, one file a component for us.

A file of `js/` imports nothing and exports nothing: its names stay inside it, and the files meet
through events of the page. So joining them needs no build, only a pair of braces around each.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage
from django.core.files.storage import FileSystemStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

SOURCE = Path(__file__).parent / "static" / "web"
BUNDLES = {"web/amends.css": "css", "web/amends.js": "js"}


def joined(kind: str) -> str:
    """Return every file of `kind`, in the order of their names, as one text."""
    texts = [path.read_text() for path in sorted((SOURCE / kind).glob(f"*.{kind}"))]
    return "\n".join(f"{{\n{_unexplained(text)}}}\n" if kind == "js" else text for text in texts)


def _unexplained(script: str) -> str:
    """Return `script` without the lines that are a comment, which no browser needs."""
    lines = script.splitlines(keepends=True)
    return "".join(line for line in lines if not line.lstrip().startswith("//"))


class Bundles(BaseFinder):
    """Find the joined files; a finder of `django.contrib.staticfiles`."""

    def __init__(self) -> None:
        self.storage = FileSystemStorage(settings.BUNDLE_ROOT)

    def check(self, **_kwargs: object) -> list[CheckMessage]:
        return []

    def find(self, path: str, find_all: bool = False, **_kw: object) -> Any:  # noqa: ANN401, FBT001, FBT002 - Django's signature
        if path not in BUNDLES:
            return []
        found = self._write(path)
        return [found] if find_all else found

    def list(
        self,
        ignore_patterns: Iterable[str] | None,  # noqa: ARG002 - Django's signature
    ) -> Iterable[tuple[str, FileSystemStorage]]:
        for path in BUNDLES:
            self._write(path)
            yield path, self.storage

    def _write(self, path: str) -> str:
        target = Path(self.storage.path(path))
        text = joined(BUNDLES[path])
        if not target.exists() or target.read_text() != text:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text)
        return str(target)


class Files(CompressedManifestStaticFilesStorage):  # type: ignore[misc] # it has no types
    """Hashed and compressed names once `collectstatic` has run, plain ones before."""

    def stored_name(self, name: str) -> str:
        return str(super().stored_name(name)) if self.hashed_files else name
