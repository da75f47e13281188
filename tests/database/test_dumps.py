import signal
import subprocess

import psycopg
import pytest

from amends.database import dumps
from amends.database.cluster import connection_to, ensure_database
from amends.database.problem import DatabaseProblem


@pytest.fixture(scope="module")
def two_databases(cluster):
    for name in ("dump_from", "dump_to"):
        ensure_database(cluster, name)
    yield connection_to(cluster, "dump_from"), connection_to(cluster, "dump_to")
    with psycopg.connect(connection_to(cluster, "postgres"), autocommit=True) as server:
        for name in ("dump_from", "dump_to"):
            server.execute(f"DROP DATABASE {name}")


def test_a_dump_fills_an_empty_database_and_no_other(cluster, two_databases, tmp_path):
    source, target = two_databases
    with psycopg.connect(source) as database:
        database.execute("CREATE TABLE told AS SELECT 'ąžuolas' AS what")
    dumps.dump(binaries=cluster.binaries, connection=source, to=tmp_path / "dump")

    dumps.restore(binaries=cluster.binaries, connection=target, dumped=tmp_path / "dump")

    with psycopg.connect(target) as database:
        assert database.execute("SELECT what FROM told").fetchall() == [("ąžuolas",)]
    with pytest.raises(DatabaseProblem, match=r"pg_restore did not succeed.*already exists"):
        dumps.restore(binaries=cluster.binaries, connection=target, dumped=tmp_path / "dump")


@pytest.mark.parametrize(
    ("code", "said"), [(1, "pg_dump: error: No space left on device"), (-signal.SIGXFSZ, "")]
)
def test_a_full_disk_is_told_as_such(monkeypatch, tmp_path, code, said):
    failed = subprocess.CompletedProcess([], code, "", said)
    monkeypatch.setattr(subprocess, "run", lambda *_args, **_options: failed)
    with pytest.raises(DatabaseProblem, match="The disk is full"):
        dumps.dump(binaries=tmp_path, connection="", to=tmp_path / "dump")
