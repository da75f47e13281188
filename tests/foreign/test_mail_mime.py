"""Hard MIME of three other projects: read as they read it, or at least read.

Where we differ on purpose, the message is named below with the reason.
"""

import json
import resource
import time
from pathlib import Path

import pytest

from amends.contacts.channels.email.addresses import addresses_in
from amends.contacts.channels.email.headers import date_of, decode_words, ids_in, parameters_of
from amends.contacts.channels.email.parse import read_mail
from amends.contacts.rules.messages import Shape

SECONDS = 2.0

# Multiparts without one usable part: they hide the text as a file, we show it.
TEXT_SHOWN = {"malformed/002", "malformed/004", "malformed/006", "malformed/008", "malformed/016"}
# A boundary of the parent inside a child: the parent's counts, and no part is lost.
PARENT_COUNTS = {"malformed/008", "malformed/012", "malformed/016", "malformed/020"}
# They stop after the first of three attached messages.
ALL_KEPT = {"thirdparty/015"}
# They leave two undeclared or unknown encodings as they are; we undo them.
DECODED = {"legacy/048", "legacy/052"}
# Line breaks of the wire inside 7-bit text files are not the file's own.
LINE_BREAKS = {"legacy/016"}
# The last boundary stands inside a line, where it is none.
NOT_A_LINE = {"thirdparty/005"}


def name_of(file: str) -> str:
    return file.removeprefix("stalwart/eml/").removesuffix(".eml")


def squeezed(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture(scope="module")
def folder(testdata: Path) -> Path:
    return testdata / "mime-torture"


@pytest.fixture(scope="module")
def messages(folder: Path):
    """Each message as (name, what was expected, its parts by number, what we read)."""
    found = []
    for line in (folder / "stalwart_expected.jsonl").read_text().strip().split("\n"):
        case = json.loads(line)
        parts = {part["i"]: part for part in case["expected"]["parts"]}
        mail = read_mail((folder / case["file"]).read_bytes())
        found.append((name_of(case["file"]), case["expected"], parts, mail))
    assert found
    return found


def headers(folder: Path, kind: str):
    found = [
        json.loads(line)
        for line in (folder / f"header_{kind}.jsonl").read_text().split("\n")
        if line
    ]
    assert found
    return [(case["header"], case["expected"]) for case in found]


def test_subjects_and_ids_agree(messages):
    for name, _expected, parts, mail in messages:
        told = parts[0]
        if "subject" in told and "\ufffd" not in told["subject"]:
            assert mail.subject == told["subject"].strip(), name
        if told.get("message_id"):
            assert mail.message_id == told["message_id"], name


def test_dates_agree(messages):
    for name, _expected, parts, mail in messages:
        if parts[0].get("date"):
            assert mail.sent_at, name
            assert mail.sent_at.isoformat() == parts[0]["date"], name


def test_senders_agree(messages):
    for name, _expected, parts, mail in messages:
        [[display, address]] = parts[0].get("from") or [[None, None]]
        if address and "@" in address:
            assert mail.sender, name
            assert (mail.sender.name or None, mail.sender.address) == (display, address), name


def test_no_attached_file_is_missing_or_made_up(messages):
    wrong = {
        name
        for name, expected, _parts, mail in messages
        if len([file for file in mail.attachments if file.shape is not Shape.ORIGINAL])
        != len(expected["attachments"])
    }
    assert wrong <= TEXT_SHOWN | PARENT_COUNTS | ALL_KEPT


def test_attached_files_agree_to_the_byte(messages):
    wrong = set()
    for name, expected, parts, mail in messages:
        told = [parts[number] for number in expected["attachments"]]
        binary = {part["sha256"] for part in told if part["kind"].endswith("Binary")}
        if not binary <= {file.sha256 for file in mail.attachments}:
            wrong.add(name)
    assert wrong <= DECODED | LINE_BREAKS


def test_names_of_attached_files_agree(messages):
    for name, expected, parts, mail in messages:
        ours = {file.file_name for file in mail.attachments}
        for number in expected["attachments"]:
            given = parts[number].get("filename") or parts[number].get("name") or ""
            if given and "\ufffd" not in given and name not in TEXT_SHOWN:
                assert given.rpartition("/")[2] in ours, name


def test_the_text_agrees(messages):
    wrong = set()
    for name, expected, parts, mail in messages:
        texts = [parts[number] for number in expected["text_body"]]
        told = squeezed("\n".join(p.get("content", "") for p in texts if p["kind"] == "Text"))
        if told and "Html" not in {part["kind"] for part in texts} and squeezed(mail.text) != told:
            wrong.add(name)
    assert wrong <= PARENT_COUNTS | DECODED | NOT_A_LINE


def test_addresses_agree(folder):
    for header, expected in headers(folder, "address"):
        groups = expected.get("Group") or [{"addresses": expected.get("List")}]
        told = [box["address"] for group in groups for box in group["addresses"]]
        ours = [box.address for box in addresses_in(header)]
        squeeze = [each and each.replace(" ", "").removeprefix("mailto:") for each in told]
        assert [each.removeprefix("mailto:") for each in ours] == [e or "" for e in squeeze], header


def test_dates_in_headers_agree(folder):
    agreed = 0
    cases = headers(folder, "date")
    for header, expected in cases:
        ours = date_of(header)
        if ours is None or expected is None:
            agreed += ours is expected
            continue
        east = ours.utcoffset()
        assert east is not None
        sign = -1 if expected["tz_before_gmt"] else 1
        offset = sign * (expected["tz_hour"] * 3600 + expected["tz_minute"] * 60)
        fields = ("year", "month", "day", "hour", "minute", "second")
        agreed += (
            all(getattr(ours, field) == expected[field] for field in fields)
            and east.total_seconds() == offset
        )
    # Two are no dates: six bare numbers, and one with a bracket that never closes.
    assert agreed >= len(cases) - 2


def test_ids_in_headers_agree(folder):
    for header, expected in headers(folder, "id"):
        assert list(ids_in(header)) == expected


def test_words_in_headers_agree(folder):
    for header, expected in headers(folder, "unstructured"):
        # A word that is glued to another is no encoded word at all; only its spaces differ.
        assert decode_words(header).replace(" ", "") == expected.replace(" ", "")


def test_types_and_parameters_agree(folder):
    for header, expected in headers(folder, "content_type"):
        kind, parameters = parameters_of(header)
        if expected is None:
            assert "/" not in kind.strip("/"), header
            continue
        told = "/".join(each for each in (expected["c_type"], expected["c_subtype"]) if each)
        assert kind.rstrip("/") == told, header
        named = dict(expected.get("attributes") or [])
        named = {key: value for key, value in named.items() if not key.endswith("-language")}
        assert {key: value.replace(" ", "") for key, value in parameters.items()} == {
            key: value.replace(" ", "") for key, value in named.items()
        }, header


def test_no_message_raises_takes_long_or_much_memory(testdata):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    files = [path for path in sorted(testdata.glob("*/**/*")) if path.is_file()]
    assert files
    for path in files:
        raw = path.read_bytes()
        began = time.monotonic()
        mail = read_mail(raw)
        assert time.monotonic() - began < SECONDS, path
        for text in (mail.text, mail.subject, *(file.file_name for file in mail.attachments)):
            assert "\x00" not in text, path
            text.encode()  # raises on a lone surrogate
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert used < 256 * 1024
