from ipaddress import ip_network

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from config.protection import believe_only_trusted_proxies, turn_away_what_is_too_large


@pytest.fixture(autouse=True)
def _our_proxies(settings):
    settings.TRUSTED_PROXIES = (ip_network("10.0.0.0/8"), ip_network("::1/128"))


def seen(**headers):
    """Return who and over what the application sees behind the middleware."""
    request = RequestFactory().get("/", **headers)

    def application(request):
        address = request.META["REMOTE_ADDR"]
        assert "HTTP_X_FORWARDED_FOR" not in request.META
        return HttpResponse(f"{address} {request.scheme}")

    return believe_only_trusted_proxies(application)(request).content.decode()


@pytest.mark.parametrize(
    ("peer", "named", "scheme", "sees"),
    [
        ("203.0.113.9", None, None, "203.0.113.9 http"),
        ("203.0.113.9", "198.51.100.1", "https", "203.0.113.9 http"),
        ("10.0.0.1", "198.51.100.1", "https", "198.51.100.1 https"),
        ("10.0.0.1", "6.6.6.6, 198.51.100.1, 10.0.0.2", "https", "198.51.100.1 https"),
        ("10.0.0.1", "10.0.0.3, 10.0.0.2", "http", "10.0.0.3 http"),
        ("10.0.0.1", None, "https", "10.0.0.1 https"),
        ("::1", "2001:db8::5", "https", "2001:db8::5 https"),
        ("10.0.0.1", "not an address", "https", "not an address https"),
    ],
)
def test_only_our_proxies_are_believed(peer, named, scheme, sees):
    headers = {"REMOTE_ADDR": peer}
    if named:
        headers["HTTP_X_FORWARDED_FOR"] = named
    if scheme:
        headers["HTTP_X_FORWARDED_PROTO"] = scheme
    assert seen(**headers) == sees


@pytest.mark.parametrize(
    ("size", "status"),
    [("", 200), ("0", 200), ("100", 200), ("101", 413), ("-1", 413), ("a lot", 413)],
)
def test_what_is_too_large_is_turned_away_unread(settings, size, status):
    settings.MOST_REQUEST_BYTES = 100
    request = RequestFactory().post("/")
    request.META["CONTENT_LENGTH"] = size
    answer = turn_away_what_is_too_large(lambda _request: HttpResponse())(request)
    assert answer.status_code == status
