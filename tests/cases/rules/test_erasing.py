"""What stands against erasing a record, and what a tombstone keeps."""

import pytest

from amends.cases.rules.erasing import Against, Record, keyed_hash, standing_against


@pytest.mark.parametrize(
    ("facts", "against"),
    [
        ({}, None),
        ({"erased": True, "outside": True}, Against.GONE),
        ({"outside": True, "is_open": True}, Against.OUTSIDE),
        ({"frozen": True, "past_keeping": False}, Against.FROZEN),
        ({"held": True, "mail": True}, Against.HELD),
        ({"is_open": True, "past_keeping": False}, Against.OPEN),
        ({"joined": True}, Against.JOINED),
        ({"mail": True}, Against.MAIL),
        ({"past_keeping": False}, Against.NOT_YET),
    ],
)
def test_the_gravest_thing_that_stands_against_it_is_named(facts, against):
    assert standing_against(Record(**facts)) is against


def test_without_the_key_nothing_can_be_guessed_from_a_hash():
    assert keyed_hash("Cold", "key") == keyed_hash("Cold", "key")
    assert len({keyed_hash("Cold", "key"), keyed_hash("Cold", "other"), keyed_hash("", "key")}) == 3
