"""Backup and restore, there and back again."""

import hashlib
import tarfile

import psycopg
import pytest
from psycopg import sql

from amends.database.cluster import connection_to, ensure_running, stop

pytestmark = pytest.mark.enable_socket
FILES = {
    "2026/03/scan.pdf": b"%PDF-1.7 a letter",
    "2026/03/ąžuolas № 7.txt": "Žodžiai".encode(),
    "empty.bin": b"",
    "large.bin": bytes(range(256)) * 10_000,
}


def write_something(installation):
    for name, content in FILES.items():
        path = installation.home / "files" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    ensure_running(installation.cluster)
    with psycopg.connect(connection_to(installation.cluster, "amends")) as database:
        database.execute(
            "INSERT INTO journal_entry (kind, at, by, subject, facts)"
            " SELECT 'Told', now(), 'clock', 'case:' || n, jsonb_build_object('n', n, 'ž', 'ė')"
            " FROM generate_series(1, 1000) n"
        )
        database.execute(
            "INSERT INTO django_session VALUES ('key', E'\\\\\\\\N \\t \\'quoted\\'', now())"
        )


def everything(installation):
    """Return what every table holds, every sequence's value, and the digest of every file."""
    ensure_running(installation.cluster)
    with psycopg.connect(connection_to(installation.cluster, "amends")) as database:
        found = {table: rows_of(database, table) for table in tables_of(database)}
        found["sequences"] = database.execute(
            "SELECT sequencename, last_value FROM pg_sequences ORDER BY 1"
        ).fetchall()
        found["triggers"] = database.execute(
            "SELECT tgrelid::regclass::text, tgname FROM pg_trigger"
            " WHERE NOT tgisinternal ORDER BY 1, 2"
        ).fetchall()
    stop(installation.cluster)
    folder = installation.home / "files"
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            name = str(path.relative_to(folder))
            found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def tables_of(database):
    found = database.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1"
    )
    return [name for (name,) in found]


def rows_of(database, table):
    rows = sql.SQL("SELECT t::text FROM {} t ORDER BY 1").format(sql.Identifier(table))
    return database.execute(rows).fetchall()


def test_what_is_restored_differs_in_nothing(installation, empty):
    write_something(installation)
    archive = installation.home / "all.tar"

    assert installation.run("backup", str(archive)).returncode == 0
    done = empty.run("restore", str(archive))

    assert done.returncode == 0, done.stderr
    assert f"Restored {len(FILES)} files" in done.stdout
    before, after = everything(installation), everything(empty)
    assert len(before["journal_entry"]) == 1000
    assert set(FILES) < set(after)
    assert after == before
    assert not (empty.home / "restore").exists()


def test_a_backup_says_where_it_is_and_is_for_its_owner_only(installation):
    said = installation.run("backup").stdout.strip()
    archive = installation.home / "backups" / said.rsplit("/", 1)[-1]
    assert archive.stat().st_mode & 0o777 == 0o600
    with tarfile.open(archive) as opened:
        assert opened.getnames()[0] == "database.dump"
        assert opened.getnames()[-1] == "manifest.json"


def test_a_backup_replaces_nothing(installation):
    archive = installation.home / "mine.tar"
    archive.write_text("precious")
    assert "exists already" in installation.run("backup", str(archive)).stderr
    assert archive.read_text() == "precious"


def test_a_backup_needs_a_place(installation):
    assert "is no directory" in installation.run("backup", "/nowhere/mine.tar").stderr


def test_a_restore_is_refused_where_there_is_data(installation):
    archive = installation.home / "all.tar"
    installation.run("backup", str(archive))
    done = installation.run("restore", str(archive))
    assert done.returncode == 1
    assert "There is data here already" in done.stderr


def test_a_restore_is_refused_where_there_are_files(installation, empty):
    archive = installation.home / "all.tar"
    installation.run("backup", str(archive))
    (empty.home / "files").mkdir()
    (empty.home / "files" / "mine.txt").write_text("precious")
    assert "There is data here already" in empty.run("restore", str(archive)).stderr
    assert (empty.home / "files" / "mine.txt").read_text() == "precious"


@pytest.mark.parametrize("at", [600, 0.5, -5])
def test_a_byte_that_changed_is_noticed_and_nothing_is_restored(installation, empty, at):
    write_something(installation)
    archive = installation.home / "all.tar"
    installation.run("backup", str(archive))
    content = bytearray(archive.read_bytes().rstrip(b"\0"))
    place = int(len(content) * at) if at == 0.5 else at
    content[place] ^= 0xFF
    archive.write_bytes(content)

    done = empty.run("restore", str(archive))

    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert not (empty.home / "files").exists()
    assert not (empty.home / "restore").exists()
    assert "serve" not in done.stderr


def test_an_archive_cut_short_is_noticed(installation, empty):
    archive = installation.home / "all.tar"
    installation.run("backup", str(archive))
    content = archive.read_bytes()
    archive.write_bytes(content[: len(content) // 2])
    assert "archive" in empty.run("restore", str(archive)).stderr


def test_what_is_no_archive_is_refused(empty):
    (empty.home / "letter.txt").write_text("Dear all,")
    said = empty.run("restore", str(empty.home / "letter.txt")).stderr
    assert "is not a whole archive" in said
    assert "is not there" in empty.run("restore", "/nowhere").stderr


def test_an_archive_of_a_newer_version_is_refused(installation, empty):
    ensure_running(installation.cluster)
    with psycopg.connect(connection_to(installation.cluster, "amends")) as database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('journal', '9999_x', now())"
        )
    archive = installation.home / "all.tar"
    installation.run("backup", str(archive))
    assert "written by a newer Amends" in empty.run("restore", str(archive)).stderr


def test_a_restore_that_was_cut_can_be_run_again(installation, empty):
    write_something(installation)
    archive = installation.home / "all.tar"
    installation.run("backup", str(archive))
    # As a cut after the files and before the database leaves it.
    (empty.home / "restore").mkdir()
    (empty.home / "files").mkdir()
    (empty.home / "files" / "half.bin").write_bytes(b"half")

    assert empty.run("restore", str(archive)).returncode == 0
    assert everything(empty) == everything(installation)
