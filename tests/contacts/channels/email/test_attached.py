import pytest

from amends.contacts.channels.email.attached import LONGEST_NAME, safe_name
from amends.contacts.channels.email.parse import read_mail
from amends.contacts.rules.messages import Shape
from tests.contacts.channels.email.messages import mail, part, parts

TEXT = part("text/plain; charset=utf-8", "See the picture.")


def files(*each, kind="mixed"):
    return [
        file
        for file in read_mail(parts(*each, kind=kind)).attachments
        if file.shape is not Shape.ORIGINAL
    ]


@pytest.mark.parametrize(
    ("named", "file_name"),
    [
        ({"Content-Disposition": 'attachment; filename="meter.pdf"'}, "meter.pdf"),
        ({"Content-Disposition": "attachment; filename*=utf-8''skund%C5%B3.pdf"}, "skundų.pdf"),
        ({"Content-Disposition": 'attachment; filename="../../etc/passwd"'}, "passwd"),
        ({"Content-Disposition": 'attachment; filename="C:\\\\temp\\\\a.pdf"'}, "a.pdf"),
        ({"Content-Disposition": 'attachment; filename=" "'}, "file.pdf"),
        ({"Content-Disposition": "attachment"}, "file.pdf"),
        ({"Content-Description": "Meter reading"}, "Meter reading.pdf"),
        ({"Content-Description": "Meter.PDF"}, "Meter.PDF"),
    ],
)
def test_a_file_has_a_name_that_can_be_kept(named, file_name):
    [file] = files(TEXT, part("application/pdf", "%PDF-1.4", **named))
    assert file.file_name == file_name


@pytest.mark.parametrize(
    ("kind", "file_name"),
    [
        ('image/png; name="meter.png"', "meter.png"),
        ("image/jpeg", "image.jpg"),
        ("video/mp4", "video.mp4"),
        ("application/x-strange", "file"),
    ],
)
def test_a_file_without_a_name_is_called_what_it_is(kind, file_name):
    [file] = files(TEXT, part(kind, "x"))
    assert file.file_name == file_name


def test_a_message_inside_keeps_its_bytes_and_is_called_by_its_subject():
    inner = "Subject: =?utf-8?q?=C5=A0alta?=\r\nX: y\r\n\r\nbody\r\n"
    [file] = files(TEXT, part("message/rfc822", inner))
    assert file.file_name == "Šalta.eml"
    assert file.data == inner.encode()
    assert (file.declared_type, file.type) == ("message/rfc822", "text/plain")


def test_a_message_inside_that_was_encoded_is_decoded():
    [file] = files(
        TEXT, part("message/rfc822", "U3ViamVjdDogYQ==", Content_Transfer_Encoding="base64")
    )
    assert file.data == b"Subject: a"


def test_a_text_file_has_its_own_line_ends():
    named = {"Content-Disposition": "attachment; filename=a.txt"}
    [file] = files(TEXT, part("text/plain", "one\r\ntwo", **named))
    assert file.data == b"one\ntwo"
    [file] = files(TEXT, part("application/x", "one\r\ntwo", **named))
    assert file.data == b"one\r\ntwo"


def test_a_picture_in_the_text_is_told_from_a_file():
    shown = part("image/png", "x", Content_ID="<logo@x>")
    [file] = files(part("text/html", "<img src=cid:logo@x>"), shown, kind="related")
    assert (file.shape, file.content_id) == (Shape.INLINE, "logo@x")
    [file] = files(TEXT, part("image/png", "x", Content_Disposition="inline"))
    assert file.shape is Shape.INLINE
    [file] = files(TEXT, part("image/png", "x", Content_Disposition="attachment"))
    assert file.shape is Shape.FILE


def test_the_html_of_a_message_is_kept_in_utf_8():
    html = part(
        "text/html; charset=iso-8859-2",
        "<p>Zimno, prosz=EA</p>",
        Content_Transfer_Encoding="quoted-printable",
    )
    [file] = read_mail(parts(TEXT, html, kind="alternative")).attachments
    assert (file.file_name, file.shape) == ("message.html", Shape.ORIGINAL)
    assert bytes(file.data).decode() == "<p>Zimno, proszę</p>"


def test_an_outlook_container_is_kept_as_a_file():
    [file] = files(TEXT, part("application/ms-tnef", "\x78\x9f\x3e\x22"))
    assert file.file_name == "file.dat"
    [file] = files(TEXT, part('application/ms-tnef; name="winmail.dat"', "x"))
    assert file.file_name == "winmail.dat"


def test_a_whole_message_may_be_one_file():
    read = read_mail(mail("%PDF-1.4", Content_Type="application/pdf; name=letter.pdf"))
    assert [file.file_name for file in read.attachments] == ["letter.pdf"]
    assert read.text == ""


def test_the_senders_word_counts_for_nothing():
    [file] = files(TEXT, part("image/png; name=x.png", "<script>alert(1)</script>"))
    assert (file.declared_type, file.type) == ("image/png", "text/html")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("a.pdf", "a.pdf"),
        ("..", ""),
        ("/", ""),
        ("a\r\nb\x00.pdf", "a  b\ufffd.pdf"),
        ("x" * 300 + ".pdf", "x" * (LONGEST_NAME - 4) + ".pdf"),
        ("x" * 300, "x" * LONGEST_NAME),
        ("." + "x" * 300, "x" * LONGEST_NAME),
    ],
)
def test_a_file_name_is_made_safe(given, kept):
    assert safe_name(given) == kept
