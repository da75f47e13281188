"""`amends case export`, run as an operator would run it."""

import argparse
import hashlib
import zipfile
from pathlib import Path

import pytest

from amends.staff.rules.permissions import Role
from config import environment
from config.commands.case import made, run
from config.commands.problem import CannotGoOn
from tests import make
from tests.config.test_import import within

CASE = (
    "    from tests import make; from amends.staff.rules.permissions import Role\n"
    "    by = make.staff(role=Role.SENIOR); make.team(members=(by,))\n"
    "    print(make.case(owner=by).reference, by.email)"
)
HANDED_OUT = (
    "    from amends.journal.models import Entry\n"
    "    print(list(Entry.objects.values_list('kind', flat=True)))"
)


@pytest.fixture
def told(installation) -> list[str]:
    """The reference of a case, and the mail address of who may hand it out."""
    return str(within(installation, CASE)).split()


@pytest.mark.enable_socket
def test_the_whole_case_is_written_where_one_says_and_the_journal_knows(
    installation, told, tmp_path
):
    reference, mail = told
    words = ("--to", str(tmp_path), "--for", "The court", "--by", mail, "--language", "lt")
    done = installation.run("case", "export", reference.lower(), *words)
    assert done.returncode == 0, done.stderr
    digest, _space, path = done.stdout.strip().partition("  ")
    assert hashlib.sha256(Path(path).read_bytes()).hexdigest() == digest
    with zipfile.ZipFile(path) as archive:
        assert f"{reference}.pdf" in archive.namelist()
    for kind in ("BundleBegun", "BundleAsked", "BundleMade", "BundleHandedOut"):
        assert kind in within(installation, HANDED_OUT)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("reference", "by", "for_", "sentence"),
    [
        ("{}", "x@y.example", "The court", "Nobody here has the mail address x@y.example."),
        ("C-000-0000", "{}", "The court", "sees no case C-000-0000."),
        ("{}", "{}", " ", "Say whom it is for."),
    ],
)
def test_what_cannot_be_is_said_in_one_sentence(reference, by, for_, sentence):
    senior = make.staff(role=Role.SENIOR)
    case = make.case(owner=senior)
    asked = argparse.Namespace(
        reference=reference.format(case.reference),
        by=by.format(senior.email),
        for_=for_,
        language="en",
    )
    with pytest.raises(CannotGoOn, match=sentence):
        made(asked)


def test_a_folder_that_is_none_is_named(tmp_path):
    asked = argparse.Namespace(to=tmp_path / "no")
    with pytest.raises(CannotGoOn, match=r"is no folder\."):
        run(asked, environment.read())
