"""Texts of our own in each language, and what each must be read as."""

import tomllib
from pathlib import Path

import pytest

from amends.language.drafts import Context
from amends.language.lexicon import TONGUES
from amends.language.reading import read
from amends.language.remarks import remarks

EXAMPLES = Path(__file__).parent / "examples"


def examples(section):
    told = {
        tongue: tomllib.loads((EXAMPLES / f"{tongue}.toml").read_text(encoding="utf-8"))
        for tongue in TONGUES
    }
    return [
        pytest.param(tongue, example, id=f"{tongue}: {example[section][:40]}")
        for tongue in TONGUES
        for example in told[tongue][section]
    ]


@pytest.mark.parametrize(("tongue", "example"), examples("text"))
def test_a_text_is_read_as_it_is_meant(tongue, example):
    reading = read(example["text"])
    seen = {
        "kind": reading.kind.name,
        "remedy": reading.remedy.name,
        "abuse": bool(reading.abuse),
        "threat": bool(reading.threat),
        "escalation": bool(reading.escalation),
        "references": reading.said(reading.references),
        "dates": reading.said(reading.dates),
        "amounts": reading.said(reading.amounts),
        "manners": list(reading.manners),
        "need_by": reading.need_by and reading.said((reading.need_by,))[0],
    }
    assert reading.language.code == tongue
    low, high = example.get("anger", (0, 4))
    assert low <= reading.anger.degree <= high
    assert {name: seen[name] for name in example if name in seen} == {
        name: value for name, value in example.items() if name in seen
    }


@pytest.mark.parametrize(("tongue", "example"), examples("draft"))
def test_a_draft_gets_the_remarks_it_deserves(tongue, example):
    found = remarks(
        example["draft"], Context(customer_name=example["customer_name"], language=tongue)
    )
    assert {remark.code for remark in found} == set(example["codes"])
