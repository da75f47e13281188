"""What a request must pass before anything else looks at it."""

from collections.abc import Callable
from http import HTTPStatus
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

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


def turn_away_what_is_too_large(get_response: Handler) -> Handler:
    """Answer 413 to a request larger than anything we take, without reading it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        size = str(request.META.get("CONTENT_LENGTH") or "0")
        if size.isdigit() and int(size) <= settings.MOST_REQUEST_BYTES:
            return get_response(request)
        return HttpResponse(
            _("This is more than can be taken at once. Please send less, or in several parts."),
            status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            content_type="text/plain; charset=utf-8",
        )

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
