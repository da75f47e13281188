"""Every night, what people made of cases is learnt from anew, in a process of its own."""

import base64
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import structlog
from django.utils import timezone
from procrastinate.contrib.django import app

from amends.learning.actions import keep_what_was_learnt
from amends.learning.models import Suggester
from amends.learning.queries import examples_of
from amends.learning.rules.targets import Example, Measured, Target, Tried, verdict, why_not

log = structlog.get_logger(__name__)

MOST_SECONDS = 600
_NOTHING = Measured(held_out=0, right=0, before=None, guess=0)
_SOURCES = Path(__file__).resolve().parents[2]
# One thread: beside what answers people, learning takes what is left.
_FRUGAL = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "PYTHONPATH": str(_SOURCES)}


@app.periodic(cron="17 2 * * *")
@app.task(name="learning.learn_anew", queueing_lock="learning.learn_anew")
def learn_anew(timestamp: int) -> None:
    """Learn each target anew, unless it is switched off."""
    off = set(Suggester.objects.filter(is_on=False).values_list("target", flat=True))
    for target in Target:
        if target not in off:
            learn_target(target)


def learn_target(target: Target) -> Tried:
    """Learn one target from our own history, keep what came of it, and return that."""
    examples = examples_of(target)
    model, measured, tried = b"", _NOTHING, why_not(examples)
    if tried is None:
        model, measured, tried = _learnt(target, examples)
    keep_what_was_learnt(
        target,
        tried=tried,
        examples=len(examples),
        model=model,
        measured=measured,
        at=timezone.now(),
    )
    return tried


def _learnt(target: Target, examples: Sequence[Example]) -> tuple[bytes, Measured, Tried]:
    before = Suggester.objects.filter(target=target).values_list("model", flat=True).first()
    answer = _in_its_own_process(
        {
            "examples": [(one.text, one.label) for one in examples],
            "before": base64.b64encode(bytes(before)).decode() if before else None,
        }
    )
    if answer is None:
        return b"", _NOTHING, Tried.FAILED
    model = base64.b64decode(answer.pop("model"))
    measured = Measured(**answer)
    return model, measured, verdict(measured)


def _in_its_own_process(task: dict[str, Any]) -> dict[str, Any] | None:
    """Return what the process of learning answers; None if it ended otherwise, or not in time."""
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "amends.learning.rules.training"],
            input=json.dumps(task).encode(),
            capture_output=True,
            env={**os.environ, **_FRUGAL},
            cwd="/",
            timeout=MOST_SECONDS,
            check=True,
        )
        answer: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError) as problem:
        # What it wrote may quote what customers wrote; only its kind is told.
        log.warning("learning_failed", problem=type(problem).__name__)
        return None
    return answer
