from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.contacts.channels.email.compose import CannotWrite, compose, written_address
from amends.contacts.channels.email.parse import read_mail
from amends.contacts.rules.messages import Attached, Automatic, Mailbox, Outbound, Shape

AT = datetime(2026, 3, 27, 15, tzinfo=UTC)
AUTHOR = Mailbox("Rūta Kazlauskienė", "care@water.example")
TO = Mailbox("Петрова, Анна", "anna@example.ru")


def letter(**changes) -> Outbound:
    usual = {
        "message_id": "1@water.example",
        "author": AUTHOR,
        "to": (TO,),
        "subject": "Что мы обещаем [C-7K4-Q92X]",
        "text": "Здравствуйте!\n\nВернём 49 € до вторника.\n",
        "language": "ru",
    }
    return Outbound(**{**usual, **changes})


def sent(**changes):
    return read_mail(compose(letter(**changes), at=AT))


def files_of(read):
    """What was attached; the text as it is laid out is no file that anybody attached."""
    return [file for file in read.attachments if file.shape is not Shape.ORIGINAL]


def raw(**changes):
    return message_from_bytes(compose(letter(**changes), at=AT), policy=policy.default)


@pytest.mark.requirement("S0-15")
def test_a_letter_is_from_a_named_author_and_reads_as_it_was_written():
    read = sent()
    assert (read.sender, read.to) == (AUTHOR, (TO,))
    assert read.subject == "Что мы обещаем [C-7K4-Q92X]"
    assert read.text == "Здравствуйте!\n\nВернём 49 € до вторника."
    assert (read.sent_at, read.message_id, read.language) == (AT, "1@water.example", "ru")
    assert (read.automatic, files_of(read), read.problems) == (None, [], ())


def test_every_server_on_the_way_can_take_it():
    assert compose(letter(), at=AT).isascii()
    assert max(map(len, compose(letter(text="x" * 5000), at=AT).split(b"\r\n"))) < 998


def test_a_letter_stands_in_its_thread():
    read = sent(references=("0@example.ru", "bad id", "ą@b", "2@water.example"))
    assert read.references == ("0@example.ru", "2@water.example")
    assert read.in_reply_to == ("2@water.example",)
    assert "references" not in raw()


def test_what_goes_out_by_itself_says_so_and_is_on_no_list():
    assert sent(automatic=True).automatic is Automatic.GENERATED
    assert raw()["auto-submitted"] is None
    assert not [name for name in raw(automatic=True) if name.lower().startswith("list-")]


def test_a_reply_may_go_elsewhere():
    home = Mailbox("", "care+C-7K4-Q92X.x@water.example")
    assert sent(reply_to=home).reply_to == (home,)


def test_files_go_with_it():
    files = (
        Attached("skundų žurnalas.pdf", "", "application/pdf", b"%PDF-1.4\x00"),
        Attached("a.txt", "text/plain", "", b"abc"),
    )
    read = sent(attachments=files)
    assert [file.file_name for file in files_of(read)] == ["skundų žurnalas.pdf", "a.txt"]
    assert [file.data for file in files_of(read)] == [b"%PDF-1.4\x00", b"abc"]


def test_a_picture_is_shown_where_it_is_named_and_all_else_is_attached():
    png, gif = b"\x89PNG\r\n\x1a\n", b"GIF89a"
    files = (
        Attached("valve.png", "", "image/png", png),
        Attached("valve.png", "", "image/png", b"second"),
        Attached("plan.gif", "", "image/gif", gif),
        Attached("draw.svg", "", "image/svg+xml", b"<svg/>"),
    )
    text = "Look:\n\n[valve.png: the broken valve]\n\n[draw.svg]\n"
    message = raw(text=text, attachments=files)
    assert message.get_content_type() == "multipart/mixed"
    html = message.get_body(("related",))
    assert html.get_content_type() == "multipart/related"
    shown = [each for each in html.walk() if each.get_content_maintype() == "image"]
    assert [(each["content-id"], each.get_content_disposition()) for each in shown] == [
        ("<p1.1@water.example>", "inline")
    ]
    page = message.get_body(("html",)).get_content()
    assert '<img src="cid:p1.1@water.example" alt="the broken valve"' in page
    assert "[draw.svg]" in page
    assert "[valve.png: the broken valve]" in message.get_body(("plain",)).get_content()

    read = sent(text=text, attachments=files)
    told = {file.data: (file.shape, file.content_id) for file in files_of(read)}
    assert told[png] == (Shape.INLINE, "p1.1@water.example")
    assert [told[data][0] for data in (b"second", gif, b"<svg/>")] == [Shape.FILE] * 3
    assert read.text.startswith("Look:")


@pytest.mark.parametrize(
    "evil", ["a\r\nBcc: x@y.z", "a\nBcc: x@y.z", "a\rBcc: x@y.z", "a\x00\x0b b"]
)
def test_no_header_can_be_slipped_in(evil):
    message = raw(
        subject=evil, author=Mailbox(evil, "care@water.example"), to=(Mailbox(evil, "a@b.c"),)
    )
    assert message["bcc"] is None
    assert len(message.keys()) == len(set(message.keys()))
    with pytest.raises(CannotWrite):
        compose(letter(to=(Mailbox("", f"{evil}@b.c"),)), at=AT)


@pytest.mark.parametrize(
    "address", ["", "nobody", "a@", "@b", "ą@b.c", "a b@c.d", "a@b..c", "a,b@c.d"]
)
def test_an_address_that_cannot_be_written_is_refused(address):
    with pytest.raises(CannotWrite):
        compose(letter(to=(Mailbox("", address),)), at=AT)


def test_a_domain_beyond_ascii_is_written_as_machines_do():
    assert written_address(" ruta@ąžuolas.lt ") == "ruta@xn--uolas-2wa16f.lt"


@given(st.text(max_size=400), st.text(max_size=100), st.text(max_size=60))
def test_whatever_is_typed_makes_one_mail(text, subject, name):
    written = letter(text=text, subject=subject, author=Mailbox(name, "care@water.example"))
    read = read_mail(compose(written, at=AT))
    assert read.sender
    assert read.sender.address == "care@water.example"
    assert [box.address for box in read.to] == ["anna@example.ru"]
    assert files_of(read) == []


def test_it_is_written_plainly_and_laid_out():
    message = raw(text="Look:\n\n- **one**\n- https://a.example/\n")
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    assert message.get_content_type() == "multipart/alternative"
    assert plain.get_content().split() == ["Look:", "-", "**one**", "-", "https://a.example/"]
    assert "<li><strong>one</strong></li>" in html.get_content()


def test_who_gets_it_too_is_seen_by_all():
    read = sent(cc=(Mailbox("Jonas", "jonas@example.lt"),))
    assert read.cc == (Mailbox("Jonas", "jonas@example.lt"),)
