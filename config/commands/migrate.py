"""`amends migrate`: brings database and static files up to this version."""

import argparse
import hashlib
import sys

from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection

from config.commands.installation import database_at_hand, prepare_home
from config.commands.schema import refuse_newer_schema
from config.environment import Environment

# Any number that nobody else takes for an advisory lock in our database.
LOCK = 742_617


def arguments(_parser: argparse.ArgumentParser) -> None:
    """Take none."""


def run(_options: argparse.Namespace, environment: Environment) -> int:
    prepare_home(environment)
    with database_at_hand(environment):
        _migrate()
        connection.close()
    _collect_static(environment)
    return 0


def _migrate() -> None:
    with connection.cursor() as cursor:
        # Several machines may start at once on one database: one migrates, the others wait.
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        try:
            refuse_newer_schema()
            call_command("migrate", interactive=False, verbosity=0)
            call_command("createcachetable", verbosity=0)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def _collect_static(environment: Environment) -> None:
    """Copy what browsers load to where it is served from, unless it is there already."""
    done = environment.home / "static" / "collected.txt"
    state = _state_of_static()
    if done.exists() and done.read_text() == state:
        return
    sys.stderr.write("amends: preparing static files\n")
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    done.write_text(state)


def _state_of_static() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            digest.update(f"{path} {storage.get_modified_time(path)}\n".encode())
    return digest.hexdigest()
