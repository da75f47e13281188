"""`amends web`: serves pages."""

import argparse
import os
import signal
import ssl

from granian.constants import HTTPModes, Interfaces
from granian.errors import ConfigurationError
from granian.log import LogLevels
from granian.server.mp import MPServer

from config.commands.installation import check_certificate, check_port
from config.commands.problem import CannotGoOn
from config.commands.schema import require_schema
from config.environment import Environment, require_secret

FINISH_SECONDS = 20
MOST_AT_ONCE = 4096


class Server(MPServer):
    """Serves until it is stopped, and ends the streams of live pages first: they never end."""

    def shutdown(self, exit_code: int = 0) -> None:
        for worker in self.wrks:
            if worker.inner.is_alive():
                os.kill(worker.inner.pid, signal.SIGUSR1)
        super().shutdown(exit_code)  # type: ignore[no-untyped-call] # it has no types


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


def _server(environment: Environment) -> Server:
    return Server(
        target="config.asgi:application",
        address=environment.listen,
        port=environment.port,
        interface=Interfaces.ASGI,
        http=HTTPModes.auto if environment.tls_certificate else HTTPModes.http1,
        workers=environment.web_workers,
        # An open stream counts as a request that is not answered yet.
        backpressure=MOST_AT_ONCE,
        respawn_failed_workers=True,
        workers_kill_timeout=FINISH_SECONDS,
        websockets=False,
        ssl_cert=environment.tls_certificate,
        ssl_key=environment.tls_key,
        log_level=LogLevels.warning,
    )
