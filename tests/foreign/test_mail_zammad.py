"""The test mails of another desk: subject, sender and attachments agree with what it reads.

Where it and we differ on purpose, the message is named below with the reason.
"""

import json
from pathlib import Path

import pytest

from amends.contacts.channels.email.parse import read_mail

# It takes the whole of a From that it cannot read for the address; we find the address inside.
BROKEN_FROM = {"mail076", "mail087"}
# It files a second text as a nameless attachment; we show it with the first (RFC 8621, 4.1.4).
SECOND_TEXT = {"mail087"}
# It numbers the second of two files of one name; we keep the name that the sender gave.
ONE_NAME_TWICE = {"mail102"}


@pytest.fixture(scope="module")
def pairs(testdata: Path):
    """Each message as (name, what was expected of it, what we read)."""
    folder = testdata / "zammad-mail"
    cases = [
        json.loads(line) for line in (folder / "expected.jsonl").read_text().split("\n") if line
    ]
    assert cases
    return [
        (Path(case["file"]).stem, case["expected"], read_mail((folder / case["file"]).read_bytes()))
        for case in cases
    ]


def test_every_subject_agrees(pairs):
    wrong = [
        name
        for name, expected, mail in pairs
        if "subject" in expected and expected["subject"].strip() != mail.subject.strip()
    ]
    assert wrong == []


def test_every_sender_agrees(pairs):
    wrong = {
        name
        for name, expected, mail in pairs
        if "from_email" in expected
        and (mail.sender is None or mail.sender.address != expected["from_email"])
    }
    assert wrong <= BROKEN_FROM


def test_every_name_of_a_sender_agrees(pairs):
    wrong = {
        name
        for name, expected, mail in pairs
        if "from_display_name" in expected
        and (mail.sender is None or mail.sender.name != expected["from_display_name"])
    }
    assert wrong <= BROKEN_FROM


def test_every_attachment_agrees_by_name_size_and_content(pairs):
    wrong = {
        name
        for name, expected, mail in pairs
        if "attachments" in expected
        and sorted((a["filename"], a["size"], a["sha256"]) for a in expected["attachments"])
        != sorted((a.file_name, a.size_bytes, a.sha256) for a in mail.attachments)
    }
    assert wrong <= SECOND_TEXT | ONE_NAME_TWICE


def test_two_files_of_one_name_are_both_kept(pairs):
    found = {name: (expected, mail) for name, expected, mail in pairs if name in ONE_NAME_TWICE}
    for expected, mail in found.values():
        assert sorted(a["sha256"] for a in expected["attachments"]) == sorted(
            a.sha256 for a in mail.attachments
        )


def test_what_says_something_is_read_as_saying_something(pairs):
    silent = {
        name
        for name, expected, mail in pairs
        if not mail.text.strip() and expected.get("body") not in {None, "", "no visible content"}
    }
    assert silent == set()
