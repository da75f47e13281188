"""What an operator can get wrong: one clear sentence each, and a non-zero exit."""

import os
import resource
import shutil
import socket
import subprocess
from contextlib import contextmanager

import psycopg
import pytest

from amends.database.cluster import connection_to, ensure_running, stop
from tests.config.installation import Installation

pytestmark = pytest.mark.enable_socket


def refused(done: subprocess.CompletedProcess[str]) -> str:
    """Return the one sentence with which a command refused."""
    assert done.returncode != 0
    lines = [line for line in done.stderr.splitlines() if line]
    assert len(lines) == 1, done.stderr
    assert lines[0].startswith("amends: ")
    assert lines[0].endswith(".")
    return lines[0]


def test_an_unknown_command_is_answered_with_those_there_are(empty):
    done = empty.run("sing")
    assert done.returncode == 2
    assert "serve" in done.stderr


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("AMENDS_PORT", "eighty", "AMENDS_PORT is 'eighty'"),
        ("AMENDS_BASE_ADDRESS", "care.example", "AMENDS_BASE_ADDRESS is 'care.example'"),
        ("DATABASE_URL", "mysql", "DATABASE_URL: it must look like postgresql://"),
        ("AMENDS_TLS_KEY", "/a/key", "go together"),
        ("AMENDS_SECRET_KEY", "short", "AMENDS_SECRET_KEY must be set"),
        ("AMENDS_SECRET_KEY", "", "AMENDS_SECRET_KEY must be set"),
        ("AMENDS_PG_BIN", "/nowhere", "/nowhere has no initdb"),
    ],
)
def test_a_setting_that_is_missing_or_malformed(empty, setting, value, said):
    empty.settings[setting] = value
    assert said in refused(empty.run("serve"))


def test_a_certificate_that_is_not_there(empty):
    empty.settings |= {"AMENDS_TLS_CERTIFICATE": "/a/cert", "AMENDS_TLS_KEY": "/a/key"}
    assert "AMENDS_TLS_CERTIFICATE: /a/cert cannot be read" in refused(empty.run("serve"))


def test_a_second_one_on_the_same_data(installation):
    first = installation.serve()
    second = Installation(installation.home)
    said = refused(second.run("serve"))
    assert f"already runs on the data in {installation.home} (process {first.pid})" in said
    assert installation.is_ready


def test_a_port_that_is_taken(installation):
    with socket.socket() as other:
        other.bind(("127.0.0.1", installation.port))
        other.listen()
        assert f"Port {installation.port}" in refused(installation.run("serve"))
    assert installation.is_at_rest()


def test_a_database_that_a_newer_version_wrote(installation):
    ensure_running(installation.cluster)
    with psycopg.connect(connection_to(installation.cluster, "amends")) as database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied)"
            " VALUES ('journal', '9999_from_the_future', now())"
        )
    stop(installation.cluster)
    for command in ("serve", "migrate"):
        said = refused(installation.run(command))
        assert "a newer Amends (it has journal.9999_from_the_future)" in said


def test_a_database_that_nobody_migrated_is_not_served(empty):
    ensure_running(empty.cluster)
    with psycopg.connect(connection_to(empty.cluster, "postgres"), autocommit=True) as database:
        database.execute("CREATE DATABASE amends")
    for command in ("web", "worker"):
        assert "run `amends migrate` first" in refused(empty.run(command))


def test_a_database_of_the_operators_that_does_not_answer(empty):
    empty.settings["DATABASE_URL"] = "postgresql://nobody@127.0.0.1:1/amends"
    for command in ("serve", "backup", "migrate"):
        assert "The database of DATABASE_URL does not answer" in refused(empty.run(command))


def test_a_data_directory_that_the_databases_user_cannot_reach(empty):
    closed = empty.home / "closed"
    closed.mkdir(mode=0o700)
    inside = Installation(closed / "data")
    if os.geteuid() != 0:
        closed.chmod(0o500)
    said = refused(inside.run("serve"))
    assert str(closed) in said
    assert "AMENDS_HOME" in said


def test_a_full_disk(empty):
    with little_room(empty) as limit:
        said = refused(empty.run("serve", preexec_fn=limit))
    assert "The disk is full" in said


@contextmanager
def little_room(installation):
    """Give the installation a disk of 8 MB, or where that is not allowed, files of 1 MB."""
    mount = ["/bin/mount", "-t", "tmpfs", "-o", "size=8m,mode=0711", "tmpfs", installation.home]
    try:
        mounted = subprocess.run(mount, check=False, capture_output=True).returncode == 0
    except OSError:
        mounted = False
    try:
        yield None if mounted else small_files_only
    finally:
        if mounted:
            subprocess.run(["/bin/umount", installation.home], check=True)


def small_files_only():
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))


def test_files_that_grow_too_large_while_the_database_is_made(empty):
    assert "The disk is full" in refused(empty.run("migrate", preexec_fn=small_files_only))
    assert not (empty.home / "postgres").exists()


def test_no_room_for_a_backup_leaves_no_half_of_one(installation):
    def hardly_any():
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    ensure_running(installation.cluster)
    assert "The disk is full" in refused(installation.run("backup", preexec_fn=hardly_any))
    assert list((installation.home / "backups").iterdir()) == []


def test_data_of_another_postgresql(installation):
    (installation.home / "postgres" / "PG_VERSION").write_text("14\n")
    assert "was made by PostgreSQL 14" in refused(installation.run("serve"))


def test_data_that_other_users_could_reach(installation):
    (installation.home / "postgres").chmod(0o755)
    assert "open to other users" in refused(installation.run("serve"))


def test_a_restore_that_was_cut(installation):
    (installation.home / "restore").mkdir()
    assert "A restore was interrupted here" in refused(installation.run("serve"))
    shutil.rmtree(installation.home / "restore")
