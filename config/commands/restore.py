"""`amends restore`: an empty installation becomes what an archive holds, or stays empty."""

import argparse
import shutil
import sys
from contextlib import suppress
from pathlib import Path

import psycopg
from django.db.migrations.loader import MigrationLoader

from amends.database.binaries import find_binaries
from amends.database.dumps import restore
from config.commands.archive import DUMP, Manifest, unpack
from config.commands.installation import database_at_hand, files_of, prepare_home, staging_of
from config.commands.problem import CannotGoOn
from config.environment import Environment


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("archive", type=Path, help="a file that `amends backup` wrote")


def run(options: argparse.Namespace, environment: Environment) -> int:
    if not options.archive.is_file():
        raise CannotGoOn(f"{options.archive} is not there.")
    prepare_home(environment)
    staging = staging_of(environment)
    interrupted = staging.exists()
    with database_at_hand(environment) as database:
        _require_empty(database, files_of(environment), interrupted=interrupted)
        try:
            manifest = _stage(options.archive, staging)
        except BaseException:
            if not interrupted:
                shutil.rmtree(staging, ignore_errors=True)
            raise
        _put_files(staging, files_of(environment))
        # Last, and in one transaction: from here on the installation is no longer empty.
        restore(
            binaries=find_binaries(environment.pg_bin),
            connection=database,
            dumped=staging / DUMP,
        )
    shutil.rmtree(staging)
    sys.stdout.write(
        f"Restored {len(manifest.parts) - 1} files and the database as of {manifest.made_at}.\n"
    )
    return 0


def _stage(archive: Path, staging: Path) -> Manifest:
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir(mode=0o700)
    manifest = unpack(archive, staging)
    loader = MigrationLoader(None)
    known = {".".join(key) for key in loader.disk_migrations}
    if newer := sorted(set(manifest.migrations) - known):
        raise CannotGoOn(
            f"The archive was written by a newer Amends, {manifest.version} (it has {newer[-1]}): "
            "install that version and restore there."
        )
    return manifest


def _require_empty(database: str, files: Path, *, interrupted: bool) -> None:
    with psycopg.connect(database) as connection:
        tables = connection.execute(
            "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace"
            " WHERE relkind IN ('r', 'p') AND nspname = ANY (current_schemas(false))"
        ).fetchone()
    has_files = files.is_dir() and any(files.iterdir())
    if (tables and tables[0]) or (has_files and not interrupted):
        raise CannotGoOn(
            "There is data here already: a restore needs an empty installation. Name an empty "
            "directory with AMENDS_HOME (and with DATABASE_URL an empty database)."
        )


def _put_files(staging: Path, files: Path) -> None:
    shutil.rmtree(files, ignore_errors=True)
    with suppress(FileNotFoundError):  # an archive without files
        (staging / "files").rename(files)
