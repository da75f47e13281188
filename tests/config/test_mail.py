"""`amends mail explain`, run as an operator would run it."""

import json

import pytest

from tests.config.test_import import SET_UP, within
from tests.contacts.channels.email.messages import mail, part, parts

pytestmark = pytest.mark.enable_socket

A_RULE = """
    from amends.contacts.models.holding import HoldingRule
    from django.utils import timezone
    HoldingRule.objects.create(looks_at='subject', text='Cold', added_at=timezone.now())
"""
HELD_BY_IT = "held, because a rule of ours looks for “Cold” in its subject"


def explained(installation, *words):
    return installation.run("mail", "explain", *map(str, words))


def test_it_needs_no_database(empty, tmp_path):
    file = tmp_path / "1.eml"
    quoted = "At four.\r\n\r\nOn 3 May 2026 at 3:04, M. <m@care.example> wrote:\r\n> When?"
    picture = part("image/png", "PNG", Content_Disposition="attachment; filename=a.png")
    file.write_bytes(parts(part("text/plain", quoted + "\x1b[2J"), picture))
    done = explained(empty, file)
    assert done.returncode == 0, done.stderr
    assert "From          Rūta Kazlauskienė <ruta@example.lt>" in done.stdout
    assert "Filed         not known: no database is running" in done.stdout
    assert "--- Folded: quoted" in done.stdout
    assert "--- Attached: a.png" in done.stdout
    assert "\x1b" not in done.stdout


def test_a_machine_reads_it_as_json(empty, tmp_path):
    file = tmp_path / "two.mbox"
    one = b"From ruta@example.lt Fri Mar 27 15:00:00 2026\n" + mail("One.")
    file.write_bytes(one + b"\n" + one)
    done = explained(empty, file, "--json")
    told = json.loads(done.stdout)
    assert (told["visible_text"], told["others_in_file"], told["filed"]) == ("One.", 1, None)
    assert "1 more follow" in explained(empty, file).stdout


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (None, "cannot be read (No such file or directory)."),
        (b"", "it is empty."),
        (bytes(range(256)), "it is no mail."),
    ],
)
def test_what_is_no_mail_is_told_in_one_sentence(empty, tmp_path, data, sentence):
    file = tmp_path / "1.eml"
    if data is not None:
        file.write_bytes(data)
    done = explained(empty, file)
    assert done.returncode == 1
    assert done.stderr.endswith(f"{sentence}\n")
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""


def test_where_a_database_runs_it_is_asked_where_the_mail_would_go(installation, tmp_path):
    file = tmp_path / "1.eml"
    file.write_bytes(mail())
    run = f"    from config.commands.main import run; run(['mail', 'explain', {str(file)!r}"
    bare = within(installation, f"{run}, '--json'])")
    assert json.loads(bare)["filed"] is None
    told = within(installation, f"{SET_UP}\n{run}, '--json'])")
    assert json.loads(told)["filed"] == {
        "state": "filed", "reason": "", "case": None, "linked_to": None
    }  # fmt: skip
    assert "Filed         in a new case" in within(installation, f"{run}])")
    within(installation, A_RULE)
    assert HELD_BY_IT in within(installation, f"{run}])")
