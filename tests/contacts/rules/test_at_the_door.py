from ipaddress import ip_network

import pytest

from amends.contacts.rules.arriving import may_hand_over, takes_mail_for, written_as

RELAYS = (ip_network("127.0.0.0/8"), ip_network("fd00::/8"))


@pytest.mark.parametrize(
    ("address", "may"),
    [
        ("127.0.0.1", True),
        ("::ffff:127.0.0.1", True),
        ("fd00::1%eth0", True),
        ("", True),
        ("10.0.0.1", False),
        ("::1", False),
        ("::ffff:10.0.0.1", False),
    ],
)
def test_a_relay_hands_over_from_the_networks_that_are_named(address, may):
    assert may_hand_over(address, RELAYS) is may
    assert may_hand_over(address, ())


@pytest.mark.parametrize(
    ("recipient", "takes"),
    [
        ("care@water.example", True),
        ("CARE@Water.Example", True),
        ("care+r7-0f@water.example", True),
        ("anyone@old.example", True),
        ("boss@water.example", False),
        ("care@sub.old.example", False),
        ("care", False),
        ("", False),
    ],
)
def test_mail_is_taken_for_the_addresses_and_domains_that_are_named(recipient, takes):
    assert takes_mail_for(recipient, ["Care@water.example", "@old.example", "ours"]) is takes


def test_an_address_is_permitted_with_its_tag_and_without():
    assert written_as("Care+x@A.example") == ("care+x@a.example", "care@a.example")
    assert written_as("care@a.example") == ("care@a.example",)
