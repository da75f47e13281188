"""The process tree, as it is started, stopped and killed in earnest."""

import signal
import socket
import time

import psycopg
import pytest
from django.db import connection

from amends.database.cluster import connection_to, postmaster

pytestmark = pytest.mark.enable_socket


def write_a_row(installation):
    with psycopg.connect(connection_to(installation.cluster, "amends")) as database:
        database.execute("CREATE TABLE told (what text)")
        database.execute("INSERT INTO told VALUES ('never lost')")


def rows(installation):
    with psycopg.connect(connection_to(installation.cluster, "amends")) as database:
        return database.execute("SELECT what FROM told").fetchall()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_serves_until_it_is_told_to_stop_and_leaves_nothing_running(installation, number):
    server = installation.serve()
    assert installation.ask("/healthz") == (200, {"alive": True})
    everything = {"database": True, "migrations": True, "worker": True}
    assert installation.ask("/readyz") == (200, everything)

    server.send_signal(number)

    assert server.wait(30) == 0
    assert installation.is_at_rest()


def test_a_killed_supervisor_is_followed_by_a_start_that_clears_up(installation):
    server = installation.serve()
    left = installation.processes("web") + installation.processes("worker")
    write_a_row(installation)
    server.kill()
    server.wait()
    assert all(process.is_running() for process in left)

    installation.serve()

    assert not any(process.is_running() for process in left)
    assert installation.is_ready
    assert rows(installation) == [("never lost",)]


def test_everything_killed_at_once_is_followed_by_a_start_as_if_nothing_had_been(installation):
    server = installation.serve()
    write_a_row(installation)
    for process in [*installation.processes(), postmaster(installation.cluster)]:
        process.kill()
    server.wait()

    installation.serve()

    assert installation.is_ready
    assert rows(installation) == [("never lost",)]


def test_a_killed_part_is_started_again(installation):
    installation.serve()
    for part in ("web", "worker"):
        killed = installation.processes(part)
        for process in killed:
            process.kill()
        installation.wait_until(lambda: set(installation.processes(part)) - set(killed))  # noqa: B023 - waited for here
    installation.wait_until(lambda: installation.is_ready)


def test_a_killed_database_is_started_again(installation):
    installation.serve()
    write_a_row(installation)
    killed = postmaster(installation.cluster)
    assert killed
    killed.kill()

    installation.wait_until(lambda: postmaster(installation.cluster) not in {None, killed})
    installation.wait_until(lambda: installation.is_ready)
    assert rows(installation) == [("never lost",)]


def test_a_database_of_the_operators_is_used_instead_of_the_embedded_one(
    installation, cluster, transactional_db
):
    database = connection.settings_dict["NAME"]
    url = f"postgresql://postgres@/{database}?host={cluster.socket_dir}"
    installation.settings["DATABASE_URL"] = url
    installation.serve()
    assert installation.is_ready
    assert postmaster(installation.cluster) is None


def test_a_page_under_way_is_answered_before_it_stops(installation):
    server = installation.serve()
    with psycopg.connect(connection_to(installation.cluster, "amends")) as database:
        # What the page wants to read is locked, so it is surely under way when the signal comes.
        database.execute("LOCK TABLE staff_organisation IN ACCESS EXCLUSIVE MODE")
        asked = socket.create_connection(("127.0.0.1", installation.port))
        asked.sendall(b"GET /sign-in/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        installation.wait_until(lambda: waits_for_a_lock(installation))
        server.send_signal(signal.SIGTERM)
        time.sleep(1)
        assert server.poll() is None
        database.rollback()
        with asked:
            asked.settimeout(30)
            answer = asked.recv(12)
    assert answer.startswith(b"HTTP/1.1 ")
    assert not answer.startswith(b"HTTP/1.1 5")
    assert server.wait(60) == 0


def waits_for_a_lock(installation):
    with psycopg.connect(connection_to(installation.cluster, "amends")) as database:
        found = database.execute("SELECT 1 FROM pg_locks WHERE NOT granted").fetchone()
    return found is not None
