"""How often somebody may try something. Counted in the cache, which all processes share."""

import hashlib
from datetime import timedelta
from ipaddress import ip_network

from django.core.cache import cache

# Somebody at home commands this much of the new addresses, but one of the old.
_NEIGHBOURHOOD = 64


def may_try(act: str, who: str, *, most: int, per: timedelta) -> bool:
    """Count a try of `act` by `who`, and return whether it is among the `most` allowed `per` span.

    Each try takes one of `most` seats, which comes free again when the span is over. Taking a seat
    is one insert, so that two processes never take the same.
    """
    name = hashlib.sha256(f"{act}\n{who}".encode()).hexdigest()
    seconds = int(per.total_seconds())
    return any(cache.add(f"try:{name}:{seat}", 1, seconds) for seat in range(most))


def network_of(address: str) -> str:
    """Return what is counted as one visitor: an IPv4 address, or the network of an IPv6 one."""
    try:
        network = ip_network(
            f"{address}/{_NEIGHBOURHOOD}" if ":" in address else address, strict=False
        )
    except ValueError:
        return address
    return str(network.network_address)
