"""`amends serve`: the database, its migrations, the pages and the jobs, as one process tree."""

import argparse
import http.client
import ssl
import sys

from amends.database.cluster import ensure_database, ensure_running
from config.commands.installation import (
    DATABASE,
    check_certificate,
    check_given_database,
    check_port,
    cluster_of,
    prepare_home,
    refuse_half_restored,
    sole_use,
)
from config.commands.supervisor import Supervisor
from config.environment import Environment, require_secret

EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  what the operator may ask for


def arguments(_parser: argparse.ArgumentParser) -> None:
    """Take none: everything is a setting."""


def run(_options: argparse.Namespace, environment: Environment) -> int:
    require_secret(environment)
    return serve(environment)


def serve(environment: Environment) -> int:
    """Run everything until told to stop."""
    prepare_home(environment)
    check_certificate(environment)
    refuse_half_restored(environment)
    with sole_use(environment):
        supervisor = Supervisor(home=environment.home, cluster=cluster_of(environment))
        supervisor.listen_for_signals()
        try:
            if code := _open(supervisor, environment):
                return code
            supervisor.watch_until(lambda: is_ready(environment))
            if not supervisor.stopping:
                _welcome(environment)
            supervisor.watch_until(lambda: False)
        finally:
            supervisor.end()
    return 0


def _open(supervisor: Supervisor, environment: Environment) -> int:
    supervisor.end_left_over()
    check_port(environment)
    if supervisor.cluster:
        ensure_running(supervisor.cluster)
        ensure_database(supervisor.cluster, DATABASE)
    else:
        check_given_database(environment)
    code = supervisor.once("prepare")
    if supervisor.stopping:
        return 0
    if code:
        return code
    supervisor.add("web")
    supervisor.add("worker")
    supervisor.add("mailboxes")
    if environment.mail_listen:
        supervisor.add("lmtp")
    return 0


def _welcome(environment: Environment) -> None:
    """Say where the pages are, and what `amends prepare` left to say; the latter only once."""
    path = environment.home / "run" / "welcome"
    words = path.read_text() if path.exists() else ""
    path.unlink(missing_ok=True)
    sys.stdout.write(f"\nAmends is ready: {environment.address}\n{words}\n")
    sys.stdout.flush()


def is_ready(environment: Environment) -> bool:
    """Return whether `/readyz` of the running server says so."""
    connection = _connection_to_ourselves(environment)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _connection_to_ourselves(environment: Environment) -> http.client.HTTPConnection:
    host = EVERYWHERE.get(environment.listen, environment.listen)
    if environment.tls_certificate is None:
        return http.client.HTTPConnection(host, environment.port, timeout=5)
    # We know our certificate; that it names the public address and not this one is as it should be.
    context = ssl.create_default_context(cafile=environment.tls_certificate)
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    context.check_hostname = False
    return http.client.HTTPSConnection(host, environment.port, timeout=5, context=context)
