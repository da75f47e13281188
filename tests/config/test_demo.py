"""The demonstration, from an empty directory to the sign-ins, and once more on the same data."""

from datetime import timedelta

import psycopg
import pytest

from amends.database.cluster import connection_to, ensure_running
from config.commands import demo
from config.commands.prepare import sign_ins
from config.demonstration.house import PASSWORD
from config.environment import ROOT
from tests.config.installation import Installation

pytestmark = pytest.mark.enable_socket


def built_at(installation):
    """Return when the demonstration was made."""
    ensure_running(installation.cluster)
    with psycopg.connect(connection_to(installation.cluster, "amends")) as database:
        row = database.execute(
            "SELECT max(at) FROM journal_entry WHERE kind = 'DemonstrationBuilt'"
        ).fetchone()
    assert row
    return row[0]


def test_it_is_made_once_kept_while_it_is_fresh_and_made_anew_when_it_is_old(installation):
    installation.settings["AMENDS_DEMO"] = "true"
    assert installation.run("prepare").returncode == 0
    first = built_at(installation)

    assert installation.run("prepare").returncode == 0
    assert built_at(installation) == first

    age(installation, timedelta(days=2))
    assert installation.run("prepare").returncode == 0
    assert built_at(installation) >= first

    own = Installation(installation.home)
    refused = own.run("prepare")
    assert refused.returncode == 1
    assert "The data here is the demonstration's" in refused.stderr


def age(installation, by):
    """Let the demonstration be older than it is."""
    with psycopg.connect(connection_to(installation.cluster, "amends")) as database:
        database.execute("SET session_replication_role = replica")
        database.execute("UPDATE journal_entry SET at = at - %s", [by])


def test_there_is_a_sign_in_for_each_of_the_six_roles():
    lines = [line for line in sign_ins().splitlines() if line.endswith(PASSWORD)]
    assert [line.split()[0] for line in lines] == [
        "agent", "senior", "manager", "employee", "administrator", "auditor",
    ]  # fmt: skip


def test_an_empty_installation_prints_one_link_to_set_it_up(installation):
    installation.serve()
    assert f"http://localhost:{installation.port}/set-up/" in installation.said


class TestItsPlace:
    def test_is_beside_the_code(self, monkeypatch):
        monkeypatch.setattr(demo, "account", lambda: None)
        assert demo._place() == ROOT / "var" / "demo"

    def test_is_elsewhere_when_its_database_may_not_go_there(self, monkeypatch, capsys):
        monkeypatch.setattr(demo, "account", lambda: "somebody")
        monkeypatch.setattr(demo, "blocked_at", lambda _path: ROOT)
        assert demo._place() == demo.ELSEWHERE
        assert str(demo.ELSEWHERE) in capsys.readouterr().err
