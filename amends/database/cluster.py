"""The embedded PostgreSQL: one data directory, one Unix socket, nothing on the network."""

import hashlib
import os
import re
import shlex
import shutil
import stat
import time
from dataclasses import dataclass
from pathlib import Path

import psutil
import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from amends.database.account import account, blocked_at, hand_over, owner, run_as_account
from amends.database.binaries import major_version
from amends.database.problem import FULL_DISK, DatabaseProblem, is_full_disk

SUPERUSER = "postgres"
PATIENCE_SECONDS = 60
# The kernel takes 107 bytes for the path of a socket (103 on macOS); PostgreSQL adds its name.
LONGEST_SOCKET_DIR = 103 - len("/.s.PGSQL.5432.lock")
FAST_AND_LOSE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


@dataclass(frozen=True, slots=True)
class Cluster:
    """A PostgreSQL of our own.

    home: the directory it lives in; the data is in `home/postgres`, the log in `home/postgres/log`.
    durable: False gives up safety against a crash for speed; for tests only.
    """

    home: Path
    binaries: Path
    durable: bool = True

    @property
    def data(self) -> Path:
        return self.home / "postgres"

    @property
    def socket_dir(self) -> Path:
        return socket_dir(self.home)


def socket_dir(home: Path) -> Path:
    """Return where the socket of the cluster in `home` is: in its data, or if too long, in /tmp."""
    data = home / "postgres"
    if len(os.fsencode(data)) <= LONGEST_SOCKET_DIR:
        return data
    return Path("/tmp") / f"amends-{hashlib.sha256(os.fsencode(data)).hexdigest()[:16]}"  # noqa: S108  ours alone: see _prepare_socket_dir


def connection_to(cluster: Cluster, database: str) -> str:
    """Return what psycopg needs to connect to `database`."""
    return make_conninfo(host=str(cluster.socket_dir), user=SUPERUSER, dbname=database)


def ensure_running(cluster: Cluster) -> None:
    """Create the cluster if there is none, mend what a crash left, and start it unless it runs."""
    _check_reach(cluster)
    if not (cluster.data / "PG_VERSION").exists():
        _create(cluster)
    _check_version(cluster)
    _check_privacy(cluster.data)
    if postmaster(cluster) is None:
        start(cluster)


def postmaster(cluster: Cluster) -> psutil.Process | None:
    """Return the running server's process, or None."""
    try:
        pid = int((cluster.data / "postmaster.pid").read_text().split("\n", 1)[0])
        process = psutil.Process(pid)
        ours = _works_in(process, cluster.data)
    except (FileNotFoundError, ValueError, psutil.NoSuchProcess):
        return None
    return process if ours else None


def start(cluster: Cluster) -> None:
    """Start the server and wait until it answers; recovers by itself from a crash before."""
    _prepare_socket_dir(cluster)
    _forget_stale_locks(cluster)
    settings = ["listen_addresses=", *(() if cluster.durable else FAST_AND_LOSE)]
    options = ["-k", str(cluster.socket_dir)]
    for setting in settings:
        options += ["-c", setting]
    log = cluster.data / "log"
    began = log.stat().st_size if log.exists() else 0
    try:
        _run(
            cluster,
            "pg_ctl",
            "start",
            "-w",
            "-t",
            str(PATIENCE_SECONDS),
            "-D",
            cluster.data,
            "-l",
            log,
            "-o",
            shlex.join(options),
        )
    except DatabaseProblem as problem:
        raise DatabaseProblem(_why(log, began) or str(problem)) from problem


def stop(cluster: Cluster) -> None:
    """Stop the server, if it runs, without losing anything that was committed."""
    if postmaster(cluster) is not None:
        _run(
            cluster,
            "pg_ctl",
            "stop",
            "-w",
            "-m",
            "fast",
            "-t",
            str(PATIENCE_SECONDS),
            "-D",
            cluster.data,
        )


def ensure_database(cluster: Cluster, name: str) -> None:
    """Create the database `name` in the running cluster unless it is there."""
    with psycopg.connect(connection_to(cluster, "postgres"), autocommit=True) as connection:
        there = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if there.fetchone() is None:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))


def _create(cluster: Cluster) -> None:
    # Made beside its place and moved there when whole, so that a cut leaves no half of it behind.
    unfinished = cluster.home / "postgres.new"
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700)
    hand_over(unfinished)
    # The same order and the same upper and lower case on every machine.
    locale = (
        ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        if major_version(cluster.binaries) >= 17  # noqa: PLR2004  the version that brought it
        else ["--locale=C.UTF-8"]
    )
    sync = [] if cluster.durable else ["--no-sync"]
    try:
        _run(
            cluster,
            "initdb",
            "-D",
            unfinished,
            "-U",
            SUPERUSER,
            "--auth=trust",
            "--encoding=UTF8",
            *locale,
            *sync,
        )
        unfinished.rename(cluster.data)
    except DatabaseProblem:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise


def _check_reach(cluster: Cluster) -> None:
    lent = account()
    who = lent.pw_name if lent else "this user"
    for needed, what in ((cluster.home, "the data"), (cluster.binaries, "its programs")):
        if blocked := blocked_at(needed):
            raise DatabaseProblem(
                f"PostgreSQL runs as {who}, who may not enter {blocked} on the way to {what} in "
                f"{needed}: choose another place (AMENDS_HOME), or let it pass with "
                f"`chmod o+x {blocked}`."
            )


def _check_version(cluster: Cluster) -> None:
    made_by = (cluster.data / "PG_VERSION").read_text().strip()
    have = str(major_version(cluster.binaries))
    if made_by != have:
        raise DatabaseProblem(
            f"The data in {cluster.data} was made by PostgreSQL {made_by}, and this is PostgreSQL "
            f"{have}: set AMENDS_PG_BIN to the programs of {made_by}, or back up with {made_by} "
            f"and restore with {have}."
        )


def _check_privacy(directory: Path) -> None:
    # Whoever reaches the socket is let in as superuser, so the directory is the door.
    status = directory.lstat()
    if status.st_uid != owner() or not stat.S_ISDIR(status.st_mode):
        raise DatabaseProblem(
            f"{directory} belongs to another user: run Amends as the user that made it, or "
            f"change the owner of that directory."
        )
    if stat.S_IMODE(status.st_mode) & 0o077:
        raise DatabaseProblem(
            f"{directory} is open to other users of this machine: close it with "
            f"`chmod 0700 {directory}`."
        )


def _prepare_socket_dir(cluster: Cluster) -> None:
    directory = cluster.socket_dir
    if directory == cluster.data:
        return
    try:
        directory.mkdir(mode=0o700)
        hand_over(directory)
    except FileExistsError:
        pass  # from an earlier run, or made by somebody else to listen in: the check tells
    _check_privacy(directory)


def _forget_stale_locks(cluster: Cluster) -> None:
    # After a crash the process id in a lock may belong to a stranger or to a dead process nobody
    # buried, and PostgreSQL would then refuse to start. A lock is worth nothing once no process
    # works in the data any more.
    locks = (cluster.data / "postmaster.pid", cluster.socket_dir / ".s.PGSQL.5432.lock")
    if not any(lock.exists() for lock in locks):
        return
    deadline = time.monotonic() + PATIENCE_SECONDS
    while any(_works_in(process, cluster.data) for process in psutil.process_iter()):
        if time.monotonic() > deadline:
            raise DatabaseProblem(f"An earlier PostgreSQL still works in {cluster.data}.")
        time.sleep(0.1)
    for lock in locks:
        lock.unlink(missing_ok=True)


def _works_in(process: psutil.Process, data: Path) -> bool:
    try:
        return Path(process.cwd()) == data.resolve()
    except (psutil.AccessDenied, psutil.NoSuchProcess, psutil.ZombieProcess):
        return False


def _run(cluster: Cluster, program: str, *arguments: str | Path) -> None:
    command = [cluster.binaries / program, *arguments]
    try:
        done = run_as_account(command)
    except PermissionError as problem:
        raise DatabaseProblem(
            f"PostgreSQL's user may not run {command[0]}: make that file readable for everyone."
        ) from problem
    if done.returncode != 0:
        raise DatabaseProblem(_sentence(program, done.stderr + done.stdout, done.returncode))


def _sentence(program: str, said: str, code: int) -> str:
    if is_full_disk(said):
        return FULL_DISK
    lines = said.strip().splitlines() or [f"exit code {code}"]
    marked = [line for line in lines if re.search(r"error|FATAL|PANIC", line)]
    # Without the moment and the process that its log puts before.
    told = re.sub(r"^.*?(?=FATAL|PANIC)", "", (marked or lines)[-1]).strip().rstrip(".")
    return f"PostgreSQL's {program} did not succeed: {told}."


def _why(log: Path, began: int) -> str:
    """Return what the server's log says about not starting, as a sentence; empty if nothing."""
    try:
        with log.open("rb") as written:
            written.seek(began)
            said = written.read().decode(errors="replace")
    except OSError:
        return ""
    return _sentence("server", said, 1) if "FATAL" in said or "PANIC" in said else ""
