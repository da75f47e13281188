"""`amends import mail`, run as an operator would run it."""

import json
import signal
import subprocess
import sys
import time

import pytest

from tests.config.installation import amends
from tests.contacts.channels.email.messages import mail

pytestmark = pytest.mark.enable_socket
WITHIN = """
import django
django.setup()
from config import environment
from config.commands.installation import database_at_hand
with database_at_hand(environment.read()):
"""
SET_UP = "    from tests import make; make.organisation(); make.team()"
COUNT = (
    "    from amends.contacts.models import Arrival, Contact\n"
    "    print(Arrival.objects.count(), Contact.objects.count(),"
    " Arrival.objects.filter(state='waiting').count())"
)


def within(installation, body) -> str:
    """Run a few lines of Python against the database of `installation`."""
    done = subprocess.run(
        [sys.executable, "-c", WITHIN + body],
        env={**installation.environment, "DJANGO_SETTINGS_MODULE": "config.settings"},
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def house(installation):
    within(installation, SET_UP)
    return installation


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "1.eml").write_bytes(mail("one"))
    (tmp_path / "2.eml").write_bytes(mail("two"))
    (tmp_path / "3.txt").write_bytes(b"no mail at all\n")
    return tmp_path


def test_the_account_is_told_to_people_and_to_machines(house, folder):
    done = house.run("import", "mail", str(folder))
    assert done.returncode == 0, done.stderr
    assert [line.split()[0] for line in done.stdout.splitlines()[:5]] == ["3", "2", "1", "0", "0"]
    assert "3.txt: it is no mail" in done.stdout

    again = house.run("import", "mail", str(folder), "--as", "arrivals", "--json")
    account = json.loads(again.stdout)
    assert again.returncode == 0
    assert (account["files"], account["contacts"], account["already_known"]) == (3, 0, 3)
    assert (account["held"], account["failed"], account["entries"]) == (0, 0, [])
    assert again.stderr == ""


def test_what_cannot_be_done_is_told_in_a_sentence(installation, folder):
    said = installation.run("import", "mail", str(folder / "nowhere"))
    assert (said.returncode, "cannot be read" in said.stderr) == (1, True)
    said = installation.run("import", "mail", str(folder))
    assert (said.returncode, "Nobody has set up Amends yet" in said.stderr) == (1, True)
    assert installation.run("import", "moon", str(folder)).returncode == 2


def test_a_run_that_is_cut_loses_and_doubles_nothing(house, tmp_path):
    for number in range(120):
        (tmp_path / f"{number}.eml").write_bytes(mail(f"number {number}"))
    for cut in (signal.SIGKILL, signal.SIGINT):
        running = subprocess.Popen(
            amends("import", "mail", str(tmp_path)), env=house.environment, stderr=subprocess.PIPE
        )
        house.started.append(running)
        time.sleep(3)
        running.send_signal(cut)
        _out, said = running.communicate(timeout=60)
        assert running.returncode in {-cut, 130, 0}, said

    done = house.run("import", "mail", str(tmp_path), "--json")

    assert done.returncode == 0, done.stderr
    assert within(house, COUNT).split() == ["120", "120", "0"]
