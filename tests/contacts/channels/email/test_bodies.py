import base64
import binascii

import pytest

from amends.contacts.channels.email.bodies import (
    LONGEST_TEXT,
    content_of,
    text_of_part,
)
from amends.contacts.channels.email.structure import parts_of
from amends.contacts.rules.messages import Problem
from tests.contacts.channels.email.messages import mail


def only_part(body, **headers):
    return parts_of(mail(body, **headers))[0]


def content(body, encoding):
    return content_of(only_part(body, Content_Transfer_Encoding=encoding))


def encoded(text):
    return base64.encodebytes(text.encode()).decode()


@pytest.mark.parametrize(
    ("body", "encoding", "data"),
    [
        ("plain = text", "", b"plain = text"),
        ("plain", "8bit", b"plain"),
        ("plain", "made-up", b"plain"),
        ("a=3Db=\r\nc", "Quoted-Printable", b"a=bc"),
        ("Zmlyc3Q=", "base64 (as usual)", b"first"),
        ("Zmly!c3Q=\r\n", "base64", b"first"),
        ("Zmlyc3Q", "base64", b"first"),
        ("Zmlyc3Q=\r\nc2Vjb25k", "base64", b"firstsecond"),
    ],
)
def test_transfer_encodings_are_undone(body, encoding, data):
    assert content(body, encoding) == (data, None)


@pytest.mark.parametrize(("body", "data"), [("Zmlyc3Q=Z", b"first"), ("Zmlyc", b"fir")])
def test_broken_base64_is_undone_as_far_as_it_goes(body, data):
    assert content(body, "base64") == (data, Problem.ENCODING_BROKEN)


def test_base64_in_endless_pieces_takes_no_time():
    data, problem = content("QQ==" * 5000, "base64")
    assert data.startswith(b"A" * 1000)
    assert problem is Problem.ENCODING_BROKEN


def test_uuencoded_files_are_undone():
    lines = binascii.b2a_uu(b"x" * 45).decode() + binascii.b2a_uu(b"yz").decode()
    body = f"begin 644 a.txt\r\n{lines}`\r\nend\r\nafter"
    assert content(body, "x-uuencode") == (b"x" * 45 + b"yz", None)


def test_broken_uuencoding_is_told():
    assert content("no beginning ąčę", "uuencode")[1] is Problem.ENCODING_BROKEN


def test_text_is_read_with_plain_line_ends():
    part = only_part("one\r\ntwo\rthree", Content_Type="text/plain; charset=utf-8")
    assert text_of_part(part) == ("one\ntwo\nthree", [])


def test_html_may_tell_its_own_charset():
    body = '<meta charset="windows-1251"><p>=D5=EE=EB=EE=E4=ED=EE'
    part = only_part(body, Content_Type="text/html", Content_Transfer_Encoding="quoted-printable")
    assert "Холодно" in text_of_part(part)[0]


def test_text_without_end_is_cut():
    text, problems = text_of_part(only_part("x" * (LONGEST_TEXT + 1)))
    assert len(text) == LONGEST_TEXT
    assert problems == [Problem.TEXT_CUT]
