"""A real installation in a directory of its own, run as an operator would run it."""

import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from amends.database.binaries import find_binaries
from amends.database.cluster import Cluster, postmaster, stop
from config.environment import ROOT

SECRET = "a secret that nobody guesses, of forty characters"
PATIENCE_SECONDS = 240


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Installation:
    home: Path
    settings: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    started: list[subprocess.Popen[str]] = field(default_factory=list)

    @property
    def cluster(self) -> Cluster:
        return Cluster(home=self.home, binaries=find_binaries(None))

    @property
    def environment(self) -> dict[str, str]:
        plain = {k: v for k, v in os.environ.items() if not k.startswith(("AMENDS_", "DATABASE_"))}
        ours = {
            "AMENDS_HOME": str(self.home),
            "AMENDS_PORT": str(self.port),
            "AMENDS_SECRET_KEY": SECRET,
            "AMENDS_WEB_WORKERS": "1",
            "PYTHONPATH": str(ROOT),
        }
        return plain | ours | self.settings

    def run(self, *words: str, **options) -> subprocess.CompletedProcess[str]:
        """Run `amends` with these words to its end."""
        environment = self.environment
        if "preexec_fn" in options:
            # Where a process may hardly write, coverage would complain in the place of Amends.
            environment = {k: v for k, v in environment.items() if not k.startswith("COVERAGE_")}
        return subprocess.run(
            amends(*words), env=environment, capture_output=True, text=True, check=False,
            timeout=PATIENCE_SECONDS, cwd="/", **options,
        )  # fmt: skip

    def start(self, *words: str) -> subprocess.Popen[str]:
        """Start `amends` with these words; what it says goes to a file in the home."""
        with (self.home / "said").open("w") as said:
            process = subprocess.Popen(
                amends(*words), env=self.environment, stdout=said, stderr=said, text=True, cwd="/"
            )
        self.started.append(process)
        return process

    def serve(self) -> subprocess.Popen[str]:
        """Start `amends serve` and wait until it is ready."""
        process = self.start("serve")
        self.wait_until(lambda: "is ready" in self.said or process.poll() is not None)
        assert process.poll() is None, self.said
        return process

    @property
    def said(self) -> str:
        return (self.home / "said").read_text()

    def ask(self, path: str) -> tuple[int, dict[str, bool]]:
        """Return status and JSON of a page of the running server; 0 when nobody answers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read())
        except (OSError, http.client.HTTPException):
            return 0, {}
        finally:
            connection.close()

    @property
    def is_ready(self) -> bool:
        return self.ask("/readyz")[0] == http.HTTPStatus.OK

    def wait_until(self, holds) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not holds():
            assert time.monotonic() < deadline, f"not in {PATIENCE_SECONDS} s: {self.said}"
            time.sleep(0.2)

    def processes(self, word: str = "") -> list[psutil.Process]:
        """Return our processes but the database's, of a command or of all."""
        return [
            process
            for process in psutil.process_iter()
            if self._is_ours(process) and (not word or word in process.cmdline())
        ]

    def _is_ours(self, process: psutil.Process) -> bool:
        try:
            home = process.environ().get("AMENDS_HOME")
            return home == str(self.home) and "config.commands.main" in process.cmdline()
        except (psutil.AccessDenied, psutil.NoSuchProcess, psutil.ZombieProcess):
            return False

    def end(self) -> None:
        for process in self.started:
            process.send_signal(signal.SIGTERM)
        for process in self.started:
            process.wait(PATIENCE_SECONDS)
        for left in self.processes():
            with suppress(psutil.NoSuchProcess):
                left.kill()
        if (self.home / "postgres").exists():
            stop(self.cluster)
        socket_dir = self.cluster.socket_dir
        shutil.rmtree(self.home, ignore_errors=True)
        shutil.rmtree(socket_dir, ignore_errors=True)

    def is_at_rest(self) -> bool:
        return not self.processes() and postmaster(self.cluster) is None


def amends(*words: str) -> list[str]:
    return [sys.executable, "-P", "-m", "config.commands.main", *words]


def empty_home() -> Path:
    """Return a new directory that the database's user may enter, with a short name."""
    home = Path(tempfile.mkdtemp(prefix="amends-", dir="/tmp"))
    home.chmod(0o711)
    return home
