"""Delivery reports of sixty mail machines: known for what they are, and read for whom they name."""

import json
from pathlib import Path

import pytest

from amends.contacts.channels.email.parse import read_mail
from amends.contacts.rules.messages import Automatic


@pytest.fixture(scope="module")
def reports(testdata: Path):
    folder = testdata / "bounces"
    cases = [
        json.loads(line) for line in (folder / "expected.jsonl").read_text().split("\n") if line
    ]
    assert cases
    return [(case, read_mail((folder / case["file"]).read_bytes())) for case in cases]


def test_none_could_be_answered_automatically(reports):
    assert [case["file"] for case, mail in reports if mail.automatic is None] == []


def test_what_names_an_address_is_known_for_a_delivery_report(reports):
    for case, mail in reports:
        if case["permanent"]:
            assert mail.automatic is Automatic.BOUNCE, case["file"]
        elif case["temporary"]:
            assert mail.automatic is Automatic.DELAY, case["file"]


def test_the_addresses_that_failed_for_good_are_found(reports):
    for case, mail in reports:
        found = {each.address for each in mail.undelivered if each.permanent}
        assert found == set(case["permanent"]), case["file"]


def test_an_address_that_only_waits_is_not_given_up(reports):
    for case, mail in reports:
        found = {each.address for each in mail.undelivered if not each.permanent}
        assert found == set(case["temporary"]), case["file"]
