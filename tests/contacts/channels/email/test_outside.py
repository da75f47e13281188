"""Pictures fetched from a real server: within bounds, from nowhere inside, and telling nothing."""

import socket

import pytest

from amends.contacts.channels.email import outside
from amends.contacts.channels.email.outside import Network, fetch_pictures
from tests.contacts.channels.email.picture_server import PNG, Page, serving
from tests.contacts.channels.email.test_send import certificate

__all__ = ["certificate"]
pytestmark = [pytest.mark.enable_socket, pytest.mark.allow_hosts(["127.0.0.1", "localhost"])]
SHOP = "http://shop.example"


def here(_host: str, _port: int) -> list[str]:
    return ["127.0.0.1"]


def network(port: int, **more) -> Network:
    given = {"resolve": here, "may_call": lambda _address: True, "port": port, **more}
    return Network(**given)


def fetched(pages, *paths, **more):
    with serving(pages) as server:
        asked = [f"{SHOP}{path}" for path in paths or pages]
        came = fetch_pictures(asked, network=network(server.port, **more))
    assert came is not None
    return {address.removeprefix(SHOP): data for address, data in came.items()}, server


def test_a_picture_comes_and_nothing_tells_of_who_asked():
    came, server = fetched({"/a.png?to=ruta": Page()}, "/a.png?to=ruta", "/a.png?to=ruta")
    assert came == {"/a.png?to=ruta": PNG}
    [(path, headers)] = server.asked
    assert path == "/a.png?to=ruta"
    assert headers == {
        "Host": "shop.example",
        "User-Agent": "Mozilla/5.0",
        "Accept": "image/png, image/jpeg, image/gif, image/webp",
        "Accept-Encoding": "identity",
        "Connection": "close",
    }


def test_a_redirect_is_followed_without_what_was_set_on_the_way():
    pages = {"/old": Page(b"", 302, "/new.png"), "/new.png": Page()}
    came, server = fetched(pages, "/old")
    assert came == {"/old": PNG}
    assert server.paths == ["/new.png", "/old"]
    assert all(
        "Cookie" not in headers and "Referer" not in headers for _path, headers in server.asked
    )


def test_what_is_sent_on_for_ever_or_to_where_nobody_asks_ends():
    pages = {"/round": Page(b"", 301, "/round"), "/inside": Page(b"", 302, "file:///etc/passwd")}
    came, server = fetched(pages)
    assert came == {}
    assert server.paths == ["/inside", *["/round"] * 4]


@pytest.mark.parametrize(
    "page",
    [
        Page(b"<html><script>alert(1)</script>"),
        Page(b"<svg onload='alert(1)'/>"),
        Page(PNG, 403),
        Page(b""),
    ],
)
def test_what_is_no_picture_is_left_there(page):
    assert fetched({"/a.png": page})[0] == {}


def test_what_is_too_large_is_left_there(monkeypatch):
    monkeypatch.setattr(outside, "MOST_BYTES_EACH", 100)
    monkeypatch.setattr(outside, "MOST_BYTES", 150)
    pages = {"/huge": Page(PNG + bytes(100)), "/one": Page(), "/two": Page(), "/three": Page()}
    assert set(fetched(pages)[0]) == {"/one", "/two"}


def test_no_more_are_asked_for_than_a_page_bears(monkeypatch):
    monkeypatch.setattr(outside, "MOST_PICTURES", 2)
    came, server = fetched({f"/{number}": Page() for number in range(4)})
    assert set(came) == {"/0", "/1"}
    assert server.paths == ["/0", "/1"]


def test_a_server_that_drips_is_left():
    pages = {"/drip": Page(drips=True), "/well": Page()}
    assert set(fetched(pages, patience_seconds=0.4)[0]) == {"/well"}


def test_all_together_take_no_longer_than_one_waits():
    pages = {"/drip": Page(drips=True)}
    assert fetched(pages, patience_seconds=1.0, whole_seconds=0.1)[0] == {}


@pytest.mark.parametrize("found", [["127.0.0.1"], ["93.184.215.14", "10.0.0.1"], []])
def test_a_name_that_leads_inside_is_never_called(found):
    with serving({"/a.png": Page()}) as server:
        guarded = Network(resolve=lambda _host, _port: found, port=server.port)
        assert fetch_pictures([f"{SHOP}/a.png"], network=guarded) == {}
        assert server.asked == []


def test_a_redirect_that_leads_inside_is_not_followed():
    """The second name leads inside, as one does that changes between two look-ups."""
    asked: list[str] = []

    def resolve(host: str, _port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if host == "shop.example" else ["127.0.0.2"]

    with serving({"/a": Page(b"", 302, "http://inside.example/a.png")}) as server:
        guarded = network(server.port, resolve=resolve, may_call=lambda ip: ip == "127.0.0.1")
        assert fetch_pictures([f"{SHOP}/a"], network=guarded) == {}
    assert asked == ["shop.example", "inside.example"]
    assert server.paths == ["/a"]


def test_by_default_this_machine_is_never_called():
    with serving({"/a.png": Page()}) as server:
        given = [
            f"http://127.0.0.1:{server.port}/a.png",
            "http://127.0.0.1/a.png",
            "http://localhost/",
        ]
        assert fetch_pictures(given, network=Network(port=server.port)) == {}
        assert server.asked == []


def test_the_name_is_proven_by_its_certificate(certificate):
    theirs, trust = certificate
    with serving({"/a.png": Page()}, theirs) as server:
        protected = network(server.port, trust=trust)
        given = ["https://localhost/a.png", "https://shop.example/a.png"]
        assert fetch_pictures(given, network=protected) == {"https://localhost/a.png": PNG}
        assert fetch_pictures(given, network=network(server.port)) == {}


def test_where_nobody_listens_nothing_comes():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert fetch_pictures([f"{SHOP}/a.png"], network=network(port)) == {}


def test_only_so_many_readers_wait_at_once():
    seats = [outside._seats.acquire(blocking=False) for _each in range(outside.AT_ONCE)]
    try:
        assert fetch_pictures([f"{SHOP}/a.png"]) is None
    finally:
        for _each in seats:
            outside._seats.release()
