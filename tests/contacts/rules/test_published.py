import pytest

from amends.contacts.rules.published import Published, published, record_name, record_of

KEY = "MIIBIjANBgkqh+/ab=="


@pytest.mark.parametrize(
    ("records", "told"),
    [
        (None, Published.UNKNOWN),
        ([], Published.MISSING),
        ([record_of(KEY)], Published.RIGHT),
        ([f" v=DKIM1 ;p={KEY[:5]} {KEY[5:]}; "], Published.RIGHT),
        ([f"p={KEY}"], Published.RIGHT),
        ([record_of("MIIother")], Published.OTHER_KEY),
        (["v=DKIM1; p="], Published.WITHDRAWN),
        (["v=DKIM1; k=rsa; p= "], Published.WITHDRAWN),
        (["v=spf1 -all"], Published.BROKEN),
        ([f"v=DKIM1; k=ed25519; p={KEY}"], Published.BROKEN),
        (["hello"], Published.BROKEN),
        ([record_of(KEY)] * 2, Published.SEVERAL),
    ],
)
def test_what_stands_where_the_key_belongs_is_told_apart(records, told):
    assert published(records, public_key=KEY) is told


def test_the_key_belongs_under_its_selector_in_the_domain_of_the_address():
    assert record_name("amends1", "care@water.example") == "amends1._domainkey.water.example"
