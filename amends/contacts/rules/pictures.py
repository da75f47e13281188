"""Which pictures on other servers may be fetched for a reader, and what is taken for one. Pure.

A mail names whatever address it likes: nothing inside our own walls is ever asked, and what comes
back counts as a picture by its bytes alone.
"""

import hashlib
import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

MOST_PICTURES = 30
MOST_BYTES_EACH = 5_000_000
MOST_BYTES = 8_000_000
MOST_REDIRECTS = 3
LONGEST_ADDRESS = 4000

_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?\.?")
_NEVER_IN_PATH = re.compile(r"[\x00-\x20\x7f-\U0010ffff]")
_BEGINNINGS = (
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "image/png"),
    (re.compile(rb"\xff\xd8\xff"), "image/jpeg"),
    (re.compile(rb"GIF8[79]a"), "image/gif"),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), "image/webp"),
)
# By which an address of one kind is reached under the guise of another.
_GUISES = tuple(
    ipaddress.ip_network(each) for each in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16")
)


@dataclass(frozen=True, slots=True)
class Target:
    """Where a picture lies. host: a name or an address, as machines write it."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def address(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}{self.path}"


def target_of(address: str) -> Target | None:
    """Return where `address` leads; None where nobody is asked: other ways, ports, and names."""
    if len(address) > LONGEST_ADDRESS:
        return None
    try:
        parts = urlsplit(f"https:{address}" if address.startswith("//") else address)
        host, port = _host(parts.hostname or ""), parts.port
    except ValueError:
        return None
    usual = _PORTS.get(parts.scheme)
    if usual is None or port not in {None, usual} or parts.username is not None or not host:
        return None
    path = parts.path if parts.path.startswith("/") else "/"
    asked = f"{path}?{parts.query}" if parts.query else path
    return Target(parts.scheme, host, usual, _NEVER_IN_PATH.sub(lambda at: quote(at[0]), asked))


def redirected(target: Target, location: str) -> Target | None:
    """Return where `target` sends us on to; None where nobody is asked."""
    return target_of(urljoin(target.address, location.strip()))


def is_public(address: str) -> bool:
    """Return whether the IP `address` is of the open network, and leads nowhere else."""
    try:
        told = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(told, ipaddress.IPv6Address):
        if told.ipv4_mapped:
            return is_public(str(told.ipv4_mapped))
        if any(told in guise for guise in _GUISES):
            return False
    return told.is_global and not (told.is_multicast or told.is_reserved)


def picture_type(data: bytes) -> str | None:
    """Return the type of picture that `data` is; None where it is none that is shown."""
    return next((kind for beginning, kind in _BEGINNINGS if beginning.match(data)), None)


def picture_key(address: str) -> str:
    """Return by what a picture is known that a mail names by `address`."""
    return hashlib.sha256(address.encode("utf-8", "replace")).hexdigest()


def _host(name: str) -> str:
    """Return the host `name` as machines write it, or "". Raises ValueError."""
    if ":" in name:
        return str(ipaddress.IPv6Address(name))
    written = name.encode("idna").decode("ascii")
    return written if _HOST.fullmatch(written) else ""
