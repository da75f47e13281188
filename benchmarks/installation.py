"""An installation that lives as long as one measurement: its own process, home and PostgreSQL.

Django settles its database once, so what measures more than one size does each in a process of its
own, which calls the same module again with `--one`.
"""

import os
import secrets
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from amends.database.cluster import Cluster


def in_own_process(module: str, *told: str) -> None:
    """Run `python -m module --one` with what is told, in an empty home of its own."""
    with tempfile.TemporaryDirectory(prefix="amends-bench-") as home:
        Path(home).chmod(0o755)
        environment = {
            **os.environ,
            "AMENDS_HOME": home,
            "AMENDS_PORT": str(free_port()),
            "AMENDS_SECRET_KEY": secrets.token_hex(32),
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        subprocess.run(  # noqa: S603 - the very module that calls
            [sys.executable, "-m", module, "--one", *told], env=environment, check=True
        )


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def installed() -> "Iterator[Cluster]":
    """Create the database in the home that the environment names, and stop it after the block."""
    import django  # noqa: PLC0415 - the settings read the environment that is made before

    from amends.database.binaries import find_binaries  # noqa: PLC0415
    from amends.database.cluster import (  # noqa: PLC0415
        Cluster,
        ensure_database,
        ensure_running,
        stop,
    )

    cluster = Cluster(home=Path(os.environ["AMENDS_HOME"]), binaries=find_binaries(None))
    ensure_running(cluster)
    try:
        ensure_database(cluster, "amends")
        django.setup()
        from django.core.management import call_command  # noqa: PLC0415

        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        yield cluster
    finally:
        stop(cluster)


def collect_static() -> None:
    """Lay the files out that the real server serves beside its pages."""
    from django.core.management import call_command  # noqa: PLC0415

    call_command("collectstatic", verbosity=0, interactive=False)
