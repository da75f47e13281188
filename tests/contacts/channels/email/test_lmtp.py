"""The words of the door for a relay, over a pair of sockets."""

import io
import socket
from pathlib import Path
from threading import Event, Thread

import pytest

from amends.contacts.channels.email.lmtp import Cut, House, Session, pieces_of
from tests.contacts.channels.email.test_send import certificate

__all__ = ["certificate"]


def test_the_door_can_be_protected_and_forgets_what_was_said_in_the_clear(certificate, tmp_path):
    theirs, trust = certificate
    ours, far = socket.socketpair()
    house = House(name="door", database="", files=Path(tmp_path), tls=theirs)
    session = Session(far, house, lmtp=True)
    serving = Thread(target=session.run, args=(Event(),))
    serving.start()
    ours.settimeout(30)
    ours.sendall(b"LHLO x\r\nMAIL FROM:<a@b>\r\n")
    clear = said(ours, b"OK\r\n")
    assert b"250-STARTTLS" in clear
    ours.sendall(b"STARTTLS\r\n")
    assert said(ours, b"ahead\r\n") == b"220 2.0.0 Go ahead\r\n"
    with trust.wrap_socket(ours, server_hostname="localhost") as safe:
        safe.sendall(b"RCPT TO:<c@d>\r\nSTARTTLS\r\nLHLO x\r\nQUIT\r\n")
        answers = said(safe, b"Goodbye\r\n")
    assert answers.startswith(b"503 5.5.1 Not now\r\n500 ")
    assert b"STARTTLS" not in answers
    serving.join(30)


def test_mail_is_taken_for_those_that_are_named_and_nobody_else(tmp_path):
    ours, far = socket.socketpair()
    permitted = frozenset({"care@water.example", "@old.example"})
    house = House(name="door", database="", files=Path(tmp_path), recipients=permitted)
    serving = Thread(target=Session(far, house, lmtp=True).run, args=(Event(),))
    serving.start()
    ours.settimeout(30)
    asked = ("Care+r7-0f@Water.example", "boss@water.example", "anyone@OLD.example")
    words = "".join(f"RCPT TO:<{each}>\r\n" for each in asked)
    ours.sendall(f"LHLO x\r\nMAIL FROM:<a@b>\r\n{words}QUIT\r\n".encode())
    answers = said(ours, b"Goodbye\r\n").decode().splitlines()[-4:-1]
    assert [answer[:9] for answer in answers] == ["250 2.1.5", "550 5.1.1", "250 2.1.5"]
    serving.join(30)
    ours.close()


def test_where_nobody_can_tell_who_is_ours_mail_is_to_come_again(tmp_path):
    ours, far = socket.socketpair()
    nowhere = f"host={tmp_path} dbname=none"
    house = House(
        name="door", database=nowhere, files=Path(tmp_path), recipients=frozenset({"ours"})
    )
    serving = Thread(target=Session(far, house, lmtp=True).run, args=(Event(),))
    serving.start()
    ours.settimeout(30)
    ours.sendall(b"LHLO x\r\nMAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nQUIT\r\n")
    assert b"\r\n451 4.3.0 Cannot be told now" in said(ours, b"Goodbye\r\n")
    serving.join(30)
    ours.close()


def said(connection: socket.socket, end: bytes) -> bytes:
    heard = b""
    while not heard.endswith(end):
        piece = connection.recv(10_000)
        assert piece, heard
        heard += piece
    return heard


def test_a_mail_without_an_end_is_none():
    for raw in (b"", b"x\r\n", b"x\n.\r\n", b"x\r\n.\n", b"x\r\n.\r\r\n"):
        with pytest.raises(Cut):
            list(pieces_of(io.BufferedReader(io.BytesIO(raw)), within=60))
    whole = io.BufferedReader(io.BytesIO(b"..x\r\n\n.y\r\n.\r\nQUIT"))
    assert b"".join(pieces_of(whole, within=60)) == b".x\r\n\n.y\r\n"
    with pytest.raises(Cut):
        list(pieces_of(io.BufferedReader(io.BytesIO(b"x\r\n.\r\n")), within=-1))
