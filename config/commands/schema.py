"""Whether database and program are of one version."""

from django.db import connection
from django.db.migrations.loader import MigrationLoader

from config.commands.problem import CannotGoOn
from config.health import newer_migrations, pending_migrations


def refuse_newer_schema() -> None:
    """Raise CannotGoOn if a newer Amends has already worked on this database."""
    if newer := newer_migrations(MigrationLoader(connection)):
        raise CannotGoOn(
            f"The database was written by a newer Amends (it has {newer[-1]}): install that "
            "version again, or restore a backup from before it."
        )


def require_schema() -> None:
    """Raise CannotGoOn unless the database is exactly of this version."""
    refuse_newer_schema()
    if pending_migrations(MigrationLoader(connection)):
        raise CannotGoOn("The database is of an older Amends: run `amends migrate` first.")
