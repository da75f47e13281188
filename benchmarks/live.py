"""How long it takes until everybody who has a case open hears that something happened there.

`python -m benchmarks.live 100 500` makes an installation of its own, serves it by the real server
with two processes, opens so many streams on one case, says forty times that it has news, as the
journal does, and prints how late that was heard. Run it on a machine that does nothing else.
"""

import asyncio
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

from benchmarks.installation import free_port, installed
from benchmarks.pages import served

NEWS = 40
BETWEEN_SECONDS = 0.25
SESSION = "benchmark"


def main(sizes: list[int]) -> None:
    """Print a row for each number of clients."""
    with tempfile.TemporaryDirectory(prefix="amends-live-") as home:
        Path(home).chmod(0o755)
        os.environ |= {
            "AMENDS_HOME": home,
            "AMENDS_PORT": str(free_port()),
            "AMENDS_DEMO": "true",
            "AMENDS_WEB_WORKERS": "2",
            "DJANGO_SETTINGS_MODULE": "config.settings",
            # The database is asked in a thread, beside the loop that listens.
            "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
        }
        measure(sizes)


def measure(sizes: list[int]) -> None:
    """Make the installation, serve it, and follow one of its cases."""
    with installed():
        from benchmarks.ground import fill  # noqa: PLC0415 - its tables are known from here on

        fill(100)
        print("| clients | heard of | p50 ms | p95 ms | p99 ms | most ms |")
        print("|---:|---:|---:|---:|---:|---:|")
        with served():
            for size in sizes:
                asyncio.run(follow(size))


async def follow(size: int) -> None:
    """Open `size` streams, say that there is news, and print how late that was heard."""
    from amends.cases.models.case import Case  # noqa: PLC0415
    from amends.web.live.passes import now, write_pass  # noqa: PLC0415

    case = Case.objects.filter(owner__isnull=False, next_due_at__isnull=False)[0]
    topic = f"case:{case.pk}"
    heard: list[float] = []
    written: dict[str, float] = {}
    await asyncio.sleep(1)
    streams = []
    for number in range(size):
        shown = write_pass(10_000 + number, SESSION, topics=(topic,), place="", made_at=now())
        streams.append(await opened(shown))
    tasks = [asyncio.create_task(listen(reader, written, heard)) for reader, _writer in streams]
    for number in range(NEWS):
        await asyncio.to_thread(announce, topic, number, written)
        await asyncio.sleep(BETWEEN_SECONDS)
    await asyncio.sleep(1)
    for task in tasks:
        task.cancel()
    for _reader, writer in streams:
        writer.close()
    cuts = statistics.quantiles(heard, n=100)
    row = (statistics.median(heard), cuts[94], cuts[98], max(heard))
    share = len(heard) / (size * NEWS)
    print(f"| {size} | {share:.0%} | " + " | ".join(f"{one * 1000:.0f}" for one in row) + " |")


def announce(topic: str, number: int, written: dict[str, float]) -> None:
    """Say that something happened, as the journal does in the transaction of an act."""
    from django.db import connection  # noqa: PLC0415

    written[str(number)] = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_notify('amends_live_' || current_schema(), %s)", [f"news {topic} {number}"]
        )


async def opened(shown: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Return a stream that was answered."""
    port = int(os.environ["AMENDS_PORT"])
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    asked = f"GET /live/stream?pass={quote(shown)} HTTP/1.1\r\nHost: localhost\r\n"
    writer.write(f"{asked}Cookie: sessionid={SESSION}\r\n\r\n".encode())
    status = await reader.readline()
    if b"200" not in status:
        raise SystemExit(f"a stream was answered with {status!r}")
    return reader, writer


async def listen(
    reader: asyncio.StreamReader, written: dict[str, float], heard: list[float]
) -> None:
    """Note how long after it was written each piece of news came."""
    while line := await reader.readline():
        if line.startswith(b'data: {"case:'):
            number = line.decode().rsplit(":", 1)[1].strip('"}\r\n ')
            if number in written:
                heard.append(time.perf_counter() - written[number])


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [100, 500])
