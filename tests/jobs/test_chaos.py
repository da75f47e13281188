"""Timers of every kind, and sweepers killed at random: none lost, none done twice."""

import os
import random
import subprocess
import sys
import time

import pytest
from django.db import connection

from amends.journal.events import reactions_to
from config.environment import ROOT
from tests.jobs import timers
from tests.jobs.timers import KINDS

TIMERS = int(os.environ.get("AMENDS_TIMERS", "120"))
SWEEPERS = 2
# Each costs the start of a sweeper, which on a busy machine takes longer than a hundred timers.
KILLS = min(max(TIMERS // 60, 3), 40)


def start():
    database = connection.settings_dict
    address = f"postgresql://{database['USER']}@/{database['NAME']}?host={database['HOST']}"
    return subprocess.Popen(
        [sys.executable, "-m", "tests.jobs.timers"],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": address, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )


def ready(sweeper):
    assert sweeper.stdout
    assert sweeper.stdout.readline() == "ready\n"


def killed(sweeper):
    sweeper.kill()
    sweeper.wait()
    sweeper.stdout.close()


@pytest.fixture
def no_jobs_left(transactional_db):
    yield
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs CASCADE")


@pytest.mark.django_db(transaction=True)
def test_whatever_is_killed_each_timer_is_done_exactly_once(no_jobs_left):
    each = TIMERS // len(KINDS)
    timers.make_timers(each)
    chance = random.Random(20260327)  # noqa: S311 - chance, no secret
    running = [start() for _ in range(SWEEPERS)]
    kills, deadline = 0, time.monotonic() + 60 + TIMERS
    try:
        while timers.left() or kills < KILLS:
            assert time.monotonic() < deadline
            if kills < KILLS:
                unlucky = running.pop(0)
                ready(unlucky)
                time.sleep(1 + chance.uniform(0, 0.3))
                killed(unlucky)
                running.append(start())
                kills += 1
            time.sleep(0.05)
    finally:
        for sweeper in running:
            killed(sweeper)
    assert timers.stumbles() == []
    for kind in KINDS:
        done = timers.times_done(kind)
        assert (kind, len(done), set(done.values())) == (kind, each, {1})
        assert set(timers.times_told(kind)) == {len(reactions_to(kind))}
