import hashlib

import pytest

from amends.base.files import keep, media_type_of, open_kept, path_of

PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452") + b"\0" * 40


def test_what_is_kept_comes_back_byte_for_byte():
    digest = keep(b"scan of a letter")
    assert digest == hashlib.sha256(b"scan of a letter").hexdigest()
    with open_kept(digest) as file:
        assert file.read() == b"scan of a letter"


def test_the_same_bytes_are_kept_once():
    digest = keep(b"twice")
    written = path_of(digest).stat()
    assert keep(b"twice") == digest
    again = path_of(digest).stat()
    assert again.st_ino == written.st_ino
    assert again.st_mtime_ns > written.st_mtime_ns, "what is wanted once more is not forgotten now"
    assert [path.name for path in path_of(digest).parent.iterdir()] == [digest[2:]]


def test_a_file_that_was_never_kept_is_not_found():
    with pytest.raises(FileNotFoundError):
        open_kept("0" * 64)


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (PNG, "page.exe", "image/png"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "letter.jpg", "application/pdf"),
        ("Šalta jau trečią kartą".encode(), "words.bin", "text/plain"),
        ("ą".encode() * 5000, "cut in the middle of a letter", "text/plain"),
        (b"<html><script>alert(1)</script>", "innocent.txt", "text/html"),
        (b"<svg onload=alert(1)>", "picture.png", "text/html"),
        (b"", "nothing", "application/octet-stream"),
        (b"\x80\x81 no text in any way we know \x80", "x", "application/octet-stream"),
    ],
)
def test_the_type_is_told_by_the_content(data, name, expected):
    assert media_type_of(data, name) == expected
