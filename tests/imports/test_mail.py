"""Mail files taken in: the account is true, a second run adds nothing, one bad file stops none."""

import os

import pytest
from django.db import OperationalError

from amends.base.files import path_of
from amends.cases.models.case import Case
from amends.contacts.models import Arrival, Contact
from amends.contacts.rules.arriving import LARGEST_IN_DATABASE
from amends.contacts.rules.kinds import ArrivalState
from amends.imports.mail import BATCH, Visible, import_mail
from amends.imports.mail_files import files_under
from tests import make
from tests.contacts.channels.email.messages import mail

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _house(db):
    make.organisation()
    make.team()


@pytest.fixture
def folder(tmp_path):
    """A folder with two mails, one of them twice, a bounce, and a picture."""
    files = {
        "1.eml": mail("one"),
        "2.eml": mail("two"),
        "3.eml": mail("one"),
        "4.eml": mail("gone", From="MAILER-DAEMON@mx.example.lt"),
        "5.png": b"\x89PNG\r\n\x1a\n\x00",
    }
    path = tmp_path / "mail"
    path.mkdir()
    for name, raw in files.items():
        (path / name).write_bytes(raw)
    return path


def bring_in(folder, *, as_history=True, done=lambda: None):
    return import_mail(list(files_under(folder)), as_history=as_history, done=done)


def test_each_message_is_accounted_for(folder):
    seen = []
    account = bring_in(folder, done=lambda: seen.append(1))
    assert (account.files, account.messages, len(seen)) == (5, 5, 5)
    assert (account.contacts, account.held, account.failed, account.already_known) == (2, 2, 0, 1)
    assert account.entries == [
        Visible(str(folder / "4.eml"), "bounce", "bounce"),
        Visible(str(folder / "5.png"), "held", "not-a-message"),
    ]


def test_a_second_run_adds_nothing(folder):
    bring_in(folder)
    account = bring_in(folder, as_history=False)
    assert (account.messages, account.already_known, account.contacts) == (5, 5, 0)
    assert Contact.objects.count() == 2


def test_more_than_a_batch_is_taken_in(tmp_path):
    for number in range(2 * BATCH + 3):
        (tmp_path / f"{number}.eml").write_bytes(mail(f"number {number}"))
    assert bring_in(tmp_path).contacts == 2 * BATCH + 3


def test_the_messages_of_an_mbox_are_told_apart(tmp_path):
    box = b"From a\n" + mail("one") + b"\n\nFrom b\n" + b"X: y\n\n"
    (tmp_path / "box").write_bytes(box)
    account = bring_in(tmp_path)
    assert (account.files, account.messages, account.contacts) == (1, 2, 1)
    assert account.entries[0].file == f"{tmp_path / 'box'} (2)"


def test_a_mail_quoted_for_its_mbox_is_read_as_it_was_written(tmp_path):
    (tmp_path / "box").write_bytes(b"From a\n" + mail("It was so\r\n>From the first day."))
    bring_in(tmp_path)
    assert Contact.objects.get().words.text == "It was so\nFrom the first day."


def test_a_run_that_was_cut_goes_on_where_it_was(folder, monkeypatch):
    def cut(*args, **kwargs):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("amends.imports.mail.take_in", cut)
        with pytest.raises(KeyboardInterrupt):
            bring_in(folder)
    assert Arrival.objects.filter(state=ArrivalState.WAITING).count() == 4

    account = bring_in(folder)

    assert (account.contacts, account.held, account.already_known) == (2, 2, 1)
    assert Contact.objects.count() == 2


def test_one_message_that_fails_stops_no_other(folder):
    large = mail("x" * LARGEST_IN_DATABASE)
    (folder / "large.eml").write_bytes(large)

    def lose_the_file():
        for arrival in Arrival.objects.filter(raw=None):
            path_of(arrival.sha256).unlink(missing_ok=True)
            Arrival.objects.filter(pk=arrival.pk).update(sha256="/nowhere")

    account = bring_in(folder, done=lose_the_file)

    assert (account.contacts, account.failed) == (2, 1)
    failed = Arrival.objects.get(state=ArrivalState.FAILED)
    assert failed.reason == "FileNotFoundError"
    assert Case.objects.count() == 2


def test_a_database_that_is_gone_stops_everything(folder, monkeypatch):
    def gone(*args, **kwargs):
        raise OperationalError

    monkeypatch.setattr("amends.imports.mail.take_in", gone)
    with pytest.raises(OperationalError):
        bring_in(folder)
    assert not Arrival.objects.filter(state=ArrivalState.FAILED).exists()


def test_a_file_that_vanished_meanwhile_is_told(folder):
    files = list(files_under(folder))
    files[0].unlink()
    account = import_mail(files, as_history=True, done=lambda: None)
    assert (account.failed, account.contacts) == (1, 2)
    assert account.entries[0] == Visible(str(files[0]), "failed", "No such file or directory")


def test_a_file_whose_name_is_no_text_is_taken_in(tmp_path):
    path = tmp_path / os.fsdecode(b"\xff.eml")
    path.write_bytes(mail("one"))
    assert bring_in(tmp_path).contacts == 1
    assert Arrival.objects.get().name.endswith("\ufffd.eml")
