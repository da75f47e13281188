"""The door for a relay, as a real process, with the clients of the standard library."""

import contextlib
import signal
import smtplib
import socket
import time

import psycopg
import pytest

from amends.contacts.rules.arriving import LARGEST_DELIVERED
from amends.database.cluster import connection_to, ensure_running, stop
from tests.config.installation import free_port
from tests.contacts.channels.email.messages import mail

pytestmark = pytest.mark.enable_socket
A_MAILBOX = """
INSERT INTO contacts_mailbox (name, address, from_name, languages, signature, way_in, host, port,
  protection, authority, sign_in, "user", secret, folder, afterwards, move_to, is_active, added_at,
  changed_at)
VALUES ('care', 'Care@water.example', '', '{}', '{}', 'none', '', 993, 'tls', '', 'password', '',
  '', 'INBOX', 'leave', '', true, now(), now())
"""
FROM, TO = "ruta@example.lt", "care@water.example"


@pytest.fixture
def door(installation, request):
    """An installation whose database runs, and which takes mail in three ways.

    What a test asks for besides is set.
    """
    installation.settings.update(getattr(request, "param", {}))
    ports = free_port(), free_port()
    installation.lmtp, installation.smtp = ports
    installation.socket = str(installation.home / "lmtp.sock")
    installation.settings["AMENDS_MAIL_CONNECTIONS"] = "3"
    installation.settings["AMENDS_MAIL_LISTEN"] = (
        f"lmtp:127.0.0.1:{ports[0]}, smtp:127.0.0.1:{ports[1]}, lmtp:{installation.socket}"
    )
    ensure_running(installation.cluster)
    installation.taking = installation.start("lmtp")
    installation.wait_until(lambda: "mail is taken" in installation.said)
    yield installation
    stop(installation.cluster)


def stored(installation) -> list[tuple[bytes, str, str]]:
    with psycopg.connect(connection_to(installation.cluster, "amends")) as connection:
        rows = "SELECT raw, envelope_sender, envelope_recipients FROM contacts_arrival ORDER BY id"
        return list(connection.execute(rows))


def test_a_relay_is_answered_after_the_commit_and_for_each_recipient(door):
    with smtplib.SMTP("127.0.0.1", door.smtp) as relay:
        relay.ehlo()
        assert relay.esmtp_features["size"] == str(LARGEST_DELIVERED)
        relay.sendmail(FROM, [TO], mail("..\r\n.dot\r\nend"))
        relay.sendmail("", [TO, "info@water.example"], mail("two"))
    for place in (("127.0.0.1", door.lmtp), (door.socket, 0)):
        with smtplib.LMTP(*place) as relay:
            relay.ehlo()
            relay.mail(FROM)
            relay.rcpt(TO)
            relay.rcpt("info@water.example")
            assert relay.data(mail("three"))[0] == 250
            assert relay.getreply() == (250, b"2.6.0 Stored")
    assert stored(door) == [
        (mail("..\r\n.dot\r\nend") + b"\r\n", FROM, TO),
        (mail("two") + b"\r\n", "<>", f"{TO}\ninfo@water.example"),
        (mail("three") + b"\r\n", FROM, f"{TO}\ninfo@water.example"),
    ]


@pytest.mark.parametrize(
    "door",
    [{"AMENDS_MAIL_RELAYS": "10.0.0.0/8", "AMENDS_MAIL_RECIPIENTS": "ours, @old.example"}],
    indirect=True,
)
def test_only_relays_that_are_named_hand_over_and_only_for_our_mailboxes(door):
    with psycopg.connect(connection_to(door.cluster, "amends")) as connection:
        connection.execute(A_MAILBOX)
    with pytest.raises(smtplib.SMTPConnectError) as said:
        smtplib.SMTP("127.0.0.1", door.smtp)
    assert said.value.smtp_code == 554
    with smtplib.LMTP(door.socket) as relay:
        relay.ehlo()
        relay.mail(FROM)
        asked = (TO, "Care+r7-0f@water.example", "boss@water.example", "x@old.example")
        assert [relay.rcpt(each)[0] for each in asked] == [250, 250, 550, 250]


def test_what_cannot_be_stored_is_to_come_again(door):
    stop(door.cluster)
    with smtplib.SMTP("127.0.0.1", door.smtp) as relay:
        with pytest.raises(smtplib.SMTPDataError) as said:
            relay.sendmail(FROM, [TO], mail())
        assert said.value.smtp_code == 451
        ensure_running(door.cluster)
        relay.sendmail(FROM, [TO], mail())
        assert len(stored(door)) == 1
        assert relay.docmd("MAIL", f"FROM:<{FROM}> SIZE={LARGEST_DELIVERED + 1}")[0] == 552


def test_words_that_make_no_sense_harm_nobody(door):
    with smtplib.SMTP("127.0.0.1", door.smtp) as relay:
        for words, code in (
            ("MOON", 500), ("DATA", 503), ("RCPT TO:<a@b>", 503), ("MAIL FROM:<a@b>", 503),
            ("STARTTLS", 500), ("NOOP", 250), ("VRFY x", 252), ("HELO x", 250), ("MAIL x", 501),
            ("MAIL FROM:<>", 250), ("RCPT TO:<>", 501), ("RSET", 250), ("LHLO x", 500),
        ):  # fmt: skip
            assert relay.docmd(words)[0] == code, words
    with socket.create_connection(("127.0.0.1", door.smtp)) as huge:
        huge.sendall(b"x" * 100_000)
        huge.settimeout(20)
        with huge.makefile("rb") as said, contextlib.suppress(ConnectionResetError):
            assert said.read().startswith(b"220 ")
    assert stored(door) == []


def test_a_second_mail_cannot_be_hidden_in_the_first(door):
    hidden = b"\r\nMAIL FROM:<boss@water.example>\r\nRCPT TO:<a@b>\r\nDATA\r\nx\r\n.\r\n"
    with socket.create_connection(("127.0.0.1", door.smtp)) as relay:
        relay.settimeout(20)
        with relay.makefile("rb") as said:
            relay.sendall(b"EHLO x\r\nMAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nDATA\r\n")
            relay.sendall(mail() + b"\n.\r\nstill\r\n.\nthe first" + hidden + b"QUIT\r\n")
            answers = said.read()
    assert answers.count(b"2.6.0 Stored") == 1
    assert len(stored(door)) == 1


def test_there_is_room_for_so_many_and_the_end_is_clean(door):
    inside = [smtplib.LMTP("127.0.0.1", door.lmtp) for _number in range(3)]
    with pytest.raises(smtplib.SMTPConnectError) as said:
        smtplib.LMTP("127.0.0.1", door.lmtp)
    assert said.value.smtp_code == 421
    began = time.monotonic()
    door.taking.send_signal(signal.SIGTERM)
    assert door.taking.wait(30) == 0
    assert time.monotonic() - began < 15
    for relay in inside:
        relay.close()
    again = door.start("lmtp")
    door.wait_until(lambda: "mail is taken" in door.said)
    assert again.poll() is None


def test_a_place_that_cannot_be_had_is_told_in_words(installation):
    said = installation.run("lmtp")
    assert (said.returncode, "names no place" in said.stderr) == (1, True)
    installation.settings["AMENDS_MAIL_LISTEN"] = "lmtp:nowhere"
    assert "must look like" in installation.run("lmtp").stderr
    installation.settings["AMENDS_MAIL_LISTEN"] = "lmtp:/nowhere/lmtp.sock"
    said = installation.run("lmtp")
    assert (said.returncode, "Mail cannot be taken at" in said.stderr) == (1, True)
