"""`amends backup`: database and files in one archive, made while everything runs."""

import argparse
import os
import sys
import tarfile
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from rich.console import Console
from rich.progress import track

from amends.database.binaries import find_binaries
from amends.database.dumps import dump
from config.commands.archive import FORMAT, Manifest, add, members, write_manifest
from config.commands.installation import database_at_hand, files_of
from config.commands.problem import CannotGoOn
from config.commands.version import version
from config.environment import Environment


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "archive",
        nargs="?",
        type=Path,
        help="the file to write; default: backups/amends-DATE.tar in the data directory",
    )


def run(options: argparse.Namespace, environment: Environment) -> int:
    at = datetime.now(UTC)
    archive: Path = options.archive or _default(environment, at)
    if archive.exists():
        raise CannotGoOn(f"{archive} exists already: name another file.")
    if not archive.parent.is_dir():
        raise CannotGoOn(f"{archive.parent} is no directory: make it first.")
    unfinished = archive.with_name(f"{archive.name}.unfinished")
    try:
        with database_at_hand(environment) as database:
            _write(unfinished, environment, database, at)
        unfinished.rename(archive)
    except PermissionError as problem:
        raise CannotGoOn(f"{archive} cannot be written ({problem.strerror}).") from problem
    finally:
        unfinished.unlink(missing_ok=True)
    sys.stdout.write(f"{archive}\n")
    return 0


def _default(environment: Environment, at: datetime) -> Path:
    folder = environment.home / "backups"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder / f"amends-{at:%Y%m%d-%H%M%S}.tar"


def _write(to: Path, environment: Environment, database: str, at: datetime) -> None:
    # Beside the archive, where there must be room for it anyway.
    with tempfile.TemporaryDirectory(dir=to.parent, prefix=".amends-") as folder:
        dumped = Path(folder) / "dump"
        migrations = [".".join(key) for key in MigrationRecorder(connection).applied_migrations()]
        connection.close()
        # The database first: a file is there before the row that names it is committed.
        dump(binaries=find_binaries(environment.pg_bin), connection=database, to=dumped)
        with to.open("xb") as written, tarfile.open(fileobj=written, mode="w|") as archive:
            os.fchmod(written.fileno(), 0o600)
            contents = list(members(dumped, files_of(environment)))
            shown = track(contents, "Backing up", console=Console(stderr=True), transient=True)
            parts = {name: add(archive, name, path) for name, path in shown}
            write_manifest(
                archive,
                Manifest(FORMAT, version(), at.isoformat(), sorted(migrations), parts),
                at,
            )
            archive.close()
            written.flush()
            os.fsync(written.fileno())
