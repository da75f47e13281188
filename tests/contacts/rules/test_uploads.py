import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.base.files import media_type_of
from amends.contacts.rules.uploads import LONGEST_NAME, bare_name, is_accepted, is_program


@pytest.mark.parametrize(
    ("media_type", "accepted"),
    [
        ("image/png", True),
        ("image/svg+xml", False),
        ("application/pdf", True),
        ("application/vnd.oasis.opendocument.text", True),
        ("text/plain", True),
        ("text/html", False),
        ("application/x-msdownload", False),
        ("application/octet-stream", False),
    ],
)
def test_pictures_and_documents_are_accepted_and_programs_are_not(media_type, accepted):
    assert is_accepted(media_type) is accepted


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("..\\..\\etc/passwd", "passwd"),
        ("a\u202egpj.exe", "a gpj.exe"),
        ("  ...  ", "file"),
        ("", "file"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
        ("x" * 300, "x" * 200),
        ("x." + "y" * 300, "x"),
    ],
)
def test_a_name_is_bare_and_bearable(name, expected):
    assert bare_name(name) == expected


@given(st.text(max_size=400))
def test_no_name_leads_out_of_its_folder(name):
    bare = bare_name(name)
    assert 0 < len(bare) <= LONGEST_NAME
    assert not set("/\\\0") & set(bare)


@pytest.mark.parametrize(
    ("name", "media_type", "expected"),
    [
        ("paper.exe", "text/plain", True),
        ("PAPER.PDF.EXE. ", "application/octet-stream", True),
        ("paper.pdf", media_type_of(b"MZ\x90\x00\x03", "paper.pdf"), True),
        ("paper", media_type_of(b"\x7fELF\x02\x01\x01\x00"), True),
        ("paper.pdf", "application/pdf", False),
        ("exe", "text/plain", False),
        ("note.txt", media_type_of(b"MZ is how it begins."), False),
    ],
)
def test_a_program_is_told_by_its_bytes_and_by_its_name(name, media_type, expected):
    assert is_program(name, media_type) is expected
