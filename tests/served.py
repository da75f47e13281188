"""The real server over the database of the tests, for what only it can show."""

import http.client
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
from django.conf import settings
from django.db import connection
from django.test import Client

from amends.staff.models import Staff
from config.environment import ROOT
from tests.config.installation import amends, free_port

PATIENCE_SECONDS = 60


@dataclass
class Served:
    """A server that runs; `process` is `amends web`, with two processes below it."""

    port: int
    process: subprocess.Popen[bytes]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def get(self, path: str, cookie: str = "") -> tuple[int, str]:
        """Return status and text of a page."""
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            asked.request("GET", path, headers={"Cookie": cookie} if cookie else {})
            answer = asked.getresponse()
            return answer.status, answer.read().decode()
        finally:
            asked.close()

    def open_files(self) -> int:
        """Return how many files and connections the processes that answer hold open."""
        below = psutil.Process(self.process.pid).children(recursive=True)
        return sum(process.num_fds() for process in below)


@contextmanager
def served(home: Path) -> Iterator[Served]:
    """Run `amends web`, in `home`, until the block ends."""
    ours = connection.settings_dict
    port = free_port()
    environment = {
        **{k: v for k, v in os.environ.items() if not k.startswith(("AMENDS_", "DATABASE_"))},
        "AMENDS_HOME": str(home),
        "AMENDS_PORT": str(port),
        # The sessions of the tests hold there too.
        "AMENDS_DEMO": "true",
        "AMENDS_SECRET_KEY": settings.SECRET_KEY,
        "AMENDS_WEB_WORKERS": "2",
        "DATABASE_URL": f"postgresql://{ours['USER']}@/{ours['NAME']}?host={ours['HOST']}",
        "PYTHONPATH": str(ROOT),
    }
    process = subprocess.Popen(amends("web"), env=environment, cwd="/")
    running = Served(port, process)
    try:
        _wait_for(running)
        yield running
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE_SECONDS)


def cookie_of(staff: Staff) -> str:
    """Return the cookie of somebody who is signed in."""
    client = Client()
    client.force_login(staff)
    name = settings.SESSION_COOKIE_NAME
    return f"{name}={client.cookies[name].value}"


def _wait_for(running: Served) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        try:
            if running.get("/healthz")[0] == http.client.OK:
                return
        except OSError:
            time.sleep(0.05)
    raise AssertionError("the server did not come up")
