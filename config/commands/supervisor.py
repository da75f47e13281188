"""One process tree: starts its parts, starts again what dies, and ends all of it together."""

import json
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

import psutil

from amends.database.cluster import Cluster, ensure_running, postmaster, stop
from config.commands.problem import CannotGoOn
from config.environment import ROOT

TURN_SECONDS = 0.2
GRACE_SECONDS = 30.0
STEADY_SECONDS = 60.0
MOST_FAILURES = 6
MARK = "_AMENDS_RUN"


@dataclass
class Part:
    """One of our commands that runs until we end it."""

    name: str
    environment: dict[str, str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    failures: int = 0
    not_before: float = 0.0

    def start(self) -> None:
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            command(self.name),
            stdin=subprocess.DEVNULL,
            env=self.environment,
            cwd="/",
            # A group of its own: Ctrl-C in the terminal is for us, and we end it group and all.
            start_new_session=True,
        )

    def watch(self) -> None:
        """Start the part again if it has ended; give up when it ends again and again at once."""
        if self.process and self.process.poll() is None:
            if time.monotonic() - self.started > STEADY_SECONDS:
                self.failures = 0
            return
        if self.process:
            self._bury(self.process)
        elif time.monotonic() >= self.not_before:
            self.start()

    def _bury(self, process: subprocess.Popen[bytes]) -> None:
        end_group(process.pid)
        self.process = None
        self.failures += 1
        self.not_before = time.monotonic() + min(2.0 ** (self.failures - 2), 10.0)
        if self.failures > MOST_FAILURES:
            raise CannotGoOn(
                f"`amends {self.name}` ended {self.failures} times soon after its start (last with "
                f"exit code {process.returncode}): the lines above say why."
            )
        sys.stderr.write(
            f"amends: `amends {self.name}` ended with exit code {process.returncode}; "
            "it is started again.\n"
        )


@dataclass
class Supervisor:
    """Runs parts beside the embedded database, if there is one, until it is told to stop."""

    home: Path
    cluster: Cluster | None
    parts: list[Part] = field(default_factory=list)
    stopping: bool = False
    mark: str = field(default_factory=lambda: secrets.token_hex(16))

    def listen_for_signals(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._stop)

    def end_left_over(self) -> None:
        """End what a killed run left behind, and leave a mark by which the next can do the same."""
        record = self.home / "run" / "serve.json"
        if record.exists():
            end_marked(json.loads(record.read_text() or "{}").get("mark", ""))
        if self.cluster:
            stop(self.cluster)
        # Written whole before the first part starts, so no part is ever without its mark.
        unfinished = record.with_suffix(".new")
        unfinished.write_text(json.dumps({"mark": self.mark, "process": os.getpid()}))
        unfinished.rename(record)

    def surroundings(self) -> dict[str, str]:
        return {**os.environ, "PYTHONPATH": str(ROOT), MARK: self.mark}

    def once(self, *words: str) -> int:
        """Run one of our commands to its end and return its exit code."""
        process = subprocess.Popen(
            command(*words), env=self.surroundings(), cwd="/", start_new_session=True
        )
        while process.poll() is None:
            if self.stopping:
                process.terminate()
            time.sleep(0.02)
        return process.returncode

    def add(self, name: str) -> None:
        part = Part(name=name, environment=self.surroundings())
        part.start()
        self.parts.append(part)

    def watch_until(self, done: Callable[[], bool]) -> None:
        """Keep everything running until `done` says so or we are told to stop."""
        while not self.stopping and not done():
            if self.cluster and postmaster(self.cluster) is None:
                ensure_running(self.cluster)
            for part in self.parts:
                part.watch()
            time.sleep(TURN_SECONDS)

    def end(self) -> None:
        """End the parts, each after what it has in hand, then the database."""
        running = [part.process for part in self.parts if part.process]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + GRACE_SECONDS
        for process in running:
            try:
                process.wait(max(deadline - time.monotonic(), 0.1))
            except subprocess.TimeoutExpired:
                sys.stderr.write(f"amends: process {process.pid} did not end and is killed.\n")
            end_group(process.pid)
        if self.cluster:
            stop(self.cluster)
        (self.home / "run" / "serve.json").unlink(missing_ok=True)

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self.stopping = True


def command(*words: str) -> list[str]:
    """Return the command line of `amends` with these words."""
    return [sys.executable, "-P", "-m", "config.commands.main", *words]


def end_group(leader: int) -> None:
    """Kill what is left of a process group whose leader has ended, or is to."""
    try:
        os.killpg(leader, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


def end_marked(mark: str) -> None:
    """End every process that carries `mark`: a part that outlived the supervisor it belonged to."""
    left = [process for process in psutil.process_iter() if mark and _carries(process, mark)]
    for process in left:
        _signal(process, signal.SIGTERM)
    _, stubborn = psutil.wait_procs(left, timeout=GRACE_SECONDS)
    for process in stubborn:
        _signal(process, signal.SIGKILL)
    psutil.wait_procs(stubborn, timeout=GRACE_SECONDS)


def _signal(process: psutil.Process, number: signal.Signals) -> None:
    try:
        process.send_signal(number)
    except psutil.NoSuchProcess:
        return


def _carries(process: psutil.Process, mark: str) -> bool:
    try:
        return process.environ().get(MARK) == mark
    except (psutil.AccessDenied, psutil.NoSuchProcess, psutil.ZombieProcess, OSError):
        return False
