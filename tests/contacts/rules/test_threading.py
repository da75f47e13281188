from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.contacts.rules.threading import (
    Belonging,
    Matter,
    answered_mail_in,
    answered_subject,
    bare_subject,
    belonging_of,
    references_in,
    reply_address,
)

KEY = "a key of ours"
AT = datetime(2026, 3, 27, 13, tzinfo=UTC)
OURS = Matter(1, takes_part=True, is_open=True)
OVER = Matter(2, takes_part=True, is_open=False)
STRANGE = Matter(3, takes_part=False, is_open=True)


@pytest.mark.parametrize(
    ("matters", "belonging"),
    [
        ([], Belonging()),
        ([OURS], Belonging(joins=1)),
        ([OURS, STRANGE], Belonging(joins=1)),
        ([STRANGE], Belonging(linked_to=3)),
        ([STRANGE, OURS], Belonging(linked_to=3)),
        ([OVER], Belonging(linked_to=2)),
    ],
)
def test_a_mail_joins_only_what_is_open_and_what_its_sender_has_a_part_in(matters, belonging):
    assert belonging_of(matters) == belonging


@given(st.integers(min_value=1, max_value=10**15))
def test_a_signed_address_is_known_again(mail_id):
    address = reply_address("care@water.example", mail_id=mail_id, key=KEY, at=AT)
    assert answered_mail_in(["x@y.z", address], keys=["another", KEY], at=AT) == mail_id
    assert answered_mail_in([address.upper()], keys=[KEY], at=AT) == mail_id


@pytest.mark.parametrize(
    "address",
    [
        "care@water.example",
        "care+r7@water.example",
        "care+r7-0123456789abcdef@water.example",
        "care+r7-0123456789abcdeg@water.example",
        "",
    ],
)
def test_an_address_that_we_did_not_sign_is_none_of_ours(address):
    assert answered_mail_in([address], keys=[KEY], at=AT) is None


def test_a_signature_is_good_for_one_mail_only():
    address = reply_address("care@water.example", mail_id=7, key=KEY, at=AT)
    assert answered_mail_in([address.replace("+r7-", "+r8-")], keys=[KEY], at=AT) is None


def test_references_are_found_in_a_subject():
    assert references_in("Re: [C-7K4-Q92X] cold") == ["C-7K4-Q92X"]
    assert references_in("c7k4q92x and C-ABC-DEFG") == ["c7k4q92x", "C-ABC-DEFG"]
    assert references_in("Cold again") == []


@pytest.mark.parametrize(("days", "known"), [(0, True), (60, True), (700, True), (900, False)])
def test_a_signature_expires(days, known):
    address = reply_address("care@water.example", mail_id=7, key=KEY, at=AT)
    later = AT + timedelta(days=days)
    assert answered_mail_in([address], keys=[KEY], at=later) == (7 if known else None)


def test_every_quarter_signs_with_a_key_of_its_own():
    signed = {
        reply_address("care@water.example", mail_id=7, key=KEY, at=AT + timedelta(days=days))
        for days in (0, 92, 184, 276)
    }
    assert len(signed) == 4


@pytest.mark.parametrize(
    ("subject", "answered"),
    [
        ("Re: Cold again", "cold again"),
        ("RE: Re[2]: Cold  again", "cold again"),
        ("Odp: Zimno", "zimno"),
        ("Ats: Šalta", "šalta"),
        ("Отв: Холодно", "холодно"),
        ("Përgj: Ftohtë", "ftohtë"),
        ("Cold again", ""),
        ("Re:", ""),
        ("Regarding: cold", ""),
    ],
)
def test_the_subject_that_is_answered(subject, answered):
    assert answered_subject(subject) == answered


def test_a_bare_subject_is_the_same_with_and_without_what_programs_add():
    assert bare_subject("AW: Re: Cold again ") == bare_subject("cold again")
