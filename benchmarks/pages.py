"""How fast the pages are that people look at all day, and whether that grows with the cases.

    python -m benchmarks.pages 1000 100000

For each number of cases: an installation of its own in a temporary folder, the real server with two
web workers, and beside it on the same machine the load: one client asking for one page after
another (p50, p95), then eight at once (pages a second). Beside them stands how long server and
database together kept a processor busy for a page, which says the same on a machine that does other
things as well. SQL statements are counted in this process, by the same views. Prints a table in
Markdown.
"""

import http.client
import os
import signal
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import psutil

from benchmarks.installation import collect_static, in_own_process, installed

if TYPE_CHECKING:
    from amends.database.cluster import Cluster

WARM_UP = 30
ONE_CLIENT_REQUESTS = 200
CLIENTS = 8
SECONDS = 10
TIMEOUT_SECONDS = 30


def main(sizes: list[int]) -> None:
    """Measure each size in a process of its own."""
    print("| cases | page | statements | p50 ms | p95 ms | processor ms | pages/s, 8 clients |")
    print("|---:|---|---:|---:|---:|---:|---:|", flush=True)
    for size in sizes:
        in_own_process("benchmarks.pages", str(size))


def measure(size: int) -> None:
    """Make `size` cases, serve them, and print a row a page."""
    with installed() as cluster:
        collect_static()
        report(size, cluster)


def report(size: int, cluster: "Cluster") -> None:
    """Fill the database, and print what each page takes."""
    from amends.database.cluster import postmaster  # noqa: PLC0415 - once the settings are known
    from benchmarks.ground import a_long_case, fill  # noqa: PLC0415
    from benchmarks.visitor import cookie_of_an_agent, statements_of  # noqa: PLC0415

    fill(size)
    cookie = cookie_of_an_agent()
    pages = {
        "Inbox, mine": "/inbox/",
        "Inbox, team": "/inbox/?which=team",
        "Case, 20 contacts": f"/cases/{a_long_case()}/",
        "My day": "/",
        "Promises": "/promises/",
    }
    with served() as server:
        working = [process for process in (psutil.Process(server), postmaster(cluster)) if process]
        for name, path in pages.items():
            statements = statements_of(path, cookie)
            began = busy_seconds(working)
            one = one_client(path, cookie)
            busy = (busy_seconds(working) - began) / (WARM_UP + ONE_CLIENT_REQUESTS)
            rate = many_clients(path, cookie)
            slow = statistics.quantiles(one, n=20)[18]
            print(
                f"| {size:,} | {name} | {statements} | {statistics.median(one) * 1000:.1f} | "
                f"{slow * 1000:.1f} | {busy * 1000:.1f} | {rate:.0f} |",
                flush=True,
            )


@contextmanager
def served() -> Iterator[int]:
    """Run the real server, as `amends web` does, until the block ends; its process is yielded."""
    server = subprocess.Popen([sys.executable, "-m", "config.commands.main", "web"])
    try:
        wait_for_it()
        yield server.pid
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=TIMEOUT_SECONDS)


def busy_seconds(working: list[psutil.Process]) -> float:
    """Return how long these processes, and those they started, have kept a processor busy."""
    every = {process for top in working for process in (top, *top.children(recursive=True))}
    spent_by = [process.cpu_times() for process in every]
    return sum(spent.user + spent.system for spent in spent_by)


def wait_for_it() -> None:
    """Return once the server answers."""
    end = time.monotonic() + TIMEOUT_SECONDS
    while time.monotonic() < end:
        try:
            if ask(connect(), "/healthz", "") > 0:
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("The server did not come up.")


def connect() -> http.client.HTTPConnection:
    """Return a connection that is kept open."""
    return http.client.HTTPConnection(
        "127.0.0.1", int(os.environ["AMENDS_PORT"]), timeout=TIMEOUT_SECONDS
    )


def ask(connection: http.client.HTTPConnection, path: str, cookie: str) -> float:
    """Ask for one page and return the seconds until its last byte."""
    began = time.perf_counter()
    connection.request("GET", path, headers={"Cookie": cookie, "Accept-Language": "en"})
    answer = connection.getresponse()
    answer.read()
    if answer.status != http.client.OK:
        raise SystemExit(f"{path} answered {answer.status}")
    return time.perf_counter() - began


def one_client(path: str, cookie: str) -> list[float]:
    """Return the seconds that each page took, asked for one after another."""
    connection = connect()
    for _ in range(WARM_UP):
        ask(connection, path, cookie)
    return [ask(connection, path, cookie) for _ in range(ONE_CLIENT_REQUESTS)]


def many_clients(path: str, cookie: str) -> float:
    """Return the pages a second that eight clients get together."""
    counts = [0] * CLIENTS
    end = time.monotonic() + SECONDS

    def visit(n: int) -> None:
        connection = connect()
        while time.monotonic() < end:
            ask(connection, path, cookie)
            counts[n] += 1

    run_all([lambda n=n: visit(n) for n in range(CLIENTS)])
    return sum(counts) / SECONDS


def run_all(visits: list[Callable[[], None]]) -> None:
    """Run `visits` at the same time, and return when all are done."""
    threads = [threading.Thread(target=visit) for visit in visits]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        measure(int(sys.argv[2]))
    else:
        main([int(size) for size in sys.argv[1:]] or [1000, 100_000])
