import json

import psycopg
import pytest

from amends.database.cluster import connection_to, ensure_running

pytestmark = pytest.mark.enable_socket


def test_a_whole_journal_is_told_with_its_last_seal(installation):
    done = installation.run("journal", "verify")
    assert done.returncode == 0
    assert "The journal is whole: 0 entries" in done.stdout


def test_a_changed_journal_is_told_with_a_failing_exit(installation):
    ensure_running(installation.cluster)
    with psycopg.connect(connection_to(installation.cluster, "amends")) as database:
        database.execute(
            "INSERT INTO journal_block (first_id, last_id, sealed_at, digest)"
            " VALUES (1, 2, now(), repeat('0', 64))"
        )
    done = installation.run("journal", "verify")
    assert done.returncode == 1
    assert "the seal over the entries 1-2 does not hold" in done.stdout
    told = json.loads(installation.run("journal", "verify", "--json").stdout)
    assert told["broken"] == "1-2"
