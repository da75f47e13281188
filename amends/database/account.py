"""Whom PostgreSQL runs as: it refuses to run as root, so root lends it an account of its own."""

import os
import pwd
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from amends.database.problem import DatabaseProblem

NAME = "amends-postgres"


def account() -> pwd.struct_passwd | None:
    """Return the account that PostgreSQL runs as; None if it is our own, because we are not root.

    Makes the account when root has none yet.
    """
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam(NAME)
    except KeyError:
        return _make_account()


def owner() -> int:
    """Return the id of the user that must own the data directory."""
    lent = account()
    return lent.pw_uid if lent else os.geteuid()


def hand_over(path: Path) -> None:
    """Give `path` to the account that PostgreSQL runs as."""
    if lent := account():
        os.chown(path, lent.pw_uid, lent.pw_gid)


def blocked_at(path: Path) -> Path | None:
    """Return the first directory on the way to `path` that PostgreSQL's account may not enter."""
    lent = account()
    if lent is None:
        return next((d for d in _way_to(path) if not os.access(d, os.X_OK)), None)
    test = shutil.which("test") or "/bin/test"
    for directory in _way_to(path):
        tried = run_as_account([test, "-x", directory])
        if tried.returncode != 0:
            return directory
    return None


def run_as_account(command: Sequence[str | Path]) -> subprocess.CompletedProcess[str]:
    """Run `command` as the account that PostgreSQL runs as, and return what it said in English."""
    lent = account()
    ours = {k: v for k, v in os.environ.items() if not k.startswith(("PG", "LC_", "LANG"))}
    return subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
        # Ctrl-C in the terminal is not for the database: who started it ends it in its turn.
        start_new_session=True,
        env=ours | {"LC_ALL": "C"},
        user=lent.pw_uid if lent else None,
        group=lent.pw_gid if lent else None,
        extra_groups=[] if lent else None,
    )


def _way_to(path: Path) -> list[Path]:
    return [d for d in reversed([path, *path.parents]) if d.is_dir()]


def _make_account() -> pwd.struct_passwd:
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if useradd is None:
        raise DatabaseProblem(
            f"PostgreSQL does not run as root: make a user named {NAME}, run Amends as an "
            "ordinary user, or set DATABASE_URL."
        )
    made = subprocess.run(
        [
            useradd,
            "--system",
            "--no-create-home",
            "--shell",
            "/usr/sbin/nologin",
            "--user-group",
            NAME,
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    try:
        # Another process may have made it in the same moment: what counts is that it is there.
        return pwd.getpwnam(NAME)
    except KeyError:
        raise DatabaseProblem(
            f"PostgreSQL does not run as root, and the user {NAME} could not be made "
            f"({made.stderr.strip()}): run Amends as an ordinary user, or set DATABASE_URL."
        ) from None
