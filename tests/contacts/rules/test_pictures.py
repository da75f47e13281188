import pytest

from amends.contacts.rules.pictures import (
    LONGEST_ADDRESS,
    is_public,
    picture_key,
    picture_type,
    redirected,
    target_of,
)


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("https://shop.example/a.png", "https://shop.example/a.png"),
        ("http://shop.example", "http://shop.example/"),
        ("//shop.example/a.png?x=1#top", "https://shop.example/a.png?x=1"),
        ("HTTPS://Shop.Example:443/a b.png", "https://shop.example/a%20b.png"),
        ("https://šiluma.lt/ž.png", "https://xn--iluma-udb.lt/%C5%BE.png"),
        ("https://[2001:4860:4860::8888]/a.png", "https://[2001:4860:4860::8888]/a.png"),
        ("https://a.example/\r\nX: y", "https://a.example/X:%20y"),
    ],
)
def test_a_picture_on_the_open_web_is_asked_for(address, leads_to):
    target = target_of(address)
    assert target
    assert target.address == leads_to


@pytest.mark.parametrize(
    "address",
    [
        "ftp://shop.example/a.png",
        "file:///etc/passwd",
        "gopher://shop.example/",
        "https:///a.png",
        "https://shop.example:22/a.png",
        "http://shop.example:443/a.png",
        "https://shop.example:99999/a.png",
        "https://me:secret@shop.example/a.png",
        "https://@shop.example/a.png",
        "https://shop_example/a.png",
        "https://-shop.example/a.png",
        "https://shop.example\\@inside/a.png",
        "https://[::1",
        f"https://{'a' * 64}.example/a.png",
        f"https://shop.example/{'a' * LONGEST_ADDRESS}",
        "",
    ],
)
def test_what_is_no_such_picture_is_never_asked_for(address):
    assert target_of(address) is None


def test_where_one_is_sent_on_to_is_looked_at_anew():
    target = target_of("https://shop.example/a/b.png")
    assert target
    assert redirected(target, " ../c.png ") == target_of("https://shop.example/c.png")
    assert redirected(target, "//other.example/c.png") == target_of("https://other.example/c.png")
    assert redirected(target, "file:///etc/passwd") is None


@pytest.mark.parametrize("address", ["93.184.215.14", "2001:4860:4860::8888", "::ffff:8.8.8.8"])
def test_an_address_of_the_open_network_is_called(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.9.9.9",
        "0.0.0.0",  # noqa: S104 - an address that is never called, not one to listen on
        "10.0.0.1",
        "172.16.3.4",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "192.0.2.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1%eth0",
        "fd00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "2001:db8::1",
        "none",
    ],
)
def test_nothing_inside_is_ever_called(address):
    assert not is_public(address)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\x89PNG\r\n\x1a\nrest", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"GIF89a", "image/gif"),
        (b"RIFF\n\x00\n\x00WEBPVP8 ", "image/webp"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", None),
        (b"<html>", None),
        (b"RIFF0000WAVE", None),
        (b"", None),
    ],
)
def test_a_picture_is_told_by_its_bytes(data, kind):
    assert picture_type(data) == kind


def test_a_picture_is_known_by_the_address_in_the_mail():
    assert picture_key("https://a.example/1") != picture_key("https://a.example/2")
    assert len(picture_key("https://a.example/\ud800")) == 64
