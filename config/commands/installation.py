"""The place an installation lives in: its directory, its lock, its database."""

import fcntl
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from amends.database.binaries import OLDEST, find_binaries
from amends.database.cluster import (
    Cluster,
    connection_to,
    ensure_database,
    ensure_running,
    postmaster,
    stop,
)
from config.commands.problem import CannotGoOn
from config.environment import Environment

DATABASE = "amends"
LEAST_FREE_BYTES = 64 * 1024 * 1024
PATIENCE_SECONDS = 30


def cluster_of(environment: Environment) -> Cluster | None:
    """Return the embedded PostgreSQL, or None when a database of the operator's is named."""
    if environment.database_url:
        return None
    return Cluster(home=environment.home, binaries=find_binaries(environment.pg_bin))


def prepare_home(environment: Environment) -> None:
    """Make the data directory, and see that it can be written and has room."""
    home = environment.home
    try:
        # As root the database has another user, who must pass through but need not look around.
        home.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700, parents=True, exist_ok=True)
        (home / "run").mkdir(mode=0o700, exist_ok=True)
        (home / "run" / "writable").write_bytes(b"\0")
    except (PermissionError, FileExistsError, NotADirectoryError) as problem:
        raise CannotGoOn(
            f"The data directory {home} cannot be written ({problem.strerror}): change its owner "
            "or choose another one with AMENDS_HOME."
        ) from problem
    room = os.statvfs(home)
    if room.f_bavail * room.f_frsize < LEAST_FREE_BYTES:
        raise CannotGoOn(
            f"The disk is full: {home} has less than {LEAST_FREE_BYTES // 2**20} MB left; make "
            "room there and start again."
        )


@contextmanager
def sole_use(environment: Environment) -> Iterator[None]:
    """Hold the installation for one process tree; the kernel lets go of it whatever happens."""
    with (environment.home / "run" / "lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise CannotGoOn(
                f"Amends already runs on the data in {environment.home} (process "
                f"{lock.read().strip() or 'unknown'}): stop that one first, or give this one "
                "another AMENDS_HOME."
            ) from None
        lock.truncate(0)
        lock.write(f"{os.getpid()}\n")
        lock.flush()
        yield


@contextmanager
def database_at_hand(environment: Environment) -> Iterator[str]:
    """Give the connection to a database that answers; start the embedded one meanwhile if need be.

    Starting it takes the installation for itself, so that nobody else starts it too.
    """
    cluster = cluster_of(environment)
    if cluster is None:
        yield check_given_database(environment)
    elif postmaster(cluster):
        yield connection_to(cluster, DATABASE)
    else:
        prepare_home(environment)
        with sole_use(environment):
            ensure_running(cluster)
            try:
                ensure_database(cluster, DATABASE)
                yield connection_to(cluster, DATABASE)
            finally:
                stop(cluster)


def check_given_database(environment: Environment) -> str:
    """Return the operator's connection once it answers; refuse a server that is too old."""
    url = environment.database_url.get_secret_value() if environment.database_url else ""
    version = _version_of(url, deadline=time.monotonic() + PATIENCE_SECONDS)
    if version < OLDEST:
        raise CannotGoOn(
            f"The database of DATABASE_URL is PostgreSQL {version}: {OLDEST} or later is needed."
        )
    return url


def _version_of(url: str, *, deadline: float) -> int:
    while True:
        try:
            with psycopg.connect(url, connect_timeout=5) as connection:
                return connection.info.server_version // 10_000
        except psycopg.OperationalError as problem:
            # A database that is just starting up is worth waiting for, a wrong password is not.
            if time.monotonic() > deadline or "starting up" not in str(problem):
                said = str(problem).strip().splitlines()[0].strip().rstrip(".")
                raise CannotGoOn(f"The database of DATABASE_URL does not answer: {said}.") from None
        time.sleep(0.5)


def check_port(environment: Environment) -> None:
    """Refuse an address or a port that this process may not have."""
    where = (environment.listen, environment.port)
    family = socket.AF_INET6 if ":" in environment.listen else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(where)
        except OSError as problem:
            raise CannotGoOn(
                f"Port {environment.port} on {environment.listen} cannot be had "
                f"({problem.strerror}): end what uses it, or choose another with AMENDS_PORT."
            ) from problem


def check_certificate(environment: Environment) -> None:
    """Refuse a certificate or key that cannot be read."""
    for variable, path in (
        ("AMENDS_TLS_CERTIFICATE", environment.tls_certificate),
        ("AMENDS_TLS_KEY", environment.tls_key),
    ):
        if path is not None and not os.access(path, os.R_OK):
            raise CannotGoOn(f"{variable}: {path} cannot be read.")


def staging_of(environment: Environment) -> Path:
    """Return where a restore unpacks: there only while one is under way, or was cut."""
    return environment.home / "restore"


def refuse_half_restored(environment: Environment) -> None:
    """Refuse an installation whose restore was cut in the middle."""
    if staging_of(environment).exists():
        raise CannotGoOn(
            "A restore was interrupted here: run the same `amends restore` again, or remove "
            f"{staging_of(environment)} to begin with an empty installation."
        )


def files_of(environment: Environment) -> Path:
    """Return where attachments and other files are kept."""
    return environment.home / "files"
