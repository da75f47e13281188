import socket
import ssl
import subprocess
import threading

import pytest

from amends.contacts.channels.email.send import Server, send
from amends.contacts.rules.sending import Outcome, Result, Security
from tests.contacts.channels.email.messages import mail
from tests.contacts.channels.email.smtp_server import Manners, serving

pytestmark = [pytest.mark.enable_socket, pytest.mark.allow_hosts(["127.0.0.1", "localhost"])]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A certificate for localhost, as (the server's context, a context that trusts it)."""
    folder = tmp_path_factory.mktemp("tls")
    key, chain = folder / "key.pem", folder / "chain.pem"
    make = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    subprocess.run([*make, *names, "-keyout", key, "-out", chain], check=True, capture_output=True)
    theirs = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    theirs.load_cert_chain(chain, key)
    return theirs, ssl.create_default_context(cafile=str(chain))


def hand_over(port, raw=None, *, host="127.0.0.1", security=Security.NONE, **more) -> Result:
    server = Server(host=host, port=port, security=security, patience_seconds=3, **more)
    return send(raw or mail(), sender="care@water.example", to="ruta@example.lt", server=server)


def outcome(**manners) -> tuple[Outcome, str]:
    with serving(Manners(**manners)) as post:
        result = hand_over(post.port)
    return result.outcome, result.reason


def test_a_mail_is_taken_byte_for_byte():
    raw = mail("one\n.\n..two\r\n.three\rfour")
    with serving(Manners()) as post:
        assert hand_over(post.port, raw) == Result(Outcome.SENT, "queued as 7")
    [took] = post.took
    assert took.removesuffix(b"\r\n.\r\n").replace(b"\r\n..", b"\r\n.") == raw.replace(
        b"one\n.\n..two\r\n.three\rfour", b"one\r\n.\r\n..two\r\n.three\r\nfour"
    )
    assert post.said[1].startswith("mail FROM:<care@water.example> size=")
    assert post.said[2] == "rcpt TO:<ruta@example.lt>"
    assert post.said[-1].lower() == "quit"


def test_a_server_that_tells_no_size_is_asked_for_none():
    with serving(Manners(ehlo="250 mx.example.lt")) as post:
        assert hand_over(post.port).outcome is Outcome.SENT
    assert post.said[1] == "mail FROM:<care@water.example>"


@pytest.mark.parametrize(
    "manners",
    [
        {"rcpt": "550 5.1.1 no such user"},
        {"data": "554 no"},
        {"taken": "552 too large"},
    ],
)
def test_a_no_to_the_receiver_or_the_mail_is_for_good(manners):
    told = next(iter(manners.values()))
    assert outcome(**manners) == (Outcome.REFUSED, told)


@pytest.mark.parametrize(
    "manners",
    [
        {"greeting": "421 busy"},
        {"greeting": "554 go away"},
        {"mail": "451 later"},
        {"mail": "530 sign in first"},
        {"rcpt": "450 greylisted"},
        {"data": "451 later"},
        {"taken": "451 later"},
        {"ehlo": ""},
        {"mail": ""},
        {"rcpt": ""},
        {"data": ""},
    ],
)
def test_anything_else_is_tried_again(manners):
    assert outcome(**manners)[0] is Outcome.TRY_AGAIN


def test_a_line_cut_before_the_last_dot_is_tried_again():
    with serving(Manners(cut_within=True)) as post:
        result = hand_over(post.port, mail("x\r\n" * 3_000_000))
    assert result.outcome is Outcome.TRY_AGAIN
    assert post.took == []


@pytest.mark.parametrize("manners", [{"taken": ""}, {"taken": "nonsense"}, {"taken": "350 what"}])
def test_a_line_cut_after_the_last_dot_leaves_doubt(manners):
    assert outcome(**manners)[0] is Outcome.PERHAPS_SENT


def test_nobody_there_is_tried_again():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    result = hand_over(port)
    assert result.outcome is Outcome.TRY_AGAIN
    assert "refused" in result.reason


def test_a_server_that_says_nothing_is_not_waited_for_for_ever():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        server = Server("127.0.0.1", silent.getsockname()[1], Security.NONE, patience_seconds=0.3)
        result = send(mail(), sender="a@b.c", to="d@e.f", server=server)
    assert result.outcome is Outcome.TRY_AGAIN


def test_the_way_can_be_protected_once_connected(certificate):
    theirs, trust = certificate
    offers = "250-mx\r\n250-STARTTLS\r\n250 AUTH PLAIN LOGIN"
    with serving(Manners(ehlo=offers, tls=theirs)) as post:
        result = hand_over(
            post.port,
            host="localhost",
            security=Security.STARTTLS,
            trust=trust,
            user="u",
            password="p",
        )
    assert result.outcome is Outcome.SENT
    assert [line.split()[0].upper() for line in post.said][:4] == [
        "EHLO",
        "STARTTLS",
        "EHLO",
        "AUTH",
    ]


def test_the_way_can_be_protected_from_the_first_byte(certificate):
    theirs, trust = certificate
    with serving(Manners(tls=theirs, tls_at_once=True)) as post:
        result = hand_over(post.port, host="localhost", security=Security.TLS, trust=trust)
    assert result.outcome is Outcome.SENT


def test_nothing_is_said_to_a_server_that_cannot_be_trusted(certificate):
    theirs, _trust = certificate
    with serving(Manners(tls=theirs, tls_at_once=True)) as post:
        result = hand_over(post.port, host="localhost", security=Security.TLS)
    assert result.outcome is Outcome.TRY_AGAIN
    assert "certificate" in result.reason
    assert post.said == []


def test_a_server_that_offers_no_protection_gets_nothing():
    with serving(Manners()) as post:
        result = hand_over(post.port, security=Security.STARTTLS)
    assert result.outcome is Outcome.TRY_AGAIN
    assert post.took == []


def test_a_wrong_password_is_tried_again_and_told():
    refuses = Manners(ehlo="250-mx\r\n250 AUTH PLAIN", sign_in="535 wrong password")
    with serving(refuses) as post:
        result = hand_over(post.port, user="u", password="p")
    assert result.outcome is Outcome.TRY_AGAIN
    assert "wrong password" in result.reason


def test_many_are_sent_at_once():
    with serving(Manners()) as post:
        threads = [threading.Thread(target=hand_over, args=(post.port,)) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(post.took) == 8


def test_a_copy_that_is_not_taken_holds_up_nobody_and_is_named():
    manners = Manners(to={"gone@": "550 no such user", "full@": "452 mailbox full"})
    with serving(manners) as post:
        server = Server(host="127.0.0.1", port=post.port, security=Security.NONE)
        copies = ("gone@b.example", "jonas@b.example", "full@b.example")
        result = send(mail(), sender="a@b.c", to="ruta@b.example", copies=copies, server=server)
    assert result.outcome is Outcome.SENT
    assert result.missed == ("gone@b.example: 550 no such user; full@b.example: 452 mailbox full")
    assert "rcpt TO:<jonas@b.example>" in post.said


def test_where_the_customer_is_not_taken_nobody_gets_a_copy():
    with serving(Manners(to={"ruta@": "550 no such user"})) as post:
        server = Server(host="127.0.0.1", port=post.port, security=Security.NONE)
        result = send(mail(), sender="a@b.c", to="ruta@b.ex", copies=("j@b.ex",), server=server)
    assert result == Result(Outcome.REFUSED, "550 no such user")
    assert post.took == []
