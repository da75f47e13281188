"""`amends lmtp`: takes mail from a relay, at the places that the settings name."""

import argparse
import contextlib
import os
import signal
import socket
import ssl
import sys
import time
from pathlib import Path
from threading import Thread

from amends.contacts.channels.email.lmtp import Doors, House, Session
from amends.contacts.rules.arriving import OURS, may_hand_over
from config.commands.deliver import database_of
from config.commands.problem import CannotGoOn
from config.environment import Environment, Networks

FINISH_SECONDS = 20.0
TURN_SECONDS = 0.2
WAITING = 128


def arguments(_parser: argparse.ArgumentParser) -> None:
    """Take none: everything is a setting."""


def run(_options: argparse.Namespace, environment: Environment) -> int:
    if not environment.mail_listen:
        raise CannotGoOn("AMENDS_MAIL_LISTEN names no place to listen at.")
    house = House(
        name=socket.gethostname(),
        database=database_of(environment),
        files=environment.home / "files",
        tls=_tls_of(environment),
        recipients=frozenset((*environment.mail_recipients, *_own_address(environment))),
    )
    doors = Doors(environment.mail_connections)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: doors.stopping.set())
    listening = [(_listener(place), place.startswith("lmtp:")) for place in environment.mail_listen]
    threads = [
        Thread(
            target=_take_in,
            args=(listener, doors, house),
            kwargs={"lmtp": lmtp, "relays": environment.mail_relays},
            daemon=True,
        )
        for listener, lmtp in listening
    ]
    for thread in threads:
        thread.start()
    sys.stdout.write(f"amends: mail is taken at {', '.join(environment.mail_listen)}\n")
    sys.stdout.flush()
    doors.stopping.wait()
    doors.end(within=FINISH_SECONDS)
    return 0


def _own_address(environment: Environment) -> tuple[str, ...]:
    """Return the address that our mail comes from, where mail is taken for our own only."""
    mine = OURS in environment.mail_recipients and environment.mail_from
    return (environment.mail_from,) if mine else ()


def _take_in(
    listener: socket.socket, doors: Doors, house: House, *, lmtp: bool, relays: Networks
) -> None:
    """Let in who knocks and may, as many as there is room for, until we stop."""
    with listener:
        while not doors.stopping.is_set():
            try:
                connection, address = listener.accept()
            except TimeoutError:
                continue
            except OSError:
                # Out of file descriptors, say: those inside go on, and the next turn tries again.
                time.sleep(TURN_SECONDS)
                continue
            session = Session(connection, house, lmtp=lmtp)
            # Of a socket of the file system, `address` is a text.
            if may_hand_over(address[0] if isinstance(address, tuple) else "", relays):
                doors.let_in(session)
            else:
                session.turn_away("554 5.7.1 Mail is not taken from there")


def _listener(place: str) -> socket.socket:
    """Return a socket that listens at `place`, such as `lmtp:127.0.0.1:2424`."""
    where = place.partition(":")[2]
    try:
        listener = _unix(Path(where)) if where.startswith("/") else _network(where)
    except OSError as problem:
        raise CannotGoOn(
            f"Mail cannot be taken at {where} ({problem.strerror}): end what uses it, or choose "
            "another place with AMENDS_MAIL_LISTEN."
        ) from problem
    listener.settimeout(TURN_SECONDS)
    listener.listen(WAITING)
    return listener


def _unix(path: Path) -> socket.socket:
    if path.is_socket():
        # Left behind by a kill; where somebody still answers there, it is theirs.
        with socket.socket(socket.AF_UNIX) as probe, contextlib.suppress(ConnectionRefusedError):
            probe.connect(str(path))
            raise CannotGoOn(f"Somebody takes mail at {path} already.")
        path.unlink()
    listener = socket.socket(socket.AF_UNIX)
    before = os.umask(0o117)
    try:
        listener.bind(str(path))
    finally:
        os.umask(before)
    return listener


def _network(where: str) -> socket.socket:
    host, _colon, port = where.rpartition(":")
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host.strip("[]"), int(port)))
    return listener


def _tls_of(environment: Environment) -> ssl.SSLContext | None:
    """Return what STARTTLS is offered with: the certificate of the settings, if there is one."""
    if environment.tls_certificate is None:
        return None
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    try:
        context.load_cert_chain(environment.tls_certificate, environment.tls_key)
    except (OSError, ssl.SSLError) as problem:
        raise CannotGoOn(f"{environment.tls_certificate} cannot be used: {problem}.") from problem
    return context
