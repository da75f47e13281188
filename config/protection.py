"""Whose word about the visitor is believed."""

from collections.abc import Callable
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse

Handler = Callable[[HttpRequest], HttpResponse]


def believe_only_trusted_proxies(get_response: Handler) -> Handler:
    """Take the visitor's address and scheme from a trusted proxy, and from nobody else."""

    def middleware(request: HttpRequest) -> HttpResponse:
        named = str(request.META.pop("HTTP_X_FORWARDED_FOR", ""))
        if not _is_trusted(str(request.META.get("REMOTE_ADDR", ""))):
            request.META.pop("HTTP_X_FORWARDED_PROTO", None)
        elif named:
            request.META["REMOTE_ADDR"] = _visitor(named)
        return get_response(request)

    return middleware


def _visitor(named: str) -> str:
    """Return the last address of an `X-Forwarded-For` that is not one of our proxies."""
    addresses = [part.strip() for part in named.split(",")]
    strangers = [address for address in addresses if not _is_trusted(address)]
    return strangers[-1] if strangers else addresses[0]


def _is_trusted(address: str) -> bool:
    try:
        return any(ip_address(address) in network for network in settings.TRUSTED_PROXIES)
    except ValueError:
        return False
