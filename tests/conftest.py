"""What every test stands on: a PostgreSQL of this worktree's own, and no network."""

import contextlib
import fcntl
import gc
import hashlib
import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import psutil
import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis
from playwright.sync_api import Browser, sync_playwright
from psycopg import sql

from amends.database.binaries import find_binaries
from amends.database.cluster import Cluster, connection_to, ensure_running, stop
from config.catalogues import compile_catalogues
from config.environment import ROOT
from tests.chromium import FLAGS, find_chromium
from tests.ground import home_of

CI = os.environ.get("CI") == "true"
HOME = home_of(ROOT)
# Playwright's loop runs in this thread, and Django would take every query for one made inside it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
_tests = count()
FOREIGN = ROOT.parent / "shared" / "testdata"
ENDED = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"


# How fast a machine is that does other things besides says nothing about the rules.
hypothesis.register_profile(
    "any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis.load_profile("any machine")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin what takes minutes before the others that commit, so that nobody is left alone with it.

    Those that commit come last: pytest-django puts them there, and there they stay.
    """
    commits = [_commits(item) for item in items]
    if True in commits:
        first = commits.index(True)
        items[first:] = sorted(items[first:], key=lambda item: not item.get_closest_marker("long"))


def _commits(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction"))


def pytest_collection_finish() -> None:
    # Thousands of tests and all of Django stay to the end: looking through them for garbage again
    # and again took a tenth of the run.
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 50, 100)


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):  # the workers find it done
        compile_catalogues(ROOT)
    (HOME / "static").mkdir(parents=True, exist_ok=True)
    settings.STATIC_ROOT = HOME / "static"
    settings.WHITENOISE_USE_FINDERS = settings.WHITENOISE_AUTOREFRESH = True
    # Nobody guards these passwords, and most tests make a few.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _files_of_its_own(settings, tmp_path_factory):
    settings.MEDIA_ROOT = tmp_path_factory.getbasetemp() / f"files-{next(_tests)}"


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Let no test read in the language that a page of the test before it was read in."""
    with translation.override("en"):
        yield


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """The PostgreSQL of this worktree; its data stays between runs and need not outlive a crash."""
    ours = Cluster(home=HOME, binaries=find_binaries(settings.ENVIRONMENT.pg_bin), durable=False)
    with (HOME / "users").open("w") as users:
        with _alone():
            ensure_running(ours)
            fcntl.flock(users, fcntl.LOCK_SH)
        yield ours
        with _alone():
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return  # another worker, or another run in this worktree, still needs it
            stop(ours)


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """Let one worker at a time do what is done once for all."""
    with (HOME / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def _template(cluster: Cluster) -> Iterator[contextlib.ExitStack]:
    """Hold the others back until the database that they copy is there."""
    with contextlib.ExitStack() as held:
        held.enter_context(_alone())
        yield held


@pytest.fixture(scope="session")
def django_db_modify_db_settings(cluster: Cluster, _template: contextlib.ExitStack) -> None:
    database = connection.settings_dict
    database.update(HOST=str(cluster.socket_dir), USER="postgres", PORT="", PASSWORD="")
    database["TEST"]["NAME"] = f"test_{os.getpid()}"
    with psycopg.connect(connection_to(cluster, "postgres"), autocommit=True) as server:
        names = [str(row[0]) for row in server.execute("SELECT datname FROM pg_database")]
        for name in filter(_is_left_over, names):
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
    if _template_name() in names:
        database["TEST"]["TEMPLATE"] = _template_name()


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, cluster: Cluster, _template, django_db_blocker
) -> Iterator[None]:
    # The migrated database is kept as a template: the next run copies it in a tenth of a second.
    with django_db_blocker.unblock():
        database = connection.settings_dict
        if "TEMPLATE" not in database["TEST"] or not database["TEST"]["TEMPLATE"]:
            connection.close()
            _keep_as_template(cluster, database["NAME"])
    _template.close()
    yield
    connection.close()
    # What a test left open must not keep the database from being dropped.
    with psycopg.connect(connection_to(cluster, "postgres"), autocommit=True) as server:
        server.execute(ENDED, [database["NAME"]])


@pytest.fixture(scope="session", autouse=True)
def _tables_can_be_emptied() -> Iterator[None]:
    """Let the test runner empty tables quickly, even those whose triggers forbid it.

    Truncating makes new files for every table and index there is, a second for all of them; a test
    leaves rows in a few.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "sql_flush", _empty_those_in_use)
        yield


def _empty_those_in_use(operations, style, tables, *, reset_sequences=False, allow_cascade=False):
    names = ", ".join(f"'{operations.quote_name(table)}'" for table in tables)
    return [
        "SET LOCAL session_replication_role = replica",
        f"""DO $$
        DECLARE name text; used boolean;
        BEGIN
          FOREACH name IN ARRAY ARRAY[{names}] LOOP
            EXECUTE 'SELECT EXISTS (SELECT FROM ' || name || ')' INTO used;
            IF used THEN EXECUTE 'DELETE FROM ' || name; END IF;
          END LOOP;
        END $$""",  # noqa: S608  the tables of our own models
    ]


@pytest.fixture(scope="session")
def testdata() -> Path:
    """The folder of other people's files beside the repository, for tests in `tests/foreign`."""
    if not FOREIGN.is_dir():
        missing = f"{FOREIGN} is not there: what foreign files prove is not tested"
        if CI:
            pytest.fail(missing)
        pytest.skip(missing)
    return FOREIGN


@pytest.fixture(scope="session")
def browser(chromium: Path) -> Iterator[Browser]:
    """One browser a process: Playwright runs its loop in this thread, and there is one loop."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield started
        started.close()


@pytest.fixture(scope="session")
def chromium() -> Path:
    """The browser for the journeys in `tests/e2e`."""
    found = find_chromium()
    if found is None:
        missing = "no Chromium found: no journey in a browser is tested (see AMENDS_CHROMIUM)"
        if CI:
            pytest.fail(missing)
        pytest.skip(missing)
    return found


def _is_left_over(database: str) -> bool:
    kind, _, number = database.partition("_")
    if kind == "test" and number.isdigit():
        return not psutil.pid_exists(int(number))
    return (
        kind == "template"
        and number.isalnum()
        and len(number) == 16
        and database != _template_name()
    )


def _template_name() -> str:
    made_of = [ROOT / "requirements/base.lock", ROOT / "config/settings.py"]
    made_of += sorted(ROOT.glob("amends/*/migrations/*.py"))
    digest = hashlib.sha256()
    for path in made_of:
        digest.update(path.name.encode() + path.read_bytes())
    return f"template_{digest.hexdigest()[:16]}"


def _keep_as_template(cluster: Cluster, database: str) -> None:
    copy = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
        sql.Identifier(_template_name()), sql.Identifier(database)
    )
    with psycopg.connect(connection_to(cluster, "postgres"), autocommit=True) as server:
        server.execute(copy)
