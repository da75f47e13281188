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
