"""Fetch pictures from other servers, so that a reader's own machine never asks for them.

Nothing goes along that tells of anybody: no cookie, no referrer, one name of a program for all.
The name of a server is resolved once, its address must be public, and that address is called; each
redirect is looked at anew. Everything is bounded in size, number and time. Nothing here raises.
"""

import http.client
import socket
import ssl
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass
from threading import BoundedSemaphore, Timer

from amends.contacts.rules.pictures import (
    MOST_BYTES,
    MOST_BYTES_EACH,
    MOST_PICTURES,
    MOST_REDIRECTS,
    Target,
    is_public,
    picture_type,
    redirected,
    target_of,
)

AT_ONCE = 2
SIDE_BY_SIDE = 6
_OK = 200
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_HEADERS = {
    "User-Agent": "Mozilla/5.0",
    "Accept": "image/png, image/jpeg, image/gif, image/webp",
    "Accept-Encoding": "identity",
    "Connection": "close",
}
_seats = BoundedSemaphore(AT_ONCE)


def addresses_of(host: str, port: int) -> list[str]:
    """Return the IP addresses of `host`. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(each[4][0]) for each in found]


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """How the outside is reached. resolve: a name into addresses; may_call: if one is called.

    port: which is called instead of the usual one; patience: for one picture, and for all of them.
    """

    resolve: Callable[[str, int], list[str]] = addresses_of
    may_call: Callable[[str], bool] = is_public
    port: int | None = None
    patience_seconds: float = 5.0
    whole_seconds: float = 10.0
    trust: ssl.SSLContext | None = None


OPEN_NETWORK = Network()


def fetch_pictures(
    addresses: Iterable[str], *, network: Network = OPEN_NETWORK
) -> dict[str, bytes] | None:
    """Return the pictures at `addresses` that came in time; None while others are being fetched."""
    asked = list(dict.fromkeys(addresses))[:MOST_PICTURES]
    if not _seats.acquire(blocking=False):
        return None
    workers = ThreadPoolExecutor(SIDE_BY_SIDE, thread_name_prefix="picture")
    try:
        running = {workers.submit(fetch_picture, each, network=network): each for each in asked}
        done, _late = wait(running, timeout=network.whole_seconds)
        came = {running[each]: data for each in done if (data := each.result())}
        return _that_fit({each: came[each] for each in asked if each in came})
    finally:
        workers.shutdown(wait=False, cancel_futures=True)
        _seats.release()


def fetch_picture(address: str, *, network: Network) -> bytes | None:
    """Return the picture at `address`; None where there is none to be had."""
    target = target_of(address)
    with suppress(OSError, http.client.HTTPException, ValueError):
        for _hop in range(MOST_REDIRECTS + 1):
            if target is None or not (called := _address_of(target, network)):
                return None
            came = _asked(target, called, network)
            if not isinstance(came, str):
                return came
            target = redirected(target, came)
    return None


def _that_fit(pictures: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the first of `pictures` that together are no more than a page bears."""
    room, kept = MOST_BYTES, {}
    for address, data in pictures.items():
        if len(data) <= room:
            room -= len(data)
            kept[address] = data
    return kept


def _address_of(target: Target, network: Network) -> str:
    """Return the address to call, or "". One that may not be called spoils them all.

    Raises OSError.
    """
    found = network.resolve(target.host, target.port)
    return found[0] if found and all(map(network.may_call, found)) else ""


def _asked(target: Target, called: str, network: Network) -> bytes | str | None:
    """Return the picture, or where it lies instead, or None.

    Raises OSError, HTTPException, ValueError.
    """
    connection = http.client.HTTPConnection(target.host, target.port)
    connection.default_port = target.port  # so that it is not named in the request
    connection.sock = line = _called(target, called, network)
    # A server that gives a byte now and then would outlast any patience of a single read.
    alarm = Timer(network.patience_seconds, _cut, (line,))
    alarm.start()
    try:
        connection.request("GET", target.path, headers=_HEADERS)
        answer = connection.getresponse()
        if answer.status in _REDIRECTS:
            return answer.headers.get("Location", "")
        data = answer.read(MOST_BYTES_EACH + 1) if answer.status == _OK else b""
        return data if picture_type(data) and len(data) <= MOST_BYTES_EACH else None
    finally:
        alarm.cancel()
        connection.close()
        line.close()


def _called(target: Target, called: str, network: Network) -> socket.socket:
    """Return a line to the address `called`, protected where the target says so. Raises OSError."""
    port = network.port or target.port
    line = socket.create_connection((called, port), timeout=network.patience_seconds)
    if target.scheme != "https":
        return line
    trust = network.trust or ssl.create_default_context()
    return trust.wrap_socket(line, server_hostname=target.host)


def _cut(line: socket.socket) -> None:
    """End what is being read from `line`, from another thread."""
    with suppress(OSError):
        socket.socket.shutdown(line, socket.SHUT_RDWR)
