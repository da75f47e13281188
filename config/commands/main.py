"""The `amends` command: finds the command asked for and turns every known failure into a sentence.

Its own words are in English: they are for whoever runs the server, and must be readable before any
setting, database or catalogue is.
"""

import argparse
import errno
import io
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol, cast

import django
from django.db import OperationalError
from psycopg.errors import DiskFull

from amends.database.problem import FULL_DISK, DatabaseProblem
from config import environment
from config.commands import deliver
from config.commands.problem import CannotGoOn


class Command(Protocol):
    """What a module of this package offers."""

    arguments: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace, environment.Environment], int]


@dataclass(frozen=True, slots=True)
class Entry:
    """A command: its module, what it is for, and whether Django must stand before it is loaded."""

    module: str
    help: str
    needs_django: bool = False


COMMANDS = {
    "serve": Entry("serve", "run everything: database, pages and jobs"),
    "demo": Entry("demo", "run everything with an invented organisation; no mail leaves"),
    "web": Entry("web", "serve pages only", needs_django=True),
    "worker": Entry("worker", "run jobs and due moments only", needs_django=True),
    "migrate": Entry("migrate", "bring the database up to this version", needs_django=True),
    "prepare": Entry("prepare", "what serve does to the data first", needs_django=True),
    "doctor": Entry("doctor", "check the whole installation and say what to do", needs_django=True),
    "backup": Entry("backup", "write database and files into one archive", needs_django=True),
    "restore": Entry("restore", "fill an empty installation from an archive", needs_django=True),
    "deliver": Entry("deliver", "take one mail from a mail server, by a pipe"),
    "lmtp": Entry("lmtp", "take mail from a relay only, by LMTP or SMTP"),
    "mailboxes": Entry("mailboxes", "fetch the mail of our mailboxes only", needs_django=True),
    "import": Entry("bring_in", "bring in what other programs hold", needs_django=True),
    "mail": Entry("mail", "say what Amends reads in a mail, and why", needs_django=True),
    "case": Entry("case", "export a whole case as one file", needs_django=True),
    "journal": Entry("journal", "verify the seals of the journal", needs_django=True),
}


# What the name of a file on the command line can be wrong by.
NO_SUCH_PLACE = frozenset(
    {errno.ENAMETOOLONG, errno.ENOTDIR, errno.ELOOP, errno.EACCES, errno.EISDIR, errno.ENOENT}
)
LONGEST_SAID = 200


def main() -> None:
    """Run the command of the command line and exit with its code."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A file may be called what no encoding can say; what was done is told all the same.
        sys.stdout.reconfigure(errors="backslashreplace")
    # A mail server acts on the exit code of `deliver`, whatever goes wrong: it answers for itself.
    alone = sys.argv[1:2] == ["deliver"]
    sys.exit(deliver.main(sys.argv[2:]) if alone else run(sys.argv[1:]))


def run(words: Sequence[str]) -> int:
    """Run the command that `words` ask for; return 0, or another number after one sentence."""
    try:
        return _run(words)
    except (environment.BadSetting, DatabaseProblem, CannotGoOn) as problem:
        return _say(str(problem))
    except OperationalError as problem:
        full = isinstance(problem.__cause__, DiskFull)
        return _say(FULL_DISK if full else f"The database does not answer: {_first_line(problem)}.")
    except OSError as problem:
        return _say(_of_files(problem))


def _run(words: Sequence[str]) -> int:
    name = words[0] if words else ""
    entry = COMMANDS.get(name)
    if entry is None:
        _overview().parse_args(words or ["--help"])
        return 2
    settings = environment.read()
    if entry.needs_django:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
        django.setup()
    # Loaded only now, because most commands import models, which need Django to stand.
    command = cast("Command", import_module(f"config.commands.{entry.module}"))
    parser = argparse.ArgumentParser(prog=f"amends {name}", description=entry.help)
    command.arguments(parser)
    return command.run(parser.parse_args(words[1:]), settings)


def _overview() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="amends")
    commands = parser.add_subparsers(metavar="command", required=True)
    for name, entry in COMMANDS.items():
        commands.add_parser(name, help=entry.help)
    return parser


def _first_line(problem: Exception) -> str:
    return (str(problem).strip().splitlines() or [type(problem).__name__])[0].rstrip(".")


def _of_files(problem: OSError) -> str:
    """Return what is wrong with a file or the disk, in a sentence; what is our own fault rises."""
    if problem.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return FULL_DISK
    if problem.errno in NO_SUCH_PLACE and problem.filename:
        return f"{_short(str(problem.filename))}: {problem.strerror}."
    raise problem


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_SAID else f"{text[:LONGEST_SAID]}…"


def _say(sentence: str) -> int:
    sys.stderr.write(f"amends: {sentence}\n")
    return 1


if __name__ == "__main__":
    main()
