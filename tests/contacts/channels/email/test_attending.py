"""A mailbox attended to in a thread of its own, as the process does it."""

import time
from contextlib import contextmanager
from threading import Thread

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from amends.base.locked import lock
from amends.contacts.channels.email.attending import Attendance, access_of, alone_with
from amends.contacts.models import Arrival
from amends.contacts.models.mailboxes import Fetching
from amends.contacts.rules import fetching as waits
from amends.contacts.rules.fetching import CannotFetch
from amends.contacts.rules.mailboxes import Trouble
from tests.contacts.channels.email.messages import mail
from tests.dovecot import PASSWORD, Dovecot

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE_SECONDS = 60


@contextmanager
def attended(mailbox, *, pause_seconds: float = 3600):
    """Attend to `mailbox` meanwhile."""
    attendance = Attendance(
        mailbox_id=mailbox.pk,
        files=settings.MEDIA_ROOT,
        clock=timezone.now,
        pause_seconds=pause_seconds,
    )
    thread = Thread(target=attendance.go_on)
    thread.start()
    try:
        yield attendance
    finally:
        attendance.stopping.set()
        thread.join(PATIENCE_SECONDS)
        assert not thread.is_alive()


def wait_until(holds) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < deadline, list(Fetching.objects.values())
        time.sleep(0.05)


def has_looked() -> bool:
    return Fetching.objects.exclude(looked_at=None).exists()


def test_a_server_that_tells_of_new_mail_is_listened_to(dovecot, mailbox):
    with attended(mailbox):
        wait_until(lambda: Fetching.objects.filter(listens=True).exists())
        dovecot.receive(mail("told"))
        wait_until(lambda: Arrival.objects.count() == 1)


def test_a_server_that_tells_nothing_is_asked_again_and_again(mailbox):
    with Dovecot(capability="IMAP4rev1 UIDPLUS MOVE") as silent:
        mailbox.port, mailbox.authority = silent.ports["imaps"], silent.authority
        mailbox.save()
        with attended(mailbox, pause_seconds=0.1):
            wait_until(has_looked)
            assert not Fetching.objects.get().listens
            silent.receive(mail("asked for"))
            wait_until(lambda: Arrival.objects.count() == 1)


def test_an_outage_is_told_and_what_came_meanwhile_is_fetched_after_it(
    dovecot, mailbox, monkeypatch
):
    monkeypatch.setattr(waits, "_FIRST_WAIT", 0.2)
    with attended(mailbox):
        wait_until(has_looked)
        dovecot.receive(mail("before"))
        dovecot.stop()
        wait_until(lambda: Fetching.objects.filter(trouble=Trouble.CONNECTION).exists())
        dovecot.start()
        dovecot.receive(mail("after"))
        wait_until(lambda: Arrival.objects.count() == 2)
        wait_until(lambda: Fetching.objects.filter(failing_since=None, trouble="").exists())


def test_one_alone_attends_to_a_mailbox(mailbox):
    others: list[bool] = []

    def try_it_too() -> None:
        with alone_with(mailbox.pk) as alone:
            others.append(alone)
        connection.close()

    with alone_with(mailbox.pk) as alone, alone_with(mailbox.pk + 1) as elsewhere:
        assert (alone, elsewhere) == (True, True)
        thread = Thread(target=try_it_too)
        thread.start()
        thread.join(PATIENCE_SECONDS)
    assert others == [False]
    connection.close()


def test_a_wrong_password_is_told_and_not_tried_at_once_again(dovecot, mailbox):
    mailbox.secret = lock("not that")
    mailbox.save()
    with attended(mailbox):
        wait_until(lambda: Fetching.objects.filter(trouble=Trouble.SIGN_IN).exists())
    assert "Authentication failed" in Fetching.objects.get().detail
    tries = (dovecot.home / "log").read_text().count("auth failed")
    assert tries <= 1


def test_a_secret_that_an_older_key_locked_is_asked_for_again(mailbox, settings):
    mailbox.secret = lock(PASSWORD)
    settings.SECRET_KEY = "another key, of forty characters or more"
    with pytest.raises(CannotFetch) as told:
        access_of(mailbox, at=timezone.now())
    assert told.value.trouble is Trouble.SECRET
