"""`amends deliver`: takes one mail from a mail server by a pipe.

The exit code is the answer that the server acts on, so this command answers for itself: 0 only once
the mail is committed, 75 (try again later) for whatever prevents that, 64 and 65 for what would
never succeed. It starts without Django, which would take most of the time.
"""

import argparse
import os
import re
import signal
import sys
from collections.abc import Sequence
from typing import BinaryIO

from psycopg.conninfo import make_conninfo

from amends.base.spool import TooMuch
from amends.contacts.channels.email.delivery import Delivery, Envelope, connect
from amends.contacts.rules.arriving import LARGEST_DELIVERED, NULL_SENDER
from amends.database.cluster import SUPERUSER, socket_dir
from config import environment
from config.environment import Environment

USAGE = 2
CHUNK_BYTES = 256 * 1024
MAILBOX = re.compile(r"[\w.@+-]{1,40}")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--mailbox", metavar="NAME", default="", type=_mailbox, help="which one")
    parser.add_argument("--sender", metavar="ADDR", help="whom the envelope names")
    parser.add_argument(
        "--recipient", metavar="ADDR", action="append", default=[], help="for whom; may be repeated"
    )


def _mailbox(name: str) -> str:
    if name and not MAILBOX.fullmatch(name):
        raise argparse.ArgumentTypeError("up to 40 letters, digits and . @ + - _")
    return name


def main(words: Sequence[str]) -> int:
    """Take the mail on standard input as `words` say; return what the mail server is to hear."""
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda _number, _frame: sys.exit(os.EX_TEMPFAIL))
    parser = argparse.ArgumentParser(prog="amends deliver", description="take a mail from a pipe")
    arguments(parser)
    try:
        options = parser.parse_args(words)
        return run(options, environment.read())
    except SystemExit as end:
        return os.EX_USAGE if end.code == USAGE else int(end.code or 0)
    except environment.BadSetting as problem:
        return _say(str(problem), os.EX_TEMPFAIL)


def run(options: argparse.Namespace, settings: Environment) -> int:
    try:
        return _deliver(options, settings, sys.stdin.buffer)
    except TooMuch:
        return _say(f"larger than {LARGEST_DELIVERED // 2**20} MB", os.EX_DATAERR)
    except Exception as problem:  # noqa: BLE001  the edge, see below
        # The edge: whatever it is, the mail is not stored and the mail server still has it.
        return _say(f"cannot be stored now ({type(problem).__name__})", os.EX_TEMPFAIL)


def _deliver(options: argparse.Namespace, settings: Environment, mail: BinaryIO) -> int:
    # An empty sender is one that takes no answer; one that is not given is not known.
    sender = "" if options.sender is None else options.sender or NULL_SENDER
    envelope = Envelope(mailbox=options.mailbox, sender=sender, recipients=tuple(options.recipient))
    with Delivery(settings.home / "files") as delivery:
        while chunk := mail.read(CHUNK_BYTES):
            delivery.take(chunk)
        if delivery.is_empty:
            return _say("nothing came", os.EX_DATAERR)
        with connect(database_of(settings)) as connection:
            delivery.store(connection, envelope)
    return 0


def database_of(settings: Environment) -> str:
    """Return what psycopg needs to connect to the database of an installation that runs."""
    if settings.database_url:
        return settings.database_url.get_secret_value()
    return make_conninfo(host=str(socket_dir(settings.home)), user=SUPERUSER, dbname="amends")


def _say(sentence: str, code: int) -> int:
    sys.stderr.write(f"amends deliver: {sentence}\n")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
