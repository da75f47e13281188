"""Asking the DNS, at a real server on loopback."""

import dns.resolver
import pytest

from amends.contacts.channels.email import names
from amends.contacts.channels.email.names import texts_at
from tests.dns_server import telling

pytestmark = [pytest.mark.enable_socket, pytest.mark.allow_hosts(["127.0.0.1"])]
NAME = "amends1._domainkey.water.example"


def test_the_texts_of_a_name_are_told_each_as_a_whole():
    long = "v=DKIM1; p=" + "A" * 400
    with telling({NAME: [long, "second"]}):
        assert sorted(texts_at(NAME) or []) == ["second", long]
        assert texts_at("other.example") == []


def test_where_nobody_answers_or_no_name_can_be_nothing_is_known(monkeypatch):
    monkeypatch.setattr(names, "PATIENCE_SECONDS", 0.2)
    with telling({}, silent=True):
        assert texts_at(NAME) is None
        assert texts_at(f"{'a' * 64}.example") is None


def test_without_any_server_nothing_is_known(monkeypatch):
    monkeypatch.setattr(dns.resolver, "default_resolver", dns.resolver.Resolver(configure=False))
    assert texts_at(NAME) is None
