"""`amends doctor`: checks the whole installation and says what to do."""

import argparse
import os
import smtplib
import ssl
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography import x509
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from amends.contacts.queries.mailboxes import mailboxes_unwell, trouble_of
from amends.database.problem import DatabaseProblem
from amends.jobs.models import Stumble
from amends.journal.sealing import verify
from config import health
from config.commands.installation import (
    check_certificate,
    check_port,
    database_at_hand,
    prepare_home,
    refuse_half_restored,
)
from config.commands.problem import CannotGoOn
from config.commands.serve import is_ready
from config.environment import (
    BadSetting,
    Encryption,
    Environment,
    require_secret,
    unknown_variables,
)

CLOCKS_MAY_DIFFER = timedelta(seconds=5)
CERTIFICATE_LASTS = timedelta(days=14)
SMTP_PATIENCE_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found: `advice` is empty when all is well."""

    what: str
    advice: str = ""


Check = Callable[[Environment], str]


def arguments(_parser: argparse.ArgumentParser) -> None:
    """Take none."""


def run(_options: argparse.Namespace, environment: Environment) -> int:
    """Print every finding; return 1 when something is to be done."""
    wrong = 0
    for finding in examine(environment):
        mark = "to do" if finding.advice else "well "
        sys.stdout.write(f"{mark}  {finding.what}\n")
        sys.stdout.write(f"       {finding.advice}\n" if finding.advice else "")
        wrong += bool(finding.advice)
    sys.stdout.write(f"\n{wrong} to do.\n" if wrong else "\nAll is well.\n")
    return 1 if wrong else 0


def examine(environment: Environment) -> Iterator[Finding]:
    """Yield what each check finds, the ground first."""
    for what, check in GROUND.items():
        yield Finding(what, _advice(check, environment))
    try:
        with database_at_hand(environment):
            yield Finding("the database answers")
            for what, check in UPON_DATABASE.items():
                yield Finding(what, _advice(check, environment))
            connection.close()
    except (CannotGoOn, DatabaseProblem) as problem:
        yield Finding("the database answers", str(problem))


def _advice(check: Check, environment: Environment) -> str:
    try:
        return check(environment)
    except (BadSetting, CannotGoOn, DatabaseProblem) as problem:
        return str(problem)
    except DatabaseError:
        return "This cannot be told before the schema is of this version."


def _secret(environment: Environment) -> str:
    require_secret(environment)
    return ""


def _spelling(_environment: Environment) -> str:
    unknown = unknown_variables(os.environ)
    return f"Nothing reads {', '.join(unknown)}: correct or remove." if unknown else ""


def _home(environment: Environment) -> str:
    prepare_home(environment)
    refuse_half_restored(environment)
    return ""


def _certificate(environment: Environment) -> str:
    check_certificate(environment)
    path = environment.tls_certificate
    if path is None:
        return ""
    try:
        until = x509.load_pem_x509_certificate(path.read_bytes()).not_valid_after_utc
    except ValueError:
        return f"AMENDS_TLS_CERTIFICATE: {path} holds no certificate in the PEM format."
    left = until - datetime.now(UTC)
    return (
        f"The certificate ends on {until:%Y-%m-%d}: renew it." if left < CERTIFICATE_LASTS else ""
    )


def _port(environment: Environment) -> str:
    if not is_ready(environment):
        check_port(environment)
    return ""


def _mail(environment: Environment) -> str:
    if environment.demo:
        return ""
    if not environment.smtp_host:
        return "No mail leaves: set AMENDS_SMTP_HOST and AMENDS_MAIL_FROM."
    try:
        with _mail_server(environment) as server:
            if environment.smtp_user:
                server.login(environment.smtp_user, environment.smtp_password.get_secret_value())
    except (OSError, smtplib.SMTPException) as problem:
        return f"The mail server {environment.smtp_host} does not let us in: {problem}."
    return ""


def _mail_server(environment: Environment) -> smtplib.SMTP:
    where = (environment.smtp_host, environment.smtp_port)
    if environment.smtp_encryption is Encryption.TLS:
        return smtplib.SMTP_SSL(
            *where, timeout=SMTP_PATIENCE_SECONDS, context=ssl.create_default_context()
        )
    server = smtplib.SMTP(*where, timeout=SMTP_PATIENCE_SECONDS)
    if environment.smtp_encryption is Encryption.STARTTLS:
        server.starttls(context=ssl.create_default_context())
    return server


def _schema(_environment: Environment) -> str:
    loader = MigrationLoader(connection)
    if newer := health.newer_migrations(loader):
        return f"A newer Amends wrote this database ({newer[-1]}): install that version again."
    waiting = len(health.pending_migrations(loader))
    return f"{waiting} migrations wait: run `amends migrate`." if waiting else ""


def _worker(environment: Environment) -> str:
    # Without a server that runs, nobody expects a worker.
    if not is_ready(environment) or health.worker_is_alive():
        return ""
    return "No worker has shown a sign of life: run `amends serve` or `amends worker`."


def _failed_jobs(_environment: Environment) -> str:
    failed = ProcrastinateJob.objects.filter(status="failed").count()
    return f"{failed} jobs have failed for good: their errors are in the log." if failed else ""


def _stumbles(_environment: Environment) -> str:
    stumbles = Stumble.objects.order_by("-failures")[:5]
    return "; ".join(
        f"{stumble.kind} of row {stumble.row_id} failed {stumble.failures} times: {stumble.error}"
        for stumble in stumbles
    )


def _mailboxes(environment: Environment) -> str:
    # Without a server that runs, nobody expects anybody to look.
    if not is_ready(environment):
        return ""
    return "; ".join(
        f"{mailbox.name}: {trouble_of(mailbox) or 'nobody has looked into it for long'}; see the "
        "page Mailboxes"
        for mailbox in mailboxes_unwell(timezone.now())
    )


def _journal(_environment: Environment) -> str:
    broken = verify().broken
    return f"The journal was changed in the entries {broken}: find out by whom." if broken else ""


def _clock(_environment: Environment) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        told: datetime = cursor.fetchone()[0]
    apart = abs(told - timezone.now())
    return f"The database's clock is {apart} off: set both." if apart > CLOCKS_MAY_DIFFER else ""


GROUND: dict[str, Check] = {
    "the secret is our own": _secret,
    "every setting is known": _spelling,
    "the data directory can be written": _home,
    "the certificate is good": _certificate,
    "the port can be had": _port,
    "the mail server lets us in": _mail,
}
UPON_DATABASE: dict[str, Check] = {
    "the schema is of this version": _schema,
    "the worker works": _worker,
    "no job has failed": _failed_jobs,
    "nothing due has failed": _stumbles,
    "every mailbox is looked into": _mailboxes,
    "the journal is whole": _journal,
    "the clocks agree": _clock,
}
