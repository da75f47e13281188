import tracemalloc
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amends.contacts.channels.email.parse import LARGEST_BYTES, read_mail
from amends.contacts.rules.messages import Mailbox, Problem
from tests.contacts.channels.email.messages import mail, part, parts

PLAIN = part("text/plain; charset=utf-8", "Plain words.")
HTML = part("text/html; charset=utf-8", "<p>Laid out.</p>")


def test_a_mail_is_read():
    read = read_mail(
        mail(
            Cc="b@c.pl, Ada <ada@c.pl>",
            Bcc="x@y.z",
            Reply_To="home@example.lt",
            In_Reply_To="<0@water.example>",
            References="<a@x>\r\n <0@water.example>",
            Content_Language="lt",
            Delivered_To="care+x@water.example",
            Received="from a by b; Fri, 27 Mar 2026 13:00:05 +0000",
        )
    )
    assert read.sender == Mailbox("Rūta Kazlauskienė", "ruta@example.lt")
    assert str(read.sender) == "Rūta Kazlauskienė <ruta@example.lt>"
    assert [str(box) for box in read.to] == ["care@water.example"]
    assert [box.name for box in read.cc] == ["", "Ada"]
    assert [box.address for box in read.bcc + read.reply_to] == ["x@y.z", "home@example.lt"]
    assert [box.address for box in read.delivered_to] == ["care+x@water.example"]
    assert (read.message_id, read.in_reply_to) == ("1@example.lt", ("0@water.example",))
    assert read.references == ("a@x", "0@water.example")
    assert read.subject == "Cold again"
    assert read.sent_at == datetime(2026, 3, 27, 13, tzinfo=UTC)
    assert read.received_at == datetime(2026, 3, 27, 13, 0, 5, tzinfo=UTC)
    assert (read.text, read.from_html, read.language) == ("It is cold again.", False, "lt")
    assert (read.automatic, read.attachments, read.problems) == (None, (), ())


def test_plain_words_are_preferred():
    read = read_mail(parts(PLAIN, HTML, kind="alternative"))
    assert (read.text, read.from_html) == ("Plain words.", False)


def test_html_is_read_where_nothing_is_plain():
    read = read_mail(parts(HTML, kind="alternative"))
    assert (read.text, read.from_html) == ("Laid out.", True)


def test_html_is_read_where_the_plain_form_is_empty():
    read = read_mail(parts(part("text/plain", " \r\n"), HTML, kind="alternative"))
    assert (read.text, read.from_html) == ("Laid out.", True)


def test_texts_on_both_sides_of_a_picture_are_shown():
    read = read_mail(parts(PLAIN, part("image/png", "x"), part("text/plain", "After it.")))
    assert read.text == "Plain words.\n\nAfter it."


def test_a_text_with_a_name_is_a_file_unless_it_comes_first():
    named = part('text/plain; name="log.txt"', "x")
    assert [file.file_name for file in read_mail(parts(PLAIN, named)).attachments] == ["log.txt"]
    assert read_mail(parts(named)).text == "x"


def test_an_alternative_inside_a_mix_stands_for_its_missing_form():
    alternative = part(
        'multipart/alternative; boundary="in"',
        "--in\r\nContent-Type: text/html\r\n\r\n<p>Inner</p>\r\n--in--",
    )
    assert read_mail(parts(alternative, part("text/plain", "Below"))).text == "Inner\n\nBelow"
    only_plain = alternative.replace("text/html", "text/plain")
    assert read_mail(parts(only_plain, part("text/plain", "Below"))).text.endswith("Below")


def test_a_mix_inside_an_alternative_belongs_to_its_form():
    mixed = part(
        'multipart/mixed; boundary="in"',
        "--in\r\nContent-Type: text/html\r\n\r\n<p>One</p>\r\n"
        "--in\r\nContent-Type: image/png\r\n\r\nx\r\n"
        "--in\r\nContent-Type: text/html\r\n\r\n<p>Two</p>\r\n--in--",
    )
    read = read_mail(parts(PLAIN, mixed, kind="alternative"))
    assert read.text == "Plain words."
    assert [file.declared_type for file in read.attachments] == ["image/png"]
    read = read_mail(parts(part("text/plain", ""), mixed, kind="alternative"))
    assert read.text == "One\n\nTwo"


def test_a_calendar_among_the_alternatives_is_a_file():
    read = read_mail(parts(PLAIN, part("text/calendar", "BEGIN:VCALENDAR"), kind="alternative"))
    assert [file.file_name for file in read.attachments] == ["file.ics"]


@pytest.mark.parametrize(
    ("headers", "address"),
    [
        ({"From": "Nobody"}, None),
        ({"From": '"Firm" <>, "Ltd" <ly@example.com>'}, "ly@example.com"),
        ({"From": "", "Reply_To": "home@example.lt"}, "home@example.lt"),
        ({"From": "", "Sender": "s@example.lt"}, "s@example.lt"),
        ({"From": "", "Return_Path": "<r@example.lt>"}, "r@example.lt"),
    ],
)
def test_the_sender_is_the_first_one_could_write_back_to(headers, address):
    read = read_mail(mail(**headers))
    assert (read.sender and read.sender.address) == address
    assert (Problem.NO_SENDER in read.problems) is (address is None)


def test_a_date_that_is_missing_or_unreadable_is_told():
    assert read_mail(mail(Date="")).problems == (Problem.DATE_MISSING,)
    assert read_mail(mail(Date="soon")).problems == (Problem.DATE_UNREADABLE,)
    assert read_mail(mail(Date="soon")).sent_at is None


def test_a_broken_way_leaves_no_time_of_receipt():
    assert read_mail(mail(Received="from a by b")).received_at is None


def test_what_is_no_mail_is_told():
    assert Problem.NOT_A_MESSAGE in read_mail(b"\x89PNG\r\n\x1a\n\x00\x00").problems
    assert Problem.EMPTY in read_mail(b"\r\n \r\n").problems


def test_a_mail_with_old_line_ends_is_read():
    assert read_mail(mail("one\r\ntwo").replace(b"\r\n", b"\r")).text == "one\ntwo"


def test_problems_of_the_parts_are_told_once():
    broken = part("text/plain", "Zmlyc", Content_Transfer_Encoding="base64")
    file = part("image/png", "Zmlyc", Content_Transfer_Encoding="base64")
    assert read_mail(parts(broken, file)).problems == (Problem.ENCODING_BROKEN,)


def test_a_mail_beyond_measure_is_read_by_its_headers_alone():
    read = read_mail(mail("x" * LARGEST_BYTES))
    assert read.subject == "Cold again"
    assert (read.text, read.problems) == ("", (Problem.TOO_LARGE,))


def test_a_large_mail_takes_little_memory():
    raw = parts(
        PLAIN, part("application/zip", "QUJD" * 5_000_000, Content_Transfer_Encoding="base64")
    )
    tracemalloc.start()
    read_mail(raw)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 4 * len(raw)


@settings(deadline=2000, max_examples=150)
@given(st.binary(max_size=500), st.integers(min_value=0, max_value=400))
def test_whatever_comes_is_read(junk, position):
    whole = parts(PLAIN, HTML, kind="alternative")
    for raw in (junk, whole[:position] + junk + whole[position:]):
        read = read_mail(raw)
        for text in (read.text, read.subject, read.message_id):
            text.encode()
            assert "\x00" not in text
