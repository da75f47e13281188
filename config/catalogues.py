"""Turns the translations from text into what the program reads; `python -m config.catalogues`."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from config.environment import ROOT


def compile_catalogues(root: Path) -> list[Path]:
    """Compile every catalogue under `root/locale` that is newer than its compiled form."""
    sources = sorted(root.glob("locale/*/LC_MESSAGES/*.po"))
    return [_compile(source) for source in sources if _is_stale(source)]


def _is_stale(source: Path) -> bool:
    compiled = source.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime < source.stat().st_mtime


def _compile(source: Path) -> Path:
    with source.open("rb") as text:
        catalogue = read_po(text, locale=source.parts[-3])
    compiled = source.with_suffix(".mo")
    # Written beside and moved, so that a server that starts just now reads the old or the new.
    unfinished = compiled.with_suffix(".mo.new")
    with unfinished.open("wb") as written:
        write_mo(written, catalogue)
    return unfinished.rename(compiled)


if __name__ == "__main__":
    compile_catalogues(ROOT)
