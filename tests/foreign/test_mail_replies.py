"""Replies of many mail programs: what their writer wrote stays in sight, the rest is folded."""

import json
from pathlib import Path

import html_text
import pytest

from amends.contacts.channels.email.laid_out import text_of_html
from amends.contacts.channels.email.parse import read_mail
from amends.contacts.rules.quotes import Said, pieces_of

ALL_RIGHT = 0.95


def seen(text: str, *, signed: bool) -> str:
    kinds = {Said.OWN, Said.SIGNATURE} if signed else {Said.OWN}
    return "".join(
        text[piece.start : piece.end] for piece in pieces_of(text) if piece.said in kinds
    )


def squeezed(text: str) -> str:
    return "".join(text.split())


def cases_in(path: Path) -> list[dict[str, str]]:
    cases = [json.loads(line) for line in path.read_text().split("\n") if line]
    assert cases
    return cases


@pytest.fixture(scope="module")
def replies(testdata: Path):
    """Each reply as (name, what we show, what its writer wrote)."""
    folder = testdata / "replies"
    found = [
        (case["file"], seen((folder / case["file"]).read_text(), signed=False), case[key])
        for key in ["reference_visible_text"]
        for case in cases_in(folder / "crisp_cases.jsonl")
        if case["upstream_tests_all_pass"]
    ]
    for case in cases_in(folder / "talon_cases.jsonl"):
        told = case["expected"]
        if case["call"] == "extract_from_plain":
            found.append((case["test"], seen(case["input"], signed=True), told))
        elif case["call"] == "extract_from_html":
            told = html_text.extract_text(told) if told else ""
            found.append((case["test"], seen(text_of_html(case["input"]), signed=True), told))
    for case in cases_in(folder / "talon_files.jsonl"):
        raw = folder / case["file"]
        if case["kind"] == "eml_plain_reply":
            text = read_mail(raw.read_bytes()).text
            found.append((case["file"], seen(text, signed=False), case["expected_reply"]))
        elif case["kind"] == "html_reply":
            text = text_of_html(raw.read_text())
            found.append((case["file"], seen(text, signed=True), case["expected_reply"]))
    return [(name, squeezed(ours), squeezed(theirs)) for name, ours, theirs in found]


def test_nothing_that_somebody_wrote_is_hidden(replies):
    hidden = [name for name, ours, theirs in replies if theirs not in ours]
    assert hidden == []


def test_nineteen_in_twenty_are_folded_right(replies):
    right = [name for name, ours, theirs in replies if ours == theirs]
    assert len(right) >= ALL_RIGHT * len(replies)
