"""The test mails of another desk: subject, sender and attachments agree with what it reads.

Where it and we differ on purpose, the message is named below with the reason.
"""

import json
from pathlib import Path

import pytest
from lxml import html as lxml_html

from amends.contacts.channels.email.parse import read_mail
from amends.contacts.channels.email.safe_html import safe_html
from amends.contacts.rules.messages import Shape

# It takes the whole of a From that it cannot read for the address; we find the address inside.
BROKEN_FROM = {"mail076", "mail087"}
# It files a second text as a nameless attachment; we show it with the first (RFC 8621, 4.1.4).
SECOND_TEXT = {"mail087"}
# It numbers the second of two files of one name; we keep the name that the sender gave.
ONE_NAME_TWICE = {"mail102"}
NOTHING = "no visible content"
# It shows the title of a page, which no mail program does.
TITLE_SHOWN = {"mail019", "mail047"}
# One letter is broken in another way.
BROKEN_LETTER = {"mail021"}
# It makes links of addresses that are none in the mail.
LINK_MADE = {"mail106"}
# It writes broken addresses in another way.
LINK_WRITTEN_ANEW = {"mail043", "mail082"}


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


def test_the_text_agrees_and_no_link_is_missing(pairs):
    wrong = set()
    for name, expected, mail in pairs:
        body = expected.get("body") or NOTHING
        if body == NOTHING or not expected.get("content_type"):
            continue
        told, links = text_and_links(body, html=expected["content_type"] == "text/html")
        ours, ours_links = text_and_links(*shown(mail))
        if told != ours or not links <= ours_links:
            wrong.add(name)
    assert wrong <= TITLE_SHOWN | BROKEN_LETTER | LINK_MADE | LINK_WRITTEN_ANEW


def shown(mail):
    """Return what is shown of a mail, its layout where it has one, and whether that is HTML."""
    for file in mail.attachments:
        if file.shape is Shape.ORIGINAL:
            return safe_html(file.data.decode(), pictures={}).html, True
    return mail.text, False


def text_and_links(body, html):
    if not html:
        return "".join(body.split()), set()
    tree = lxml_html.fragment_fromstring(body, create_parent="div")
    text = "".join(tree.itertext()).replace("\xa0", "").replace("\u200b", "")
    return "".join(text.split()), {link.get("href") for link in tree.iter("a") if link.get("href")}


def test_what_says_something_is_read_as_saying_something(pairs):
    silent = {
        name
        for name, expected, mail in pairs
        if not mail.text.strip() and expected.get("body") not in {None, "", "no visible content"}
    }
    assert silent == set()
