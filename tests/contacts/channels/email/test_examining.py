"""What is wrong on the way into a mailbox is told by its step."""

import pytest
from django.utils import timezone

from amends.base.locked import lock
from amends.contacts.channels.email.attending import access_of
from amends.contacts.channels.email.examining import examine
from amends.contacts.channels.email.imap import ImapFolder
from amends.contacts.rules.fetching import CannotFetch
from amends.contacts.rules.mailboxes import Trouble

pytestmark = pytest.mark.django_db
WELL = ["name", "connection", "tls", "sign-in", "folder"]


@pytest.fixture(params=["imaps", "imap", "pop3s", "pop3"])
def way(request, dovecot, mailbox):
    """The mailbox, come to in each way."""
    mailbox.port = dovecot.ports[request.param]
    mailbox.way_in = request.param.rstrip("s")
    mailbox.protection = "tls" if request.param.endswith("s") else "starttls"
    return mailbox


def test_all_goes_well_in_every_way(way):
    tried = examine(way, at=timezone.now())
    assert not any(each.trouble for each in tried)
    assert [each.step for each in tried][:4] == WELL[:4]


def test_a_certificate_that_nobody_vouches_for_is_refused_in_every_way(way):
    way.authority = ""
    *well, last = examine(way, at=timezone.now())
    assert [each.step for each in well] == WELL[:2]
    assert (last.trouble, "certificate" in last.detail) == (Trouble.TLS, True)
    with pytest.raises(CannotFetch):
        ImapFolder(access_of(way, at=timezone.now()))


def test_a_wrong_password_is_told_in_every_way(way):
    way.secret = lock("not that")
    *well, last = examine(way, at=timezone.now())
    assert [each.step for each in well] == WELL[:3]
    assert last.trouble == Trouble.SIGN_IN
    assert "uthentication failed" in last.detail


def test_a_name_that_the_certificate_does_not_tell_is_refused(mailbox):
    mailbox.host = "127.0.0.2"
    assert examine(mailbox, at=timezone.now())[-1].trouble == Trouble.TLS


def test_what_is_no_certificate_is_told(mailbox):
    mailbox.authority = "nonsense"
    assert examine(mailbox, at=timezone.now())[-1].trouble == Trouble.TLS


def test_a_server_that_is_not_found_or_does_not_answer_is_told(dovecot, mailbox):
    mailbox.host = "nowhere.invalid"
    assert examine(mailbox, at=timezone.now())[-1].trouble == Trouble.NAME
    mailbox.host = "a..b"
    assert examine(mailbox, at=timezone.now())[-1].trouble == Trouble.NAME
    mailbox.host = "localhost"
    dovecot.stop()
    assert examine(mailbox, at=timezone.now())[-1].trouble == Trouble.CONNECTION


@pytest.mark.parametrize(("port", "protection"), [("imap", "tls"), ("imaps", "starttls")])
def test_the_wrong_beginning_of_tls_is_told(dovecot, mailbox, monkeypatch, port, protection):
    # Both sides wait for the other to begin.
    monkeypatch.setattr("amends.contacts.channels.email.examining.PATIENCE_SECONDS", 0.5)
    mailbox.port, mailbox.protection = dovecot.ports[port], protection
    told = examine(mailbox, at=timezone.now())
    assert told[-1].trouble in {Trouble.TLS, Trouble.CONNECTION}


def test_a_folder_that_is_not_there_and_one_to_move_to_are_told(dovecot, mailbox):
    mailbox.folder = "Nowhere"
    assert examine(mailbox, at=timezone.now())[-1].trouble == Trouble.FOLDER
    mailbox.folder, mailbox.afterwards, mailbox.move_to = "INBOX", "move", "Done"
    assert examine(mailbox, at=timezone.now())[-1].trouble == Trouble.RIGHTS
    dovecot.make_folder("Done")
    assert [each.step for each in examine(mailbox, at=timezone.now())] == [*WELL, "rights"]
