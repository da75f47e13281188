"""Everything that must hold besides the tests; `make check` runs it after `make test`."""

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import coverage
from coverage.exceptions import CoverageException

from config.environment import ROOT
from tests import proofs

BIN = Path(sys.executable).parent
# The share of statements and branches that tests must run, by the kind of file.
WHOLE = {"rules", "actions", "language"}
MOST = 95.0


def main() -> int:
    """Run every check and return 1 if any found something."""
    failed = [name for name, check in CHECKS.items() if not _passes(name, check)]
    sys.stdout.write(f"\nnot as it should be: {', '.join(failed)}\n" if failed else "\nall well\n")
    return 1 if failed else 0


def _passes(name: str, check: Callable[[], str]) -> bool:
    began = time.monotonic()
    found = check().strip()
    sys.stdout.write(f"{'FAIL' if found else 'ok  '} {name} ({time.monotonic() - began:.1f} s)\n")
    sys.stdout.write(f"{found}\n" if found else "")
    sys.stdout.flush()
    return not found


def _tool(*command: str) -> Callable[[], str]:
    def check() -> str:
        done = subprocess.run(
            [BIN / command[0], *command[1:]],
            cwd=ROOT, capture_output=True, text=True, check=False,
            env=os.environ | {"PYTHONWARNINGS": "ignore"},
        )  # fmt: skip
        return (done.stdout + done.stderr or "failed") if done.returncode else ""

    return check


def requirements() -> str:
    """Say if docs/requirements.md is not what the tests' marks make of it."""
    if proofs.PAGE.exists() and proofs.PAGE.read_text() == proofs.page():
        return ""
    return "docs/requirements.md is old: run `python -m tests.proofs`"


def covered() -> str:
    """Say which files the last `make test` ran too little of."""
    data = coverage.Coverage(data_file=ROOT / ".coverage")
    with contextlib.suppress(CoverageException):  # combined already by an earlier check
        data.combine(data_paths=[str(ROOT)], keep=False)
    try:
        data.load()
        return "\n".join(_gaps(data))
    except CoverageException as problem:
        return f"there is nothing to judge ({problem}): run `make test` first"


def _gaps(data: coverage.Coverage) -> Iterable[str]:
    rest_run = rest_all = 0
    for name in sorted(data.get_data().measured_files()):
        path = Path(name).relative_to(ROOT)
        numbers = data._analyze(name).numbers
        run = numbers.n_executed + numbers.n_executed_branches
        every = numbers.n_statements + numbers.n_branches
        if WHOLE & {*path.parts, path.stem}:
            if run < every:
                yield f"{path}: {every - run} of {every} not run, must be none"
        else:
            rest_run, rest_all = rest_run + run, rest_all + every
    share = 100 * rest_run / rest_all if rest_all else 0.0
    if share < MOST:
        yield f"all the rest: {share:.1f} % run, must be {MOST} %"


CHECKS: dict[str, Callable[[], str]] = {
    "form": _tool("ruff", "format", "--check", "."),
    "lint": _tool("ruff", "check", "."),
    "types": _tool("mypy"),
    "templates": _tool("djlint", "amends", "config", "--lint", "--quiet"),
    "layers": _tool("lint-imports"),
    "migrations": _tool("python", "manage.py", "makemigrations", "--check", "--dry-run"),
    "catalogues": _tool("python", "-m", "scripts.catalogues", "--check"),
    "requirements": requirements,
    "coverage": covered,
}

if __name__ == "__main__":
    sys.exit(main())
