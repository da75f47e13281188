"""The whole database in one file, and back."""

import os
import signal
import subprocess
from pathlib import Path

from amends.database.problem import FULL_DISK, DatabaseProblem, is_full_disk


def dump(*, binaries: Path, connection: str, to: Path) -> None:
    """Write the database behind `connection` to the file `to`, as of one instant."""
    _run(
        binaries / "pg_dump",
        "--format=custom",
        "--no-owner",
        "--no-privileges",
        # A comment on an extension may be restored by its owner only, who is often somebody else.
        "--no-comments",
        f"--file={to}",
        f"--dbname={connection}",
    )


def restore(*, binaries: Path, connection: str, dumped: Path) -> None:
    """Fill the empty database behind `connection` from the file `dumped`: all of it or nothing."""
    _run(
        binaries / "pg_restore",
        "--exit-on-error",
        "--single-transaction",
        "--no-owner",
        "--no-privileges",
        f"--dbname={connection}",
        str(dumped),
    )


def _run(program: Path, *arguments: str) -> None:
    done = subprocess.run(
        [program, *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"LC_ALL": "C"},
    )
    if done.returncode == 0:
        return
    if is_full_disk(done.stderr) or done.returncode == -signal.SIGXFSZ:
        raise DatabaseProblem(FULL_DISK)
    said = " ".join(done.stderr.split()).rstrip(".")
    raise DatabaseProblem(f"{program.name} did not succeed: {said}.")
