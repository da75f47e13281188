import pytest

from amends.contacts.channels.email.addresses import MOST_ADDRESSES, addresses_in, is_usable


@pytest.mark.parametrize(
    ("value", "boxes"),
    [
        ("ruta@example.lt", [("", "ruta@example.lt")]),
        ("Rūta <ruta@example.lt>", [("Rūta", "ruta@example.lt")]),
        (
            '"Kazlauskienė, Rūta" <r@e.lt>, b@c.pl',
            [("Kazlauskienė, Rūta", "r@e.lt"), ("", "b@c.pl")],
        ),
        ("r@e.lt (Rūta)", [("Rūta", "r@e.lt")]),
        ("Team: a@b.c, d@e.f; g@h.i", [("", "a@b.c"), ("", "d@e.f"), ("", "g@h.i")]),
        ("Undisclosed:;", []),
        ('"a\\"b" <c@d.e>', [('a"b', "c@d.e")]),
        ("Test test@example.com", [("Test", "test@example.com")]),
        ('"Quoted local"@example.com', [("", '"Quoted local"@example.com')]),
        ("=?utf-8?q?R=C5=ABta=2C_K?= <r@e.lt>", [("Rūta, K", "r@e.lt")]),
        ("<@relay,@other:r@e.lt>", [("", "r@e.lt")]),
        ("<mailto:r@e.lt>", [("", "r@e.lt")]),
        ("Rūta <r@e.lt", [("Rūta", "r@e.lt")]),
        ('Never "closed <r@e.lt>', [("Never closed", "r@e.lt")]),
        ("Never (closed <r@e.lt>", [("Never closed", "r@e.lt")]),
        ("Somebody", [("", "Somebody")]),
        ("Some Body", [("Some Body", "")]),
        ("a\\b <r@e.lt>", [("ab", "r@e.lt")]),
        ("One <a@b.c> <d@e.f>", [("One <d@e.f>", "a@b.c")]),
        (" , ;", []),
    ],
)
def test_names_and_addresses_are_found(value, boxes):
    assert [(box.name, box.address) for box in addresses_in(value)] == boxes


def test_more_addresses_than_anybody_writes_to_are_left_out():
    assert len(addresses_in("a@b.c, " * 2000)) == MOST_ADDRESSES


@pytest.mark.parametrize(
    ("address", "usable"),
    [
        ("ruta@example.lt", True),
        ('"a b"@example.lt', True),
        ("ruta", False),
        ("@example.lt", False),
        ("a b@example.lt", False),
        ("a@" + "b" * 400, False),
    ],
)
def test_an_address_is_usable_when_mail_could_go_there(address, usable):
    assert is_usable(address) is usable
