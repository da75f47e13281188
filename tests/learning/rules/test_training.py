"""Learning from examples: what is learnt is right on what it has not seen, and knows how sure."""

import base64
import json
import os
import subprocess
import sys

import pytest

from amends.learning.rules import training
from amends.learning.rules.model import pieces_of, read_model, sureness
from amends.learning.rules.targets import RARE, Example
from amends.learning.rules.training import answer_to, learn
from config.environment import ROOT
from tests.learning.examples import examples


@pytest.fixture(scope="module")
def learnt():
    return learn(examples(), None)


def test_what_can_be_told_apart_is_told_apart(learnt):
    assert learnt.measured.held_out == 48
    assert learnt.measured.right >= 46
    assert learnt.measured.guess == 24
    sure = sureness(learnt.model, "My radiators are cold")
    assert sure["heating"] > 0.8


def test_a_third_class_and_the_rare_ones_are_learnt_too():
    thanks = [Example(f"Thank you, kind people of {each % 4} Lane", "thanks") for each in range(60)]
    rare = [Example(f"The dog of my aunt barks {each}", f"dog {each}") for each in range(20)]
    mixed = [one for four in zip(examples(120), thanks * 2, rare * 6, strict=True) for one in four]
    found = learn(mixed, None)
    assert set(found.model.classes) >= {"heating", "billing", "thanks"}
    assert sureness(found.model, "Thank you, kind people")["thanks"] > 0.6


def test_no_number_and_no_rare_word_is_in_the_model(learnt):
    known = set(learnt.model.pieces)
    assert "w:radiators" in known
    assert not [piece for piece in known if any(letter in "123456789" for letter in piece)]
    told = [*examples(), Example("Petrauskiene lives here, cold", "heating")]
    assert "w:petrauskiene" not in learn(told, None).model.pieces
    assert "w:petrauskiene" in pieces_of("Petrauskiene")


def test_the_model_in_use_is_measured_on_the_same_cases(learnt):
    first = answer_to({"examples": pairs(), "before": None})
    assert first["before"] is None
    second = answer_to({"examples": pairs(), "before": first["model"]})
    assert second["before"] == second["right"] == first["right"]
    spoilt = base64.b64encode(b"no model").decode()
    assert answer_to({"examples": pairs(), "before": spoilt})["before"] is None


def pairs():
    return [(one.text, one.label) for one in examples()]


def test_a_rare_label_among_the_newest_is_none_that_it_knows():
    told = [*examples(), *(Example("Something new", f"new {each}") for each in range(5))]
    assert RARE not in learn(told, None).model.classes


def test_it_runs_as_a_process_that_bounds_itself_and_knows_no_django():
    code = (
        "import resource, runpy, sys;"
        "runpy.run_module('amends.learning.rules.training', run_name='__main__');"
        "bounds = map(resource.getrlimit, (resource.RLIMIT_AS, resource.RLIMIT_CPU));"
        "print(*(each[0] for each in bounds), 'django' in sys.modules, file=sys.stderr)"
    )
    run = subprocess.run(
        [sys.executable, "-P", "-c", code],
        input=json.dumps({"examples": pairs(), "before": None}),
        env={**os.environ, "PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    bounds = [str(training.MOST_BYTES), str(training.MOST_SECONDS)]
    assert run.stderr.split() == [*bounds, "False"]
    learnt = read_model(base64.b64decode(json.loads(run.stdout)["model"]))
    assert learnt.classes == ("billing", "heating")
