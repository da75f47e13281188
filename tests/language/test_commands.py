"""The two commands: a line of JSON in, a line of JSON out."""

import json
import subprocess
import sys
from typing import Any


def answered(command: str, text: str) -> tuple[int, list[dict[str, Any]], str]:
    done = subprocess.run(
        [sys.executable, "-m", "amends.language", command],
        input=text, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()], done.stderr


def test_each_line_comes_back_with_what_was_read():
    text = '{"id": 1, "text": "The heating is cold, I want my money back."}\n\n'
    code, (answer,), said = answered("read", text)
    assert (code, said) == (0, "")
    assert (answer["id"], answer["lang"], answer["kind"]) == (1, "en", "complaint")


def test_a_draft_comes_back_with_remarks():
    code, (answer,), _said = answered("remarks", '{"id": 2, "draft": "You are an idiot."}\n')
    assert code == 0
    assert "rude" in answer["violations"]


def test_a_line_that_cannot_be_read_is_named_and_the_others_are_answered():
    code, answers, said = answered("read", 'no json\n[1]\n{"text": 7}\n{"id": 4, "text": ""}\n')
    assert code == 1
    assert [answer["id"] for answer in answers] == [4]
    assert said.splitlines() == [
        f"Line {number} is no JSON object with a `text`." for number in (1, 2, 3)
    ]


def test_whoever_asks_for_something_else_is_told_what_there_is():
    code, answers, said = answered("write", "")
    assert (code, answers) == (2, [])
    assert "python -m amends.language read" in said
