"""How fast mail becomes contacts with cases, with the acknowledgement queued.

    python -m benchmarks.intake 5000

An installation of its own in a temporary folder, with the clocks of the law that every house has.
So many mails, each from somebody new and of some 2 KB, lie in files; one process stores them and
takes them in, at PostgreSQL's own durability. Beside it stands how many rows of 2 KB a bare loop of
psycopg commits one by one a second: the two together say what a figure is worth on a machine that
does other things as well. The loop runs before and after, and its mean counts.
"""

import os
import resource
import sys
import time
from pathlib import Path

from benchmarks.installation import in_own_process, installed

LOOP_SECONDS = 5
WARM_UP = 200
WORDS = (
    "On Saturday evening it went cold again, the third time since the first of November. Twice I "
    "was told that somebody would call, and nobody did. I do not want a discount, I want to know "
    "who is coming and when. There is a small child here, and I cannot wait any longer.\r\n\r\n"
)


def main(mails: int) -> None:
    """Measure in a process of its own."""
    in_own_process("benchmarks.intake", str(mails))


def measure(mails: int) -> None:
    """Write so many mails into files, take them in, and print how fast that was."""
    with installed():
        report(Path(os.environ["AMENDS_HOME"]), mails)


def report(home: Path, mails: int) -> None:
    """Fill the house with its people, take the mails in, and print the figures."""
    from django.utils import timezone  # noqa: PLC0415 - once the settings are known

    from amends.imports.mail import import_mail  # noqa: PLC0415
    from amends.standards.actions import ship_profiles  # noqa: PLC0415
    from benchmarks.ground import fill  # noqa: PLC0415

    fill(100)
    ship_profiles(at=timezone.now())
    import_mail(written(home / "first", WARM_UP), as_history=False, done=lambda: None)
    files = written(home / "files", mails)
    loop = [rows_a_second()]
    memory = peak_mb()
    began, busy = time.perf_counter(), time.process_time()
    account = import_mail(files, as_history=False, done=lambda: None)
    took, busy = time.perf_counter() - began, time.process_time() - busy
    loop.append(rows_a_second())
    if account.contacts != mails:
        raise SystemExit(f"only {account.contacts} of {mails} became contacts")
    rate, bare = mails / took, sum(loop) / len(loop)
    print("| mails | mails/s | bare loop, rows/s | share | our processor ms each | memory MB |")
    print("|---:|---:|---:|---:|---:|---:|")
    print(
        f"| {mails:,} | {rate:.0f} | {bare:.0f} ({loop[0]:.0f}, {loop[1]:.0f}) | {rate / bare:.2f} "
        f"| {busy * 1000 / mails:.2f} | {memory:.0f} to {peak_mb():.0f} |"
    )


def written(folder: Path, mails: int) -> list[Path]:
    """Write so many mails, each from somebody else, and return their files."""
    folder.mkdir()
    files = []
    for number in range(mails):
        path = folder / f"{number:06}.eml"
        path.write_bytes(mail(f"{folder.name}-{in_letters(number)}"))
        files.append(path)
    return files


def in_letters(number: int) -> str:
    """Return `number` in letters: mails that differ in numbers only are taken for a machine's."""
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))


def mail(name: str) -> bytes:
    """Return a mail of some 2 KB as it comes from a mail server."""
    head = {
        "Return-Path": f"<writer-{name}@example.net>",
        "Received": "from mx.example.net (mx.example.net [192.0.2.7]) by mail.example.org "
        "(Postfix) with ESMTPS id 4F1C2A3B for <care@example.org>; Fri, 27 Mar 2026 15:00:00 +0200",
        "From": f"Writer {name} <writer-{name}@example.net>",
        "To": "care@example.org",
        "Subject": f"Cold again in flat {name}",
        "Date": "Fri, 27 Mar 2026 15:00:00 +0200",
        "Message-ID": f"<{name}@example.net>",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
    }
    lines = [f"{name}: {value}" for name, value in head.items()]
    return ("\r\n".join(lines) + "\r\n\r\n" + WORDS * 5).encode()


def rows_a_second() -> float:
    """Return how many rows of 2 KB a bare loop commits, one by one, a second."""
    from django.db import connection  # noqa: PLC0415

    bare = connection.get_new_connection(connection.get_connection_params())
    bare.autocommit = True
    words = "x" * 2048
    with bare, bare.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE IF NOT EXISTS bare "
            "(id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, words text)"
        )
        began, rows = time.perf_counter(), 0
        while (took := time.perf_counter() - began) < LOOP_SECONDS:
            cursor.execute("INSERT INTO bare (words) VALUES (%s)", [words])
            rows += 1
        return rows / took


def peak_mb() -> float:
    """Return the most memory that this process has held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        measure(int(sys.argv[2]))
    else:
        main(int(sys.argv[1]) if sys.argv[1:] else 5000)
