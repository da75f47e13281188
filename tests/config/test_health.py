from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from config import health

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker():
    def last_seen(ago=timedelta(0)):
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (%s)",
                [timezone.now() - ago],
            )

    return last_seen


def test_it_is_alive_without_a_look_at_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"alive": True})


def test_it_is_ready_when_all_is_there(client, worker):
    worker()
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {"database": True, "migrations": True, "worker": True}


def test_a_probe_may_knock_by_any_name_and_without_tls(client, worker, settings):
    worker()
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/readyz", headers={"host": "10.1.2.3:8000"}).status_code == 200
    assert client.get("/", headers={"host": "10.1.2.3:8000"}).status_code == 400


def test_it_is_not_ready_without_a_worker(client):
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"database": True, "migrations": True, "worker": False}


def test_a_worker_that_fell_silent_counts_as_none(worker):
    worker(ago=health.WORKER_SILENCE + timedelta(seconds=1))
    assert not health.worker_is_alive()


def test_it_is_not_ready_while_a_migration_waits(client, worker):
    worker()
    MigrationRecorder(connection).record_unapplied("journal", "0002_append_only")
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["migrations"]) == (503, False)


def test_it_is_not_ready_on_a_newer_schema(client, worker):
    worker()
    MigrationRecorder(connection).record_applied("journal", "9999_from_the_future")
    assert client.get("/readyz").json()["migrations"] is False


def test_migrations_of_an_app_that_is_gone_do_no_harm(worker):
    MigrationRecorder(connection).record_applied("gone", "0001_initial")
    assert health.schema_is_ours()


def test_it_is_not_ready_without_a_database(client, monkeypatch):
    def refuse(*_args, **_kwargs):
        raise DatabaseError

    monkeypatch.setattr(connection, "cursor", refuse)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"database": False, "migrations": False, "worker": False}
