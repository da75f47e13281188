"""Mail fetched from a real Dovecot by POP3."""

from threading import Event

import pytest
from django.conf import settings
from django.utils import timezone

from amends.contacts.channels.email.attending import access_of
from amends.contacts.channels.email.fetching_pop3 import PopLook
from amends.contacts.channels.email.pop3 import PopAccount
from amends.contacts.models import Arrival
from amends.contacts.models.mailboxes import Fetching, LeftThere
from amends.contacts.queries.arrivals import raw_of
from amends.contacts.rules.fetching import place_of
from amends.contacts.rules.mailboxes import Trouble
from tests.contacts.channels.email.messages import mail

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(dovecot, mailbox):
    mailbox.way_in, mailbox.port = "pop3", dovecot.ports["pop3s"]
    mailbox.save()
    return mailbox


def look(mailbox) -> None:
    access = access_of(mailbox, at=timezone.now())
    with PopAccount(access) as account:
        PopLook(
            mailbox=mailbox,
            place=place_of(access),
            account=account,
            files=settings.MEDIA_ROOT,
            clock=timezone.now,
        ).run(Event())


def stored() -> list[bytes]:
    return [raw_of(arrival) for arrival in Arrival.objects.order_by("pk")]


def test_what_is_not_known_is_stored_byte_for_byte_and_stays_there(dovecot, account):
    mails = [mail("one\r\n"), mail(".\r\n..dots\r\n"), mail("x" * 5000 + "\r\n")]
    dovecot.receive(*mails[:2])
    look(account)
    dovecot.receive(mails[2])
    look(account)
    assert stored() == mails
    assert len(dovecot.uids()) == 3
    assert Fetching.objects.get().waiting == 0


def test_what_is_stored_is_deleted_only_if_so_chosen(dovecot, account):
    dovecot.receive(mail("one\r\n"))
    look(account)
    account.afterwards = "delete"
    dovecot.receive(mail("two\r\n"))
    look(account)
    assert stored() == [mail("one\r\n"), mail("two\r\n")]
    assert dovecot.uids() == []


def test_an_account_numbered_anew_doubles_nothing(dovecot, account):
    dovecot.receive(mail("one\r\n"), mail("two\r\n"))
    look(account)
    dovecot.number_anew()
    look(account)
    assert len(stored()) == 2


def test_a_mail_that_is_too_large_is_left_there_and_not_deleted(dovecot, account, monkeypatch):
    for where in ("fetching", "fetching_pop3"):
        name = f"amends.contacts.channels.email.{where}.LARGEST_DELIVERED"
        monkeypatch.setattr(name, 5000)
    account.afterwards = "delete"
    dovecot.receive(mail("x" * 6000 + "\r\n"), mail("small\r\n"))
    look(account)
    look(account)
    assert stored() == [mail("small\r\n")]
    assert len(dovecot.uids()) == 1
    assert LeftThere.objects.get().trouble == Trouble.TOO_LARGE
