"""Killing what runs and starting it anew, for the tests in which everything is killed."""

import time
from subprocess import Popen

from amends.database.cluster import ensure_running, postmaster
from amends.database.problem import DatabaseProblem


def start(installation, command: tuple[str, ...]) -> Popen[bytes]:
    """Start a process of ours that is going to be killed."""
    return Popen(command, env=installation.environment, cwd="/")


def end(process: Popen[bytes]) -> None:
    """Kill a process of ours, as nothing can prevent."""
    process.kill()
    process.wait()


def end_database(installation) -> None:
    """Kill the database, and leave it so."""
    server = postmaster(installation.cluster)
    assert server
    server.kill()


def kill(
    installation, process: Popen[bytes], command: tuple[str, ...], *, database: bool
) -> Popen[bytes]:
    """Kill a process, and the database with it if told so; return the one that takes its place."""
    end(process)
    if database:
        end_database(installation)
    started = start(installation, command)
    if database:
        run_again(installation)
    return started


def run_again(installation) -> None:
    """Start the killed database; what it left running needs a moment to end."""
    for _try in range(40):
        try:
            ensure_running(installation.cluster)
        except DatabaseProblem:
            time.sleep(0.25)
        else:
            return
    ensure_running(installation.cluster)
