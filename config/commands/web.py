"""`amends web`: serves pages."""

import argparse
import ssl

from granian.constants import HTTPModes, Interfaces
from granian.errors import ConfigurationError
from granian.log import LogLevels
from granian.server.mp import MPServer

from config.commands.installation import check_certificate, check_port
from config.commands.problem import CannotGoOn
from config.commands.schema import require_schema
from config.environment import Environment, require_secret

# A thread holds a database connection, so threads are kept rather than made anew.
IDLE_SECONDS = 600
FINISH_SECONDS = 20


def arguments(_parser: argparse.ArgumentParser) -> None:
    """Take none."""


def run(_options: argparse.Namespace, environment: Environment) -> int:
    require_secret(environment)
    check_certificate(environment)
    check_port(environment)
    require_schema()
    try:
        _server(environment).serve()
    except (ConfigurationError, ssl.SSLError) as problem:
        raise CannotGoOn(f"The pages cannot be served: {problem}.") from problem
    return 0


def _server(environment: Environment) -> MPServer:
    return MPServer(
        target="config.wsgi:application",
        address=environment.listen,
        port=environment.port,
        interface=Interfaces.WSGI,
        http=HTTPModes.auto if environment.tls_certificate else HTTPModes.http1,
        workers=environment.web_workers,
        blocking_threads=environment.web_threads,
        blocking_threads_idle_timeout=IDLE_SECONDS,
        respawn_failed_workers=True,
        workers_kill_timeout=FINISH_SECONDS,
        websockets=False,
        ssl_cert=environment.tls_certificate,
        ssl_key=environment.tls_key,
        log_level=LogLevels.warning,
    )
