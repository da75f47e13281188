"""The examination of a whole installation, well and ill."""

import socket
import subprocess
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import psycopg
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from amends.database.cluster import connection_to, ensure_running

pytestmark = pytest.mark.enable_socket


def to_do(done: subprocess.CompletedProcess[str]) -> dict[str, str]:
    """Return what the doctor advises, by what it is about."""
    lines = done.stdout.splitlines()
    return {
        line.removeprefix("to do").strip(): advice.strip()
        for line, advice in pairwise(lines)
        if line.startswith("to do")
    }


def change(installation, statement):
    ensure_running(installation.cluster)
    with psycopg.connect(connection_to(installation.cluster, "amends")) as database:
        database.execute(statement)


def test_a_well_installation_has_nothing_to_do(installation):
    installation.settings["AMENDS_DEMO"] = "true"
    done = installation.run("doctor")
    assert done.returncode == 0, done.stdout
    assert "All is well." in done.stdout
    assert installation.is_at_rest()


def test_each_thing_that_is_ill_is_told_with_what_to_do(installation):
    change(
        installation,
        """
        INSERT INTO jobs_stumble (kind, row_id, failures, failed_at, retry_at, error)
        VALUES ('cases.promise', 7, 3, now(), now(), 'ValueError in act, line 1');
        INSERT INTO procrastinate_jobs (queue_name, task_name, args, status)
        VALUES ('default', 'journal.react', '{}', 'failed');
        INSERT INTO journal_block (first_id, last_id, sealed_at, digest)
        VALUES (1, 2, now(), repeat('0', 64));
        DELETE FROM django_migrations WHERE app = 'jobs';
        """,
    )
    installation.settings |= {"AMENDS_PROT": "80", "AMENDS_SECRET_KEY": "short"}
    done = installation.run("doctor")
    advice = to_do(done)
    assert done.returncode == 1
    assert "AMENDS_SECRET_KEY must be set" in advice["the secret is our own"]
    assert advice["every setting is known"] == "Nothing reads AMENDS_PROT: correct or remove."
    assert "AMENDS_SMTP_HOST" in advice["the mail server lets us in"]
    assert "run `amends migrate`" in advice["the schema is of this version"]
    assert advice["no job has failed"].startswith("1 jobs")
    assert "cases.promise of row 7 failed 3 times" in advice["nothing due has failed"]
    assert "1-2" in advice["the journal is whole"]
    assert f"{len(advice)} to do." in done.stdout


def test_a_newer_schema_is_told(installation):
    change(
        installation,
        "INSERT INTO django_migrations (app, name, applied) VALUES ('jobs', '9999_x', now())",
    )
    advice = to_do(installation.run("doctor"))
    assert "A newer Amends" in advice["the schema is of this version"]


def test_a_database_that_does_not_answer_ends_the_examination_with_advice(empty):
    empty.settings["DATABASE_URL"] = "postgresql://nobody@127.0.0.1:1/amends"
    advice = to_do(empty.run("doctor"))
    assert "does not answer" in advice["the database answers"]
    assert "the journal is whole" not in advice


def test_a_database_with_nothing_in_it_is_examined_without_a_crash(empty):
    advice = to_do(empty.run("doctor"))
    assert "migrations wait" in advice["the schema is of this version"]
    assert "before the schema is of this version" in advice["the journal is whole"]


def test_a_mail_server_that_is_not_there_is_told(installation):
    installation.settings |= {
        "AMENDS_SMTP_HOST": "127.0.0.1",
        "AMENDS_SMTP_PORT": "1",
        "AMENDS_SMTP_ENCRYPTION": "none",
        "AMENDS_MAIL_FROM": "care@example.org",
    }
    advice = to_do(installation.run("doctor"))
    assert "127.0.0.1 does not let us in" in advice["the mail server lets us in"]


def test_a_port_that_somebody_else_has_is_told(installation):
    with socket.socket() as other:
        other.bind(("127.0.0.1", installation.port))
        other.listen()
        advice = to_do(installation.run("doctor"))
    assert f"Port {installation.port}" in advice["the port can be had"]


@pytest.mark.parametrize(("days", "said"), [(3, "renew it"), (300, "")])
def test_a_certificate_near_its_end_is_told(installation, days, said):
    installation.settings |= certificate(installation.home, days)
    advice = to_do(installation.run("doctor"))
    assert said in advice.get("the certificate is good", "")
    assert bool(said) is ("the certificate is good" in advice)


def test_what_is_no_certificate_is_told(installation):
    installation.settings |= certificate(installation.home, 300)
    (installation.home / "cert.pem").write_text("my certificate")
    advice = to_do(installation.run("doctor"))
    assert "holds no certificate" in advice["the certificate is good"]


def test_it_serves_https_with_a_certificate_of_ones_own(installation):
    installation.settings |= certificate(installation.home, 300)
    installation.serve()
    assert f"Amends is ready: https://localhost:{installation.port}" in installation.said


def certificate(home, days):
    """Write a certificate that holds for `days` and its key; return the settings for it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "care.example.org")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=days))
        .sign(key, hashes.SHA256())
    )
    (home / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (home / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return {
        "AMENDS_TLS_CERTIFICATE": str(home / "cert.pem"),
        "AMENDS_TLS_KEY": str(home / "key.pem"),
    }
