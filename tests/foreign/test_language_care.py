"""The labelled complaints and drafts, through the two commands: what is reached is held."""

import io
import json
import sys

import pytest

from amends.language.__main__ import main
from amends.language.lexicon import TONGUES


@pytest.fixture
def answered(testdata, monkeypatch, capsys):
    """Return the labelled lines of a file, each with what the command answers."""

    def ask(command, name):
        text = (testdata / "care" / name).read_text(encoding="utf-8")
        monkeypatch.setattr(sys, "stdin", io.StringIO(text))
        assert main([command]) == 0
        answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        return list(zip(map(json.loads, text.splitlines()), answers, strict=True))

    return ask


def f1(hits, extra, missed):
    return 2 * hits / (2 * hits + extra + missed)


def share(pairs, holds):
    return sum(holds(gold, answer) for gold, answer in pairs) / len(pairs)


def spans_f1(pairs, field):
    hits = extra = missed = 0
    for gold, answer in pairs:
        left = list(gold[field])
        for said in answer[field]:
            match = next((one for one in left if one in said or said in one), None)
            if match is None:
                extra += 1
            else:
                left.remove(match)
                hits += 1
        missed += len(left)
    return f1(hits, extra, missed)


def flag_f1(pairs, flag):
    told = [(gold[flag], answer[flag]) for gold, answer in pairs]
    return f1(*(told.count(pair) for pair in ((True, True), (False, True), (True, False))))


@pytest.mark.requirement("S4-01")
@pytest.mark.parametrize("tongue", TONGUES)
def test_complaints_are_read(answered, tongue):
    pairs = answered("read", f"complaints.{tongue}.jsonl")
    assert share(pairs, lambda gold, answer: gold["lang"] == answer["lang"]) >= 0.98
    kinds = [(gold["kind"] == "complaint", answer["kind"] == "complaint") for gold, answer in pairs]
    assert f1(*(kinds.count(p) for p in ((True, True), (False, True), (True, False)))) >= 0.9
    assert share(pairs, lambda gold, answer: abs(gold["anger"] - answer["anger"]) <= 1) >= 0.95
    assert share(pairs, lambda gold, answer: gold["anger"] == answer["anger"]) >= 0.65
    wish = "requested_remedy"
    assert share(pairs, lambda gold, answer: gold[wish] == answer[wish]) >= 0.8
    for field in ("amounts", "references", "dates"):
        assert spans_f1(pairs, field) >= 0.94


@pytest.mark.requirement("S4-33")
def test_abuse_threats_and_talk_of_courts_are_noticed(answered):
    pairs = [pair for tongue in TONGUES for pair in answered("read", f"complaints.{tongue}.jsonl")]
    for flag in ("abuse", "threat", "legal_threat"):
        assert flag_f1(pairs, flag) >= 0.9


@pytest.mark.parametrize("tongue", TONGUES)
def test_drafts_are_remarked_on_and_good_ones_left_alone(answered, tongue):
    pairs = answered("remarks", f"drafts.{tongue}.jsonl")
    hits = sum(len({*gold["violations"]} & {*answer["violations"]}) for gold, answer in pairs)
    wrong = sum(len({*gold["violations"]} ^ {*answer["violations"]}) for gold, answer in pairs)
    assert f1(hits, wrong, 0) >= 0.8
    good = [pair for pair in pairs if pair[0]["good"]]
    assert share(good, lambda _gold, answer: answer["good"]) >= 0.9


def test_another_command_is_explained(capsys):
    assert main(["write"]) == 2
    assert "python -m amends.language read" in capsys.readouterr().err
