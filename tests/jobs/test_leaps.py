"""A whole sweeper in a process whose clock on the wall leaps, by libfaketime."""

import os
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection

from config.environment import ROOT
from tests.jobs import things
from tests.jobs.things import Thing

FOUND = sorted(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))
CI = os.environ.get("CI") == "true"
pytestmark = [
    pytest.mark.skipif(not FOUND and not CI, reason="libfaketime is not here: sh bin/faketime"),
    pytest.mark.django_db(transaction=True),
]
DAY = timedelta(days=1)


@pytest.fixture
def wall(tmp_path):
    """Return the file that says by how much the clock on the wall is wrong."""
    told = tmp_path / "wall"
    told.write_text("+0\n")
    return told


@pytest.fixture
def sweeper(wall):
    things.make_tables()
    database = connection.settings_dict
    address = f"postgresql://{database['USER']}@/{database['NAME']}?host={database['HOST']}"
    told = {
        "DATABASE_URL": address,
        "PYTHONPATH": str(ROOT),
        "LD_PRELOAD": str(FOUND[0]),
        "FAKETIME_TIMESTAMP_FILE": str(wall),
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "DONT_FAKE_MONOTONIC": "1",
    }
    running = subprocess.Popen(
        [sys.executable, "-m", "tests.jobs.things"], cwd=ROOT, env=os.environ | told
    )
    yield running
    running.kill()
    running.wait()
    things.drop_tables()


def a_thing(due_at):
    return Thing.objects.create(due_at=due_at)


def wait_for(thing, sweeper):
    deadline = time.monotonic() + 60
    while Thing.objects.filter(pk=thing.pk).exclude(due_at=None).exists():
        assert sweeper.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_a_leap_makes_nothing_due_before_its_time_and_nothing_late(sweeper, wall):
    now = datetime.now(UTC)
    tomorrow = a_thing(now + DAY)
    wait_for(a_thing(now), sweeper)
    for leap in ("+400d", "-400d"):
        wall.write_text(f"{leap}\n")
        time.sleep(1.5)
        wait_for(a_thing(datetime.now(UTC)), sweeper)
        tomorrow.refresh_from_db()
        assert tomorrow.due_at is not None
