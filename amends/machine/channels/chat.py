"""Ask an outside model by the chat protocol of OpenAI, within a time. Nothing here raises.

No redirect is followed, no answer is read past its bounds, and two questions at once are the most,
so that a slow model never takes the threads that answer people.
"""

import http.client
import socket
import ssl
import time
from contextlib import suppress
from dataclasses import dataclass
from threading import BoundedSemaphore, Timer
from urllib.parse import urlsplit

from amends.machine.rules.uses import Failure, NoAnswer, answer_in

MOST_BYTES = 1_000_000
AT_ONCE = 2
_BUSY = frozenset({429, 503})
_TURNED_AWAY = frozenset({401, 402, 403})
_OK = 200
_seats = BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True, slots=True)
class Place:
    """Where the model answers. address: such as `http://127.0.0.1:11434/v1`; key: may be empty."""

    address: str
    key: str = ""
    patience_seconds: float = 20.0


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of asking: a text, or why there is none."""

    text: str = ""
    failure: Failure | None = None


def ask(body: bytes, place: Place) -> Reply:
    """Ask the model at `place`, and tell what came of it."""
    if not _seats.acquire(blocking=False):
        return Reply(failure=Failure.BUSY)
    begun = time.monotonic()
    try:
        return _asked(body, place)
    except (OSError, http.client.HTTPException, NoAnswer) as problem:
        if time.monotonic() - begun >= place.patience_seconds or isinstance(problem, TimeoutError):
            return Reply(failure=Failure.TOO_SLOW)
        is_told = isinstance(problem, NoAnswer)
        return Reply(failure=Failure.NO_ANSWER if is_told else Failure.UNREACHABLE)
    finally:
        _seats.release()


def _asked(body: bytes, place: Place) -> Reply:
    parts = urlsplit(place.address)
    connection = _connection(parts.scheme, parts.netloc, place.patience_seconds)
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if place.key:
        headers["Authorization"] = f"Bearer {place.key}"
    connection.connect()
    # A server that answers a byte now and then would outlast any patience of a single read.
    alarm = Timer(place.patience_seconds, _cut, (connection.sock,))
    alarm.start()
    try:
        connection.request("POST", f"{parts.path.rstrip('/')}/chat/completions", body, headers)
        answer = connection.getresponse()
        if failure := _failure_of(answer.status):
            return Reply(failure=failure)
        raw = answer.read(MOST_BYTES + 1)
        if len(raw) > MOST_BYTES:
            raise NoAnswer
        return Reply(text=answer_in(raw))
    finally:
        alarm.cancel()
        connection.close()


def _failure_of(status: int) -> Failure | None:
    if status in _BUSY:
        return Failure.BUSY
    if status in _TURNED_AWAY:
        return Failure.TURNED_AWAY
    return None if status == _OK else Failure.NO_ANSWER


def _cut(line: socket.socket) -> None:
    """End what is being read from `line`, from another thread."""
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)


def _connection(scheme: str, host: str, seconds: float) -> http.client.HTTPConnection:
    if scheme == "https":
        trusted = ssl.create_default_context()
        return http.client.HTTPSConnection(host, timeout=seconds, context=trusted)
    return http.client.HTTPConnection(host, timeout=seconds)
